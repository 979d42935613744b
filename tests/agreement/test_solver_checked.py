"""Every fill passes the checker, costs what its KPIs say, and lies above its bound and floor.

Problems are sound by construction, so a fill that places nothing, or says infeasible, is a fault.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_days import drawn_day
from sound_fill import assert_sound

from engine.filling.fill import FillSettings
from engine.generate import generate
from engine.practice import Horizon, Problem
from engine.result import Status

SETTINGS = FillSettings(time_limit=3.0, gap=0.002, workers=1)
TO_THE_END = FillSettings(time_limit=60.0, gap=0.0, workers=1)
QUICK = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@given(
    profile=st.sampled_from(["one-doctor", "one-doctor", "one-doctor-units", "two-doctor"]),
    visits=st.integers(15, 45),
    seed=st.integers(0, 10_000),
    booked=st.sampled_from([0.0, 0.0, 0.3, 0.6]),
)
@settings(QUICK, max_examples=5)
def test_small_generated_weeks(profile: str, visits: int, seed: int, booked: float) -> None:
    made = generate(profile, visits, seed, booked_share=booked)
    assert_sound(made.problem, made.horizon, SETTINGS)


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
    assert_sound(made.problem, made.horizon, SETTINGS)


def test_optimum_of_a_fill(tiny_day) -> None:
    """The whole way through a fill, and the bound never lies above what is possible."""
    result = assert_sound(tiny_day.problem, tiny_day.horizon, TO_THE_END)
    assert result.status is Status.OPTIMAL
    assert result.objective == tiny_day.optimum / 1000


@pytest.mark.parametrize("clashing", [False, True])
@pytest.mark.parametrize("seed", range(1000, 1015))
def test_random_days(tiny, seed, clashing) -> None:
    """Orders, households, wishes, movable bookings, clashes, cells, two doctors, two rooms."""
    assert_sound(*drawn_day(tiny, seed, clashing=clashing), SETTINGS)


@pytest.mark.long
@pytest.mark.parametrize("clashing", [False, True])
@pytest.mark.parametrize("seed", range(1015, 1300))
def test_many_random_days(tiny, seed, clashing) -> None:
    assert_sound(*drawn_day(tiny, seed, clashing=clashing), SETTINGS)


REPRODUCIBLE = FillSettings(time_limit=6.0, gap=0.0, workers=1, seed=3, reproducible=True)


def assert_repeatable(problem: Problem, horizon: Horizon) -> None:
    first, second = (assert_sound(problem, horizon, REPRODUCIBLE) for _ in range(2))
    assert first.schedule == second.schedule
    assert (first.objective, first.bound) == (second.objective, second.bound)


def test_same_answer_again_where_asked(tiny) -> None:
    assert_repeatable(*drawn_day(tiny, 1300, clashing=True))


@pytest.mark.long
@pytest.mark.parametrize("seed", [11, 12])
def test_same_week_again_where_asked(seed) -> None:
    made = generate("one-doctor", 25, seed, booked_share=0.3)
    assert_repeatable(made.problem, made.horizon)
