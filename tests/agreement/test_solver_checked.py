"""Every fill passes the checker, costs what its KPIs say, and lies above its bound and floor.

Problems are sound by construction, so a fill that places nothing, or says infeasible, is a fault.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.checker import check
from engine.filling.best_so_far import REFUSED
from engine.filling.by_hand import fill_by_hand
from engine.filling.fill import FillSettings, fill_days
from engine.generate import generate
from engine.kpi import measure, objective_points
from engine.practice import Horizon, Problem
from engine.problems import Severity
from engine.result import Result, Status
from engine.schedule import Schedule
from engine.validation import put_aside

SETTINGS = FillSettings(time_limit=3.0, gap=0.002, workers=1)
TO_THE_END = FillSettings(time_limit=60.0, gap=0.0, workers=1)
QUICK = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def points(problem: Problem, schedule: Schedule) -> float:
    return objective_points(measure(problem, schedule))


def assert_sound(problem: Problem, horizon: Horizon, how: FillSettings = SETTINGS) -> Result:
    result = fill_days(problem, horizon, how)
    assert result.status in {Status.OPTIMAL, Status.FEASIBLE}
    schedule = result.schedule
    assert schedule is not None
    report = check(problem, schedule)
    assert report.ok, [violation.sentence for violation in report.violations[:5]]
    assert len(schedule.inherited) == len(report.inherited)
    assert result.objective == points(problem, schedule)
    assert result.kpis == measure(problem, schedule)
    by_hand = fill_by_hand(problem, horizon, fit="best", order="due")
    assert result.objective <= points(problem, by_hand)
    assert result.floor is not None
    assert result.floor <= result.objective
    assert not any(note.startswith(REFUSED) for note in result.notes), result.notes
    if result.bound is not None:
        assert result.bound <= result.objective
    if result.status is Status.OPTIMAL:
        assert result.bound == pytest.approx(result.objective, abs=0.0006)
    return result


@given(
    profile=st.sampled_from(["one-doctor", "one-doctor", "one-doctor-units", "two-doctor"]),
    visits=st.integers(15, 45),
    seed=st.integers(0, 10_000),
    booked=st.sampled_from([0.0, 0.0, 0.3, 0.6]),
)
@settings(QUICK, max_examples=5)
def test_small_generated_weeks(profile: str, visits: int, seed: int, booked: float) -> None:
    made = generate(profile, visits, seed, booked_share=booked)
    assert_sound(made.problem, made.horizon)


@pytest.mark.long
@given(
    profile=st.sampled_from(["one-doctor", "one-doctor-units", "two-doctor"]),
    visits=st.integers(15, 90),
    seed=st.integers(0, 10_000),
    booked=st.sampled_from([0.0, 0.3, 0.6]),
)
@settings(QUICK, max_examples=60)
def test_many_generated_weeks(profile: str, visits: int, seed: int, booked: float) -> None:
    made = generate(profile, visits, seed, booked_share=booked)
    assert_sound(made.problem, made.horizon)


def test_optimum_of_a_fill(tiny_day) -> None:
    """The whole way through a fill, and the bound never lies above what is possible."""
    result = assert_sound(tiny_day.problem, tiny_day.horizon, TO_THE_END)
    assert result.status is Status.OPTIMAL
    assert result.objective == tiny_day.optimum / 1000


def drawn_day(neighbours, tiny, seed: int, *, clashing: bool) -> tuple[Problem, Horizon]:
    """A random tiny day as a fill gets it: visits that can never be placed are set aside."""
    problem, horizon = neighbours("random_days").random_day(tiny, seed, clashing)
    rule = problem.practice.doctor_rule.model_copy(update={"units": 3})  # BOND needs 15 in a slot
    practice = problem.practice.model_copy(update={"doctor_rule": rule})
    left, faults = put_aside(problem.model_copy(update={"practice": practice}), horizon)
    assert [str(fault) for fault in faults if fault.severity is Severity.REFUSED] == []
    return left, horizon


@pytest.mark.parametrize("clashing", [False, True])
@pytest.mark.parametrize("seed", range(1000, 1015))
def test_random_days(neighbours, tiny, seed, clashing) -> None:
    """Orders, households, wishes, movable bookings, clashes, cells, two doctors, two rooms."""
    assert_sound(*drawn_day(neighbours, tiny, seed, clashing=clashing))


@pytest.mark.long
@pytest.mark.parametrize("clashing", [False, True])
@pytest.mark.parametrize("seed", range(1015, 1300))
def test_many_random_days(neighbours, tiny, seed, clashing) -> None:
    assert_sound(*drawn_day(neighbours, tiny, seed, clashing=clashing))


REPRODUCIBLE = FillSettings(time_limit=6.0, gap=0.0, workers=1, seed=3, reproducible=True)


def assert_repeatable(problem: Problem, horizon: Horizon) -> None:
    first, second = (assert_sound(problem, horizon, REPRODUCIBLE) for _ in range(2))
    assert first.schedule == second.schedule
    assert (first.objective, first.bound) == (second.objective, second.bound)


def test_same_answer_again_where_asked(neighbours, tiny) -> None:
    assert_repeatable(*drawn_day(neighbours, tiny, 1300, clashing=True))


@pytest.mark.long
@pytest.mark.parametrize("seed", [11, 12])
def test_same_week_again_where_asked(seed) -> None:
    made = generate("one-doctor", 25, seed, booked_share=0.3)
    assert_repeatable(made.problem, made.horizon)
