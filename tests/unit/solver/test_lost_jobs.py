"""A job whose process is lost is done once more by another one, and the answer is the same."""

import signal

import pytest

from engine.generate import generate
from engine.schedule import Schedule
from engine.solver import inherited
from engine.solver import search as entry
from engine.solver.build_model import build_model
from engine.solver.child import Job
from engine.solver.crew import Crew, crew_of, do
from engine.solver.inherited import lacking_resources, locked_bookings
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
    program = Program()
    program.row("complete", [program.column(0, 1, 5), program.column(0, 1, 3)], lower=1, upper=1)
    job = Solve(program, Limits(seconds=10.0, gap=0.0, workers=1, seed=0), {})
    Killer(monkeypatch, Solve, times)
    with crew_of(1) as crew:
        answer = do(crew, job, 10.0)
    assert isinstance(answer, Solved) is is_done


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
