"""Figures of a model, from paper and from tables of distributions."""

import datetime as dt

import numpy as np
import pytest

from engine.risk.fit.known import Known
from engine.risk.fit.measures import (
    by_group,
    calibration_error,
    dispersion,
    error_by_chance,
    held_out_of,
    ratio_of,
    reliability,
    skill_of,
)

DAY = dt.date(2025, 1, 6)


def test_observed_over_expected_has_the_interval_of_a_poisson_count():
    # Ten events: 4.795 to 18.391 (tables of the Poisson distribution), five expected.
    ratio = ratio_of(10, 5.0)
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((2.0, 0.959, 3.678), abs=1e-3)
    none = ratio_of(0, 5.0)
    # exp(-x) = 0.025 at x = 3.689.
    assert (none.value, none.low, none.high) == pytest.approx((0.0, 0.0, 3.689 / 5), abs=1e-3)


def test_clusters_widen_the_interval():
    alone, together = ratio_of(40, 40.0), ratio_of(40, 40.0, 2.0)
    assert together.value == alone.value == 1
    assert together.low < alone.low
    assert together.high > alone.high


def test_dispersion_is_that_of_patients():
    # Two patients of two visits at p = 1/2; one misses both: (2 - 1)^2 + (0 - 1)^2 over 4 x 1/4.
    patients, p = np.array([0, 0, 1, 1]), np.full(4, 0.5)
    assert dispersion(patients, np.array([1.0, 1, 0, 0]), p) == 2
    # One of two each: nothing is more alike than chance, so 1.
    assert dispersion(patients, np.array([1.0, 0, 1, 0]), p) == 1


def test_a_level_that_is_too_low_is_no_dispersion():
    """A visit each, twice as many missed as expected: their share has variance 0.1 x 0.9 each."""
    missed = np.repeat([1.0, 0.0], [20, 180])
    # 20 x 0.9^2 + 180 x 0.1^2 = 18 = 200 x 0.1 x 0.9.
    assert dispersion(np.arange(200), missed, np.full(200, 0.05)) == pytest.approx(1)
    assert dispersion(np.arange(200), np.zeros(200), np.full(200, 0.05)) == 1


def test_twice_the_misses_are_seen_in_most_histories():
    """200 patients of whom 5 % are expected to miss and 10 % do.

    Ten are expected; the interval of a Poisson count lies above 10 from 18 on (10.67; of 17 it
    begins at 9.90). Of 200 visits at 0.1, 18 or more are missed with probability 0.715.
    """
    rng, p = np.random.default_rng(0), np.full(200, 0.05)
    alarms = 0
    for _ in range(400):
        missed = (rng.random(200) < 0.1).astype(float)
        spread = dispersion(np.arange(200), missed, p)
        alarms += ratio_of(missed.sum(), p.sum(), spread).low > 1
    assert alarms / 400 == pytest.approx(0.715, abs=0.07)


def test_calibration_error_by_hand():
    p = np.repeat([0.1, 0.4], 50)
    missed = np.concatenate((np.repeat([1.0, 0.0], [10, 40]), np.repeat([1.0, 0.0], [15, 35])))
    bins = reliability(np.array([missed[at] for at in _spread(100)]), p[list(_spread(100))])
    assert sum(one.visits for one in bins) == 100
    # 20 % for 10 % and 30 % for 40 %, whichever way the tenths fall within one p: at least 0.1.
    assert calibration_error(bins) >= 0.1 - 1e-9
    # Ten bins of ten: sqrt(2 / pi) x (5 x sqrt(0.9) + 5 x sqrt(2.4)) / 100 = 0.0996.
    assert error_by_chance(missed, p) == pytest.approx(0.0996, abs=1e-4)


def _spread(count: int) -> list[int]:
    """Every seventh index round and round, so that misses do not stand in one block."""
    return [(7 * at) % count for at in range(count)]


def test_a_bin_has_the_exact_interval_of_a_share():
    (one, *_) = reliability(np.array([0.0] * 10), np.full(10, 0.2))[:1]
    # Of a single kept visit: 1 - 0.025 is the highest share that still gives none missed.
    assert one.visits == 1
    assert (one.observed.low, one.observed.high) == (0.0, pytest.approx(0.975))


def test_skill_is_over_patients_and_repeatable():
    patients = np.repeat(np.arange(50), 4)
    base, loss = np.full(200, 0.09), np.full(200, 0.072)
    skill = skill_of(loss, base, patients, seed=1)
    assert (skill.value, skill.low, skill.high) == pytest.approx((0.2, 0.2, 0.2))
    uneven = loss + np.where(patients < 10, 0.05, 0.0)
    assert skill_of(uneven, base, patients, 1) == skill_of(uneven, base, patients, 1)
    wide = skill_of(uneven, base, patients, 1)
    assert wide.low < wide.value < wide.high


def test_groups_come_with_the_largest_first():
    groups = by_group(["b", "a", "a"], np.array([1.0, 0, 1]), np.array([0.5, 0.25, 0.25]))
    assert [(one.group, one.visits, one.observed, one.expected) for one in groups] == [
        ("a", 2, 1, 0.5),
        ("b", 1, 1, 0.5),
    ]


def test_all_figures_of_a_part():
    rows = [Known(f"P{n // 2}", DAY, DAY, n % 5 == 0, "ADJ", {}, None, None) for n in range(40)]
    held = held_out_of(rows, np.full(40, 0.2), 0.1)
    assert (held.rows, held.patients, held.misses) == (40, 20, 8)
    # 8 of 40 at 0.2: (8 x 0.64 + 32 x 0.04) / 40; at 0.1: (8 x 0.81 + 32 x 0.01) / 40.
    assert held.brier == pytest.approx(0.16)
    assert held.brier_base == pytest.approx(0.17)
    assert held.skill.value == pytest.approx(1 - 0.16 / 0.17)
    assert held.ratio.value == pytest.approx(1.0)
    assert held.auc == 0.5
