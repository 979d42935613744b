"""Values of features, from paper."""

import math

import pytest

from engine.practice import NoShowFeature
from engine.risk.features import bends, clock_features, history_features, lead_features

F = NoShowFeature


def test_a_spline_is_zero_before_its_first_knot_and_straight_after_its_last():
    knots = (0.0, 1.0, 2.0)
    assert bends(-3.0, knots) == [0.0]
    # 1.5^3 - 2 x 0.5^3 = 3.375 - 0.25 = 3.125, over (2 - 0)^2.
    assert bends(1.5, knots) == [pytest.approx(3.125 / 4)]
    at = [bends(x, knots)[0] for x in (2.0, 3.0, 4.0)]
    assert at[1] - at[0] == pytest.approx(at[2] - at[1])
    # x^3 - 2 (x - 1)^3 + (x - 2)^3 = 6x - 6 beyond 2.
    assert at[1] == pytest.approx(12 / 4)


def test_own_misses_over_expected_ones_are_shrunk():
    k = 1 / (math.e - 1)
    # 10 kept at 5 %: half a miss was expected, none came.
    kept = math.log(k / (0.5 + k))
    assert history_features(10, 0, None, 0.05) == {F.FRAILTY: pytest.approx(kept)}
    first = history_features(9, 1, True, 0.05)
    assert first[F.FRAILTY] == pytest.approx(math.log((1 + k) / (0.5 + k)))
    # One miss among as many visits is worth ln((1 + k) / k) = 1.
    assert first[F.FRAILTY] - kept == pytest.approx(1.0)
    assert first[F.MISSED_BEFORE] == 1
    assert F.MISSED_OFTEN not in first
    assert history_features(0, 0, None, 0.05) == {}


def test_lead_is_zero_at_six_weeks_and_a_time_at_noon():
    knots = (1.0, 7.0, 28.0, 56.0)
    assert lead_features(42, knots)[F.LEAD_1] == 0
    assert lead_features(0, knots)[F.LEAD_1] == pytest.approx(-math.log(43))
    assert lead_features(-5, knots) == lead_features(0, knots)
    assert clock_features(14.0, (9.0, 12.0, 15.5))[F.CLOCK_1] == 0.5
