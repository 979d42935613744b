"""Tasks in processes: answers in order, the same as here; a fault is raised."""

import datetime as dt
from dataclasses import dataclass

import pytest

from engine.practice import Horizon
from engine.what_if.in_parallel import in_parallel
from engine.what_if.tasks import BoundTask

TUESDAY = Horizon(start=dt.date(2026, 3, 3), days=1)


@dataclass(frozen=True)
class Say:
    name: str

    def run(self) -> str:
        if self.name == "bad":
            raise ValueError("bad")
        return self.name.upper()


def test_one_at_a_time_answers_in_order_and_tells_of_each():
    told = []
    done = in_parallel([Say("a"), Say("b"), Say("c")], 1, told.append)
    assert (done.answers, done.stopped) == ({0: "A", 1: "B", 2: "C"}, False)
    assert told == ["a", "b", "c"]
    assert in_parallel([], 4, told.append).answers == {}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_stop_keeps_what_is_done(jobs):
    """Ctrl-C arrives as the first answer is told of."""

    def stop(name: str) -> None:
        raise KeyboardInterrupt

    done = in_parallel([Say("a"), Say("b"), Say("c")], jobs, stop)
    assert done.stopped
    ((number, answer),) = done.answers.items()
    assert answer == "ABC"[number]


def test_a_fault_is_raised():
    with pytest.raises(ValueError, match="bad"):
        in_parallel([Say("a"), Say("bad")], 1, lambda name: None)


def test_processes_answer_the_same_in_the_same_order(tiny):
    """A late visit has the higher bound, whichever process is done first."""
    late = tiny.visit("V1", due=dt.date(2026, 2, 24))
    tasks = [
        BoundTask(name, tiny.problem(visit), TUESDAY, 50)
        for name, visit in (("late", late), ("in time", tiny.visit("V1")), ("late again", late))
    ]
    told = []
    found = in_parallel(tasks, 2, told.append).answers
    assert [found[number] for number in range(3)] == [task.run() for task in tasks]
    assert found[0] == found[2] > found[1]
    assert sorted(told) == ["in time", "late", "late again"]


def test_a_fault_in_a_process_is_raised_here(tiny):
    tasks = [BoundTask(name, tiny.problem(tiny.visit("V1")), TUESDAY, 0) for name in "ab"]
    broken = [*tasks, BoundTask("c", "no problem", TUESDAY, 50)]
    with pytest.raises(AttributeError):
        in_parallel(broken, 2, lambda name: None)
