"""The proof that the tiers hold, for this practice."""

import datetime as dt

import pytest

from engine.practice import Horizon, Problem
from engine.problems import Severity
from engine.validation import problems_of
from engine.validation.swings import Kind, kinds_of
from engine.validation.tiers import Shortfall, shortfalls
from engine.weights import DEFAULT_WEIGHTS, weights_with


def weights(**values):
    entries = [{"kpi": kpi, "value": value, "reason": "test"} for kpi, value in values.items()]
    return lambda d: d["policy"].update(weights=entries)


def test_a_lower_tier_that_outweighs_a_higher_one(emits):
    found = emits(
        "weights-break-tiers",
        weights(preferences_missed=30),
        weights(preferences_missed=16),
        where="policy",
        says="tier 5 'lost_minutes': 20 expected minute counts 70 points",
    )
    # BOND: 2 x 30 + 20 + 3 + 1 + 15 x 0.05 + 15 x 0.05 + 75 x 0.01: chains 3 + 13 - 1 = 15.
    assert (
        "can win 86.25 points in lower tiers (preferences_missed 60, households" in found[0].cause
    )
    assert "above 4.3125 points per expected minute" in found[0].remedy  # 86.25 / 20


def test_exactly_equal_is_not_enough(emits):
    # ADJ and EXAM win less than BOND, whose tier 7 sums to 3 + 1 + 0.75 + 0.75 + 0.75 = 6.25.
    emits(
        "weights-break-tiers",
        weights(households_apart=6.25, lost_minutes=3),
        weights(households_apart=6.251, lost_minutes=3),
        where="policy",
        says="'households_apart': 1 household counts 6.25 points",
    )


@pytest.mark.parametrize("kpi", ["displaced_bookings", "late_weeks", "patients_past_ecd"])
def test_a_zero_in_the_upper_tiers_breaks_them(emits, kpi):
    emits(
        "weights-break-tiers",
        weights(**{kpi: 0}),
        weights(moved_bookings=2),
        where="policy",
        says=kpi,
    )


def test_a_zero_in_the_lower_tiers_is_a_choice(problem_with, horizon):
    problem = problem_with(weights(households_apart=0, lost_minutes=0, doctor_chains=0))
    assert problems_of(problem, horizon) == ()


def test_a_longer_horizon_widens_the_swings(emits, horizon):
    # 200 days + 21: BOND can win 221 x 130 + 520 and more, and 0.05 patient is worth 15,000;
    # and (221 + p x 21) / 7 = 32 weeks x 2.5 million, and a displaced booking is worth 60 million.
    found = emits(
        "default-weights-break-tiers",
        None,
        None,
        where=["policy", "policy"],
        says=("'patients_past_ecd'", "'displaced_bookings'"),
        days=Horizon(start=horizon.start, days=200),
    )
    assert {problem.severity for problem in found} == {Severity.NOTE}


def test_an_own_weight_that_makes_it_worse_is_refused(emits, horizon):
    long = Horizon(start=horizon.start, days=200)
    emits(
        "weights-break-tiers",
        weights(access_days=140),
        weights(access_days=130),
        where=["policy", "policy"],
        says="'patients_past_ecd'",
        days=long,
        good_days=long,
    )


def test_lost_and_rounded_weights(emits):
    # A quantum of lost minutes is 0.01 minute: 0.1 points per minute is 1 millipoint per quantum.
    emits(
        "weight-lost-in-rounding",
        weights(uneven_load=0.0004),
        weights(uneven_load=0.001),
        where="policy",
        says="at least 0.001",
    )
    emits(
        "weight-rounded",
        weights(uneven_load=0.0126),
        weights(uneven_load=0.012),
        where="policy",
        says="counts as 0.013",
    )


def test_sums_that_are_no_longer_exact(emits):
    # 5 visits x 7 weeks x 1000 quanta x 3e8 millipoints: 1e13. With 1e12 points: above 2^53 = 9e15.
    emits(
        "weights-too-large",
        weights(late_weeks=3e14, displaced_bookings=1e17),
        weights(late_weeks=3e6),
        where="policy",
        says="'displaced_bookings'",
    )
    emits(
        "weights-too-large",
        weights(displaced_bookings=1e308),
        weights(),
        where="policy",
        says="1e+308",
    )


def test_a_date_centuries_away(emits):
    def due(year):
        def change(d):
            d["visits"][1]["treatment"] |= {
                "started": f"{year}-01-01",
                "original_ecd": f"{year}-06-01",
                "current_ecd": f"{year}-06-01",
            }
            d["visits"][1]["due"] = "2026-12-02"
            # Close to the largest weights that still hold.
            weights(displaced_bookings=1e12, late_weeks=1e10)(d)

        return change

    # 2,000 years are 100,000 weeks x 1000 quanta x 1e10 millipoints = 1e18.
    emits("weights-too-large", due("0026"), due("2026"), where="policy")


def test_the_inequality_by_hand():
    weight = weights_with({})["households_apart"]
    kind = Kind("ADJ", 20, {})
    short = Shortfall(weight, 20_000, kind, {"moved_bookings": 3000, "uneven_load": 500})
    assert short.won_below == 3500
    assert not short.breaks
    assert short.ratio == pytest.approx(0.175)
    assert short.enough == pytest.approx(3.5)


def catalogue_practice(problem_with, grid: int, minutes: int) -> Problem:
    """Two doctor times, the longest visits, a confirmed movable booking, fitted hour effects."""

    def change(d):
        stage = d["practice"]["procedures"][1]["stages"][0]
        stage["segments"] = [
            {"kind": kind, "minutes": length}
            for kind, length in (
                ("assistant", 20),
                ("doctor", 15),
                ("assistant", 25),
                ("doctor", 5),
                ("assistant", 15),
            )
        ]
        d["practice"]["grid_minutes"] = grid
        d["practice"]["procedures"][0]["rebooking_days"] = 42
        d["visits"][1]["minutes"] = minutes
        d["bookings"][1].update(confirmation="confirmed", booked_on="2026-09-01")
        d["policy"]["risk"] = {
            "hour_effects": [{"hour": 8, "logit": 0.5}, {"hour": 16, "logit": -0.5}]
        }

    return problem_with(change)


@pytest.mark.parametrize("grid", [1, 5])
@pytest.mark.parametrize("days", [5, 14, 84])
def test_default_weights_hold_for_a_typical_practice(problem_with, grid, days):
    problem = catalogue_practice(problem_with, grid, minutes=120)
    horizon = Horizon(start=dt.date(2026, 11, 30), days=days)
    kinds = list(kinds_of(problem, horizon))
    ratios = {s.weight.kpi: s.ratio for s in shortfalls(kinds, weights_with({}))}
    assert len(ratios) == len(DEFAULT_WEIGHTS)
    assert max(ratios.values()) < 1


def test_default_weights_are_whole_and_inside_their_documented_swings(problem_with):
    for weight in DEFAULT_WEIGHTS:
        exact = weight.value * weight.quantum * 1000
        assert weight.millipoints_per_quantum >= 1
        assert exact == pytest.approx(weight.millipoints_per_quantum, rel=1e-12)
        assert weight.value * weight.swing < 1e9
    for one in DEFAULT_WEIGHTS:
        # A visit counts as access or as overdue, never both.
        lower = [w for w in DEFAULT_WEIGHTS if w.tier > one.tier and w.kpi != "overdue_days"]
        assert one.unit * one.value > sum(w.swing * w.value for w in lower)
