"""A job whose process is lost is done once more by another one, and the answer is the same."""

import math
import signal
import threading
from itertools import count

import pytest

from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.filling.fill import FillSettings, fill_days
from engine.generate import generate
from engine.kpi import measure, objective_points
from engine.schedule import Schedule
from engine.solver import crew as crews
from engine.solver import inherited
from engine.solver import search as entry
from engine.solver.build_model import build_model
from engine.solver.crew import Crew, Done, crew_of, do
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.solver.job import Job, OnTheWay
from engine.solver.jobs import Climb, Solve
from engine.solver.program import Program
from engine.solver.search import SearchSettings, search
from engine.solver.solved import Limits, Solved
from engine.solver.verdict import Verdict

SETTINGS = SearchSettings(seconds=3.0, gap=0.0, workers=1, seed=0, reproducible=True)


class Killer:
    """Kills the process of the first jobs of a kind: it is stopped before the job comes."""

    def __init__(self, monkeypatch, kind: type, times: int) -> None:
        self.left = times
        submit = Crew.submit

        def deadly(crew: Crew, job: Job, seconds: float) -> int:
            if not isinstance(job, kind) or self.left == 0:
                return submit(crew, job, seconds)
            self.left -= 1
            process = crew._idle_member().process
            process.send_signal(signal.SIGSTOP)
            ticket = submit(crew, job, seconds)
            process.kill()
            return ticket

        monkeypatch.setattr(Crew, "submit", deadly)


class Told:
    """A watch that takes everything and remembers what was offered by what."""

    objective = None

    def __init__(self) -> None:
        self.offers: list[tuple[str, Schedule]] = []

    def offer(self, schedule: Schedule, by: str, doubtful: bool = False) -> Verdict:
        self.offers.append((by, schedule))
        return Verdict.KEPT

    def raise_bound(self, bound: float) -> None:
        pass

    def note(self, text: str) -> None:
        pass

    def set_floor(self, floor: float) -> None:
        pass


@pytest.fixture(scope="module")
def week():
    return generate("one-doctor", 30, 4, booked_share=0.4)


def cheaper_of_two() -> Solve:
    program = Program()
    program.row("complete", [program.column(0, 1, 5), program.column(0, 1, 3)], lower=1, upper=1)
    return Solve(program, Limits(seconds=10.0, gap=0.0, workers=1, seed=0), {})


def found(week, monkeypatch) -> list[tuple[str, Schedule]]:
    monkeypatch.setattr(entry, "SMALL_COLUMNS", 0)
    told = Told()
    search(week.problem, week.horizon, SETTINGS, None, told)
    return told.offers


def test_the_loss_of_a_first_job_changes_nothing(week, monkeypatch) -> None:
    """Seats of the book, then prices: without either nothing is placed at prices, day by day."""
    undisturbed = found(week, monkeypatch)
    assert {by for by, _ in undisturbed} >= {"the book alone", "at prices"}
    for kind in (Solve, Climb):
        with monkeypatch.context() as patch:
            killer = Killer(patch, kind, times=1)
            assert found(week, patch) == undisturbed
            assert killer.left == 0


def test_a_job_that_is_lost_twice_is_given_up(week, monkeypatch) -> None:
    """The search goes on without prices and still places everybody it can."""
    killer = Killer(monkeypatch, Climb, times=2)
    offers = found(week, monkeypatch)
    assert killer.left == 0
    assert "at prices" not in {by for by, _ in offers}
    assert len(offers[-1][1].unplaced) < len(week.problem.visits)


@pytest.mark.parametrize(("times", "is_done"), [(1, True), (2, False)])
def test_a_job_is_tried_twice(times, is_done, monkeypatch) -> None:
    Killer(monkeypatch, Solve, times)
    with crew_of(1) as crew:
        answer = do(crew, cheaper_of_two(), 10.0)
    assert isinstance(answer, Solved) is is_done


def test_a_process_that_cannot_be_started_costs_its_job_alone(monkeypatch) -> None:
    start, refused = crews._start_process, [True, True]

    def unwilling():
        if refused and refused.pop():
            raise OSError(11, "Resource temporarily unavailable")
        return start()

    monkeypatch.setattr(crews, "_start_process", unwilling)
    with crew_of(1) as crew:  # the first refusal: the crew begins without a process
        lost = crew.submit(cheaper_of_two(), 600.0)
        assert (crew.busy(), crew.idle()) == (1, 0)
        assert crew.collect(600.0) == Done(lost, None)
        assert (crew.busy(), crew.idle()) == (0, 1)
        crew.submit(cheaper_of_two(), 600.0)
        done = crew.collect(600.0)
    assert done is not None
    assert isinstance(done.answer, Solved)


def test_a_thread_that_cannot_be_started_costs_its_job_alone(monkeypatch) -> None:
    with crew_of(1) as crew, monkeypatch.context() as patch:

        def unwilling(thread: threading.Thread) -> None:
            raise RuntimeError("can't start new thread")

        patch.setattr(threading.Thread, "start", unwilling)
        lost = crew.submit(cheaper_of_two(), 600.0)
        assert crew.collect(600.0) == Done(lost, None)
        assert crew.idle() == 1


@pytest.mark.parametrize("never", [False, True])
def test_a_fill_outlives_processes_that_cannot_be_started(monkeypatch, never) -> None:
    """Every third start fails, or every one: then the schedule by hand is what is left."""
    week = generate("one-doctor", 60, 0, booked_share=0.3)
    start, tries = crews._start_process, count()

    def unwilling():
        if never or next(tries) % 3 == 0:
            raise OSError(12, "Cannot allocate memory")
        return start()

    monkeypatch.setattr(crews, "_start_process", unwilling)
    settings = FillSettings(time_limit=2.0, gap=0.0, workers=2, reproducible=True)
    result = fill_days(week.problem, week.horizon, settings)
    assert result.schedule is not None
    assert check(week.problem, result.schedule).ok
    hand = fill_by_hand(week.problem, week.horizon, fit="best", order="due")
    by_hand = objective_points(measure(week.problem, hand))
    assert result.objective is not None
    assert result.objective == by_hand if never else result.objective < by_hand


class NeverGone:
    """A process that hangs; `ended` once somebody ends it."""

    ended = False

    def kill(self) -> None:
        self.ended = True


def test_a_job_that_hangs_is_ended_however_much_another_tells() -> None:
    hung, lively = NeverGone(), NeverGone()
    crew = Crew(2)
    crew._members = [
        crews._Member(hung, ticket=1, deadline=-math.inf),
        crews._Member(lively, ticket=2, deadline=math.inf),
    ]
    crew._answers.put((crew._members[1], OnTheWay("news")))
    assert crew.collect(60.0) == Done(2, "news", last=False)
    assert (hung.ended, lively.ended) == (True, False)


def test_what_the_book_lacks_is_found_by_the_crew(tiny, monkeypatch) -> None:
    """Two bookings at 09:00 and one assistant: one goes without, whoever works it out."""
    problem = tiny.problem(
        tiny.booking("ONE", "09:00", "C1"),
        tiny.booking("OTHER", "09:00", "C2"),
        clinic=2,
        doctors=2,
    )
    horizon = tiny.schedule(problem, start=tiny.tuesday, days=1).horizon
    locked = locked_bookings(problem, horizon)
    here = lacking_resources(problem, horizon, locked)
    assert len(here) == 1
    jobs: list[Job] = []
    submit = Crew.submit

    def noted(crew: Crew, job: Job, seconds: float) -> int:
        jobs.append(job)
        return submit(crew, job, seconds)

    monkeypatch.setattr(Crew, "submit", noted)
    lacks = []

    def noted_model(*arguments, **named):
        lacks.append(named.get("lacking"))
        return build_model(*arguments, **named)

    monkeypatch.setattr(entry, "build_model", noted_model)
    search(problem, horizon, SETTINGS, None, Told())
    assert lacks == [here]
    first = jobs[0]
    assert isinstance(first, Solve)
    # Work decides, not the clock: the same on every machine, however busy it is.
    assert first.limits == inherited.LIMITS
    assert first.limits.seconds == float("inf")
