"""f and the weeks past, by hand, as properties, and against a simulated visit."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.practice import Treatment
from engine.risk.slip import NO_SLIP, Slip, SlipTables
from engine.risk.treatment_time import chance_past_ecd, expected_weeks_past, slack_days

TABLES = SlipTables({28: 0.6, 42: 0.4}, 0.12, 14)


def test_slack_is_what_the_planned_visits_leave():
    # Five left: this one and four more, 42 days apart. 3 March + 168 days is 18 August.
    treatment = Treatment(
        started=dt.date(2025, 1, 7),
        original_ecd=dt.date(2026, 8, 28),
        current_ecd=dt.date(2026, 9, 30),
        remaining_visits=5,
        interval_days=42,
    )
    day = dt.date(2026, 3, 3)
    assert slack_days(treatment, treatment.original_ecd, day) == 10
    assert slack_days(treatment, treatment.current_ecd, day) == 43
    assert slack_days(treatment, treatment.original_ecd, day + dt.timedelta(days=12)) == -2


def test_the_last_visit_is_past_if_it_is_late_or_missed():
    # Nothing can slip: in time if kept; 21 days later if missed, which 20 days of slack lack.
    assert chance_past_ecd(-1, 0.1, 21, NO_SLIP) == pytest.approx(1.0)
    assert chance_past_ecd(0, 0.1, 21, NO_SLIP) == pytest.approx(0.1)
    assert chance_past_ecd(20, 0.1, 21, NO_SLIP) == pytest.approx(0.1)
    assert chance_past_ecd(21, 0.1, 21, NO_SLIP) == 0.0


def test_f_by_hand():
    # S is 0, 10 or 20 days with 0.7, 0.2, 0.1: G(5) = 0.3, G(15) = 0.1, G(-6) = 1.
    slip = Slip((*(0.3,) * 10, *(0.1,) * 10, 0.0), 4.0)
    assert chance_past_ecd(15, 0.25, 10, slip) == pytest.approx(0.75 * 0.1 + 0.25 * 0.3)
    assert chance_past_ecd(15, 0.25, 21, slip) == pytest.approx(0.75 * 0.1 + 0.25 * 1.0)


def test_weeks_by_hand():
    # 20 days late as planned, 4 days of slip, 0.25 * 28 = 7 for a miss of this visit: 31 days.
    slip = Slip((*(0.3,) * 10, *(0.1,) * 10, 0.0), 4.0)
    assert expected_weeks_past(-20, 0.25, 28, slip) == pytest.approx(31 / 7)
    assert expected_weeks_past(40, 0.25, 28, slip) == 0.0


@settings(deadline=None)
@given(
    p_missed=st.floats(0.001, 0.6),
    later_p=st.floats(0.0, 0.6),
    later=st.integers(0, 20),
    rebooking=st.integers(1, 60),
    slack=st.integers(-40, 400),
    more=st.integers(1, 60),
)
def test_f_falls_when_slack_grows(p_missed, later_p, later, rebooking, slack, more):
    slip = TABLES.slip_of(later_p, later)
    f = chance_past_ecd(slack, p_missed, rebooking, slip)
    assert 0.0 <= f <= 1.0 + 1e-12
    assert chance_past_ecd(slack + more, p_missed, rebooking, slip) <= f
    weeks = expected_weeks_past(slack, p_missed, rebooking, slip)
    assert expected_weeks_past(slack + more, p_missed, rebooking, slip) <= weeks


@settings(deadline=None)
@given(p_missed=st.floats(0.0, 0.6), later=st.integers(0, 12), late=st.integers(1, 300))
def test_the_weeks_are_the_mean_of_the_distribution_behind_f(p_missed, later, late):
    # A finish that is late as planned stays late: days past are late + S + B if missed, and their
    # mean is the sum over t >= 0 of the chance of more than t days, which is f at slack t - late.
    slip = TABLES.slip_of(0.07, later)
    longest = late + 21 + len(slip.beyond)
    mean = sum(chance_past_ecd(days - late, p_missed, 21, slip) for days in range(longest))
    assert 7 * expected_weeks_past(-late, p_missed, 21, slip) == pytest.approx(mean, rel=1e-9)


@pytest.mark.parametrize("slack", [-1, 0, 9, 25, 45, 80])
def test_f_equals_a_simulation(slack):
    rng, runs, later, p_missed, rebooking = np.random.default_rng(slack + 7), 100_000, 5, 0.15, 21
    finish = np.where(rng.random(runs) < p_missed, rebooking, 0)
    for _ in range(later):
        delay = rng.choice((28, 42), size=runs, p=(0.6, 0.4)) + rng.integers(-3, 4, runs)
        finish += np.where(rng.random(runs) < 0.1, delay, 0)
        finish += np.where(rng.random(runs) < 0.12, 14 + rng.integers(-3, 4, runs), 0)
    f = chance_past_ecd(slack, p_missed, rebooking, TABLES.slip_of(0.1, later))
    assert abs((finish > slack).mean() - f) <= 5 * (f * (1 - f) / runs) ** 0.5
