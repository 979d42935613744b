"""The hidden truth about attendance."""

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest

from engine.practice import Account, AgeBand, Attendance, Purpose
from engine.simulate.behaviour import (
    Behaviour,
    Latent,
    Occasion,
    Outcome,
    base_hazard,
    effect_of,
    frailty_of,
    latent_of,
)
from engine.simulate.streams import Streams

FIRST = dt.date(2026, 3, 5)
TRUTH = Behaviour(FIRST, base=0.05, cancel_rate=0.1, cancelled_early=0.1, drift_a_year=0.2)
TUESDAY = Occasion(
    Purpose.ACTIVE, AgeBand.UNDER_12, Account.NEUTRAL, 0.0, 42, dt.date(2026, 3, 10), 600
)


def test_the_link_is_complementary_log_log():
    # log(-log(1 - p)) = log z + log h: linear in the logarithm of the frailty, unlike a logit.
    h = TRUTH.hazard(TUESDAY)
    for frailty in (0.1, 1.0, 7.0):
        p = TRUTH.miss_probability(frailty, TUESDAY)
        assert 0 < p < 1
        assert math.log(-math.log1p(-p)) == pytest.approx(math.log(frailty) + math.log(h))


def test_a_middling_visit_has_no_effects_and_begins_with_the_base():
    assert effect_of(TUESDAY) == 1.0
    assert TRUTH.hazard(replace(TUESDAY, day=FIRST)) == pytest.approx(0.05)


def test_the_season_is_highest_after_a_quarter():
    # 91 days: sin = 1, so 1.1, times the drift exp(0.2 * 91 / 365.25) = 1.0511.
    summer = replace(TUESDAY, day=FIRST + dt.timedelta(days=91))
    assert TRUTH.hazard(summer) == pytest.approx(0.05 * 1.1 * 1.0511, rel=1e-3)


def test_the_rate_drifts_over_the_year():
    later = replace(TUESDAY, day=FIRST + dt.timedelta(days=730))
    # Two years on the season is where it was (0.9991), and the drift exp(0.2 * 730 / 365.25).
    assert TRUTH.hazard(later) / 0.05 == pytest.approx(1.4901, abs=0.001)


@pytest.mark.parametrize(
    ("change", "factor"),
    [
        ({"purpose": Purpose.EXAM}, 1.7),
        ({"age": AgeBand.AGE_12_17}, 1.3),
        ({"account": Account.OVERDUE}, 1.8),
        ({"months_in_treatment": 10.0}, 1.2),
        ({"lead_days": 0}, 0.85),
        ({"minute": 480}, 1.15),
    ],
)
def test_each_effect_multiplies(change: dict, factor: float):
    assert effect_of(replace(TUESDAY, **change)) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("latent", "outcome"),
    [
        # p = 1 - exp(-0.05) = 0.0488 on the first day; cancelled: 1 - exp(-0.1) = 0.0952
        (Latent(0.048, 0.9, 0.9), Outcome.MISSED),
        (Latent(0.049, 0.9, 0.9), Outcome.KEPT),
        (Latent(0.06, 0.09, 0.9), Outcome.CANCELLED_LATE),
        (Latent(0.06, 0.09, 0.05), Outcome.CANCELLED_EARLY),
        (Latent(0.06, 0.10, 0.05), Outcome.KEPT),
    ],
)
def test_outcomes_of_latent_numbers(latent: Latent, outcome: Outcome):
    assert TRUTH.outcome(1.0, replace(TUESDAY, day=FIRST), latent) is outcome


def test_latent_numbers_belong_to_visit_and_attempt():
    streams = Streams(5)
    assert latent_of(streams, "V1", 0) == latent_of(Streams(5), "V1", 0)
    assert latent_of(streams, "V1", 0) != latent_of(streams, "V1", 1)
    assert latent_of(streams, "V1", 0) != latent_of(streams, "V2", 0)


def test_the_base_gives_the_rate_that_is_asked_for():
    # One visit of effect 1: 1 - exp(-h) = 0.07. Of two with effects 1 and 0, the first is booked
    # exp(h) times and the second once: one miss in five bookings needs 2 / (1 + exp(h)) = 0.8.
    assert base_hazard([1.0], 0.07) == pytest.approx(-math.log(0.93), abs=1e-8)
    assert base_hazard([1.0, 0.0], 0.2) == pytest.approx(math.log(1.5), abs=1e-8)
    assert base_hazard([], 0.07) == base_hazard([1.0], 0.07)
    # With every fifth of the others cancelled, a visit of p = 1/9 is missed 1/9 / (8/9 * 4/5) =
    # 5/32 times before it is kept: 5 misses of 37 visits missed or kept.
    assert base_hazard([1.0], 5 / 37, -math.log(0.8)) == pytest.approx(math.log(9 / 8), abs=1e-8)


def test_visits_booked_until_they_are_kept_are_missed_at_the_rate():
    rng = np.random.default_rng(1)
    effects = rng.gamma(0.8, 1 / 0.8, 400)
    p = -np.expm1(-base_hazard(list(effects), 0.06) * effects)
    bookings = rng.geometric(1 - p, (500, 400))
    assert 1 - bookings.size / bookings.sum() == pytest.approx(0.06, abs=0.002)


def test_frailty_follows_what_is_known_of_a_patient():
    # Posterior mean (0.8 + m) / (0.8 + 0.05 n): 1 for a new patient, 3.8 / 1.3 after 3 of 10.
    def mean(past: Attendance) -> float:
        drawn = [frailty_of(Streams(2), f"P{n}", past, 0.8, 0.05) for n in range(3000)]
        return float(np.mean(drawn))

    assert mean(Attendance()) == pytest.approx(1.0, abs=0.09)
    assert mean(Attendance(kept=7, missed=3)) == pytest.approx(3.8 / 1.3, abs=0.12)
