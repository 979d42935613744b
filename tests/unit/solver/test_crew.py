"""Child processes may crash or hang at any moment: it costs a job, never a schedule."""

import math

import numpy as np
import pytest

from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.filling.fill import FillSettings, fill_days
from engine.generate import Generated, generate
from engine.kpi import measure, objective_points
from engine.result import Status
from engine.solver import crew as crews
from engine.solver import search as entry
from engine.solver.build_model import build_model
from engine.solver.crew import Crew, crew_of
from engine.solver.jobs import Solve
from engine.solver.program import Program
from engine.solver.solved import Limits, Solved


@pytest.fixture(scope="module")
def week() -> Generated:
    """A week whose whole model takes CP-SAT far longer than a test."""
    return generate("one-doctor", 200, 7)


def easy() -> Solve:
    """The cheaper of two."""
    program = Program()
    columns = [program.column(0, 1, 5), program.column(0, 1, 3)]
    program.row("complete", columns, lower=1, upper=1)
    return Solve(program, Limits(seconds=10.0, gap=0.0, workers=1, seed=0), {})


def endless(week: Generated) -> Solve:
    program = build_model(week.problem, week.horizon).program
    return Solve(program, Limits(seconds=math.inf, gap=0.0, workers=1, seed=0), {})


def test_a_job_comes_back_with_its_ticket() -> None:
    with crew_of(1) as crew:
        ticket = crew.submit(easy(), 10.0)
        done = crew.collect(60.0)
    assert done is not None
    assert done.ticket == ticket
    assert isinstance(done.answer, Solved)
    assert (done.answer.status, done.answer.objective) == (Status.OPTIMAL, 3.0)


def test_a_process_that_dies_costs_its_job_alone(week) -> None:
    with crew_of(1) as crew:
        lost = crew.submit(endless(week), 600.0)
        crew._members[0].process.kill()
        done = crew.collect(60.0)
        assert done is not None
        assert (done.ticket, done.answer) == (lost, None)
        assert crew.idle() == 1
        crew.submit(easy(), 10.0)
        again = crew.collect(60.0)
    assert again is not None
    assert isinstance(again.answer, Solved)


def test_a_job_that_hangs_is_ended(week, monkeypatch) -> None:
    monkeypatch.setattr(crews, "GRACE_SECONDS", 0.0)
    with crew_of(1) as crew:
        lost = crew.submit(endless(week), 0.1)
        done = crew.collect(60.0)
    assert done is not None
    assert (done.ticket, done.answer) == (lost, None)


@pytest.mark.parametrize("seed", range(3))
def test_kills_at_random_lose_no_schedule(seed, monkeypatch) -> None:
    """Half of all jobs lose their process; the answer is checked and no worse than by hand."""
    made = generate("one-doctor", 60, seed, booked_share=0.3)
    rng = np.random.default_rng(seed)
    submit = Crew.submit
    killed: list[int] = []

    def deadly(self: Crew, job: object, seconds: float) -> int:
        ticket = submit(self, job, seconds)
        if rng.random() < 0.5:
            killed.append(ticket)
            next(m for m in self._members if m.ticket == ticket).process.kill()
        return ticket

    monkeypatch.setattr(Crew, "submit", deadly)
    monkeypatch.setattr(entry, "SMALL_COLUMNS", 0)
    settings = FillSettings(time_limit=20.0, gap=0.05, reproducible=True)  # work, not seconds
    result = fill_days(made.problem, made.horizon, settings)
    assert killed
    assert result.schedule is not None
    assert check(made.problem, result.schedule).ok
    hand = fill_by_hand(made.problem, made.horizon, fit="best", order="due")
    assert result.objective is not None
    assert result.objective <= objective_points(measure(made.problem, hand))
    assert result.bound is not None
    assert result.bound <= result.objective
    assert not any(note.startswith("The checker refused") for note in result.notes)
