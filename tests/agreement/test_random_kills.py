"""Child processes are killed at any moment of a fill: what was found stays, and is checked.

Also the one in which HiGHS works beside the search.
"""

import signal
import threading

import numpy as np
import pytest

from engine.checker import check
from engine.filling.best_so_far import REFUSED
from engine.filling.by_hand import fill_by_hand
from engine.filling.fill import BROKEN_BOUND, FillSettings, fill_days
from engine.generate import generate
from engine.kpi import measure, objective_points
from engine.result import Result, TracePoint
from engine.solver import crew as crews
from engine.solver import search as entry
from engine.solver.crew import Crew
from engine.solver.jobs import Branch


class Killer(threading.Thread):
    """Kills one child after another, after waits that the seed decides; the first at once.

    The process of HiGHS is killed as well, soon after it was given its work.
    """

    def __init__(self, seed: int, monkeypatch) -> None:
        super().__init__(daemon=True)
        self._rng = np.random.default_rng(seed)
        self._over = threading.Event()
        self._alive: list = []
        self.killed = 0
        start = crews._start_process

        def noted():
            process = start()
            if not self._alive:
                process.kill()
                self.killed += 1
            self._alive.append(process)
            return process

        submit = Crew.submit

        def given(crew: Crew, job: object, seconds: float) -> int:
            ticket = submit(crew, job, seconds)
            if isinstance(job, Branch):
                kill = process_of(crew, ticket).kill
                threading.Timer(self._rng.exponential(0.5), kill).start()
            return ticket

        monkeypatch.setattr(crews, "_start_process", noted)
        monkeypatch.setattr(Crew, "submit", given)

    def run(self) -> None:
        while not self._over.wait(self._rng.exponential(1.0)):
            living = [process for process in list(self._alive) if process.poll() is None]
            if living:
                living[int(self._rng.integers(len(living)))].kill()
                self.killed += 1

    def end(self) -> None:
        self._over.set()
        self.join()


def process_of(crew: Crew, ticket: int):
    return next(one for one in crew._members if one.ticket == ticket).process


@pytest.fixture
def relay_killed(request, monkeypatch) -> list[int]:
    """The process of HiGHS is killed in its first leg or in its second; tickets of its jobs.

    It is stopped before the job comes, so that it cannot be quicker.
    """
    tickets: list[int] = []
    submit = Crew.submit

    def given(crew: Crew, job: object, seconds: float) -> int:
        deadly = isinstance(job, Branch) and len(tickets) + 1 == request.param
        if deadly:
            crew._idle_member().process.send_signal(signal.SIGSTOP)
        ticket = submit(crew, job, seconds)
        if isinstance(job, Branch):
            tickets.append(ticket)
        if deadly:
            process_of(crew, ticket).kill()
        return ticket

    monkeypatch.setattr(Crew, "submit", given)
    return tickets


@pytest.mark.parametrize("relay_killed", [1, 2], indirect=True, ids=["core", "all that is open"])
def test_without_its_relay_a_search_ends_as_well(
    request, monkeypatch, tiny_days, relay_killed
) -> None:
    """A gap that nobody reaches: HiGHS has its turn, whatever is proven before."""
    day = tiny_days[0]
    monkeypatch.setattr(entry, "SMALL_COLUMNS", 0)
    told: list[TracePoint] = []
    settings = FillSettings(time_limit=600.0, gap=-1.0)
    result = fill_days(day.problem, day.horizon, settings, told.append)
    assert_kept(day, result, told)
    assert round(result.objective * 1000) == day.optimum
    assert len(relay_killed) == request.node.callspec.params["relay_killed"]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("weeks", "visits", "seconds"), [(1, 150, 12.0), (3, 240, 24.0)])
def test_kills_at_random_moments_lose_nothing(monkeypatch, seed, weeks, visits, seconds) -> None:
    made = generate("one-doctor", visits, seed, weeks=weeks, booked_share=0.3)
    monkeypatch.setattr(entry, "SMALL_COLUMNS", 0)
    told: list[TracePoint] = []
    killer = Killer(seed, monkeypatch)
    killer.start()
    try:
        settings = FillSettings(time_limit=seconds, gap=0.0, seed=seed)
        result = fill_days(made.problem, made.horizon, settings, told.append)
    finally:
        killer.end()
    assert killer.killed
    assert_kept(made, result, told)


def assert_kept(made, result: Result, told: list[TracePoint]) -> None:
    """Checked, the best of all that was told on the way, no worse than by hand, above its bound."""
    hand = fill_by_hand(made.problem, made.horizon, fit="best", order="due")
    assert result.schedule is not None
    assert check(made.problem, result.schedule).ok
    assert result.objective is not None
    # Each was better than the last.
    objectives = [point.objective for point in told if point.objective is not None]
    assert objectives == sorted(objectives, reverse=True)
    assert result.objective == objectives[-1]
    assert result.objective <= objective_points(measure(made.problem, hand))
    assert round(objective_points(measure(made.problem, result.schedule)) * 1000) == round(
        result.objective * 1000
    )
    assert result.bound is None or result.bound <= result.objective
    assert not [note for note in result.notes if note.startswith((REFUSED, BROKEN_BOUND))]
