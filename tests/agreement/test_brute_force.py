"""The solver finds the very optimum of a tiny day: everything else has been tried."""

import numpy as np
import pytest

from engine.practice import Horizon
from engine.problems import Severity
from engine.result import Status
from engine.solver.arrays import restrict, to_arrays, without_rows
from engine.solver.cp_sat import solve_program
from engine.solver.model import Model
from engine.solver.solved import Limits
from engine.validation import problems_of

LIMITS = Limits(seconds=10.0, gap=0.0, workers=1, seed=0)
TOLERANCE = 1e-3
"""Millipoints that CP-SAT may be off by when it adds up a bound."""


def test_optimum_of_a_tiny_day(tiny_day, solve) -> None:
    problem, horizon = tiny_day.problem, tiny_day.horizon
    solved = solve(problem, start=horizon.start, days=horizon.days)
    assert solved.millipoints == tiny_day.optimum


def test_tiny_days_are_sound_questions(tiny_day) -> None:
    faults = problems_of(tiny_day.problem, tiny_day.horizon)
    assert [str(fault) for fault in faults if fault.severity is Severity.REFUSED] == []


def test_tiny_days_are_hard(tiny_days, solve) -> None:
    """On every third of them somebody is left over, and every price that can occur does."""
    full, priced = 0, set()
    for day in tiny_days:
        solved = solve(day.problem, start=day.horizon.start, days=day.horizon.days)
        full += bool(solved.unplaced)
        priced |= {value.kpi for value in solved.kpis if value.quanta}
    assert full > len(tiny_days) / 3
    assert priced >= {
        *("late_weeks", "patients_past_ecd", "unplaced_visits", "overdue_days", "lost_minutes"),
        *("preferences_missed", "households_apart", "off_template", "moved_bookings"),
        *("doctor_chains", "doctor_overload", "access_days", "uneven_load"),
    }


def assert_optimal(neighbours, tiny, solve, seed: int) -> None:
    problem, horizon = neighbours("random_days").random_day(tiny, seed)
    solved = solve(problem, start=horizon.start, days=horizon.days)
    assert solved.millipoints == neighbours("brute_force").BruteForce(problem, horizon).optimum()


@pytest.mark.parametrize("seed", [*range(40), 1086])
def test_optimum_of_a_random_day(neighbours, tiny, solve, seed) -> None:
    assert_optimal(neighbours, tiny, solve, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40, 1000))
def test_optimum_of_many_random_days(neighbours, tiny, solve, seed) -> None:
    assert_optimal(neighbours, tiny, solve, seed)


def assert_kept(neighbours, tiny, solve, seed: int) -> tuple:
    """`solve` asserts that the checker accepts it: a clash may stay, and is never made worse."""
    problem, horizon = neighbours("random_days").random_day(tiny, seed, clashing=True)
    return problem, horizon, solve(problem, start=horizon.start, days=horizon.days)


@pytest.mark.parametrize("seed", [*range(40), 88, 124, 133, 147, 251, 1191])
def test_books_that_clash(neighbours, tiny, solve, seed) -> None:
    assert_kept(neighbours, tiny, solve, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40, 100))
def test_books_that_clash_are_never_better_than_the_optimum(neighbours, tiny, solve, seed) -> None:
    """Where the book lacks people the model is stricter than the rules, never looser."""
    problem, horizon, solved = assert_kept(neighbours, tiny, solve, seed)
    assert isinstance(horizon, Horizon)
    tried = neighbours("brute_force").BruteForce(problem, horizon, clashing=True)
    optimum = tried.optimum()
    assert solved.millipoints >= optimum
    if not solved.model.stricter:
        assert bound_of(solved.model) <= optimum + TOLERANCE


def bound_of(model: Model) -> float:
    """What the whole model proves once the rows are left out that are tighter than the rules."""
    arrays = without_rows(to_arrays(model.program), model.strict_rows)
    everything = restrict(arrays, np.ones(model.program.size, dtype=np.bool_), arrays.lower)
    answer = solve_program(everything.program, LIMITS)
    assert answer.status is Status.OPTIMAL
    assert answer.bound is not None
    return answer.bound


def test_second_room_that_the_book_double_booked(tiny, solve) -> None:
    """B1 is in the clinic from 08:15 on, where B2 sits: it goes without, and not to records."""
    rooms = tiny.procedure("ROOMS", "A15|A10 D5 A10", ("records", "clinic"))
    booked = (
        tiny.booking("B1", "08:00", "R1", "ROOMS"),
        tiny.booking("B2", "08:15", "C1", "CLEAN"),
    )
    problem = tiny.problem(*booked, tiny.visit("V1", "CLEAN"), procedures=[rooms], assistants=2)
    schedule = solve(problem).schedule
    assert [s.chair for s in schedule.placement_of["B1"].segments] == ["R1", None, None, None]
    report = tiny.check(problem, *schedule.placements)
    assert tiny.inherited(report) == ["chair_kind"]
