"""Slot prices keep the tiers, or are refused."""

import math

import pytest

from engine.practice import SlotPrices
from engine.risk.visit_costs import PersonalCosts
from engine.validation.swings import kinds_of, largest_difference, practice_swings
from engine.weights import DEFAULT_WEIGHTS


def slots(chair: int, doctor: int = 100, hour: int = 9):
    one = {"weekday": "tue", "hour": hour, "chair_percent": chair, "doctor_percent": doctor}
    return lambda d: d.update(slot_prices={"slots": [one]})


def test_prices_that_let_a_lower_tier_outweigh_a_higher_one(emits):
    # BOND: 75 chair minutes at 400 % and 15 of the doctor, 315, or 90 elsewhere. Lead at most 29
    # days: k = e^delta = 30^0.25 = 2.34, and 315 < 2.34 x 90 is not so: at most 315 - 90 = 225
    # minutes, 787.5 points, with 25.5 in tier 6 and 7 more than an overdue week (455).
    emits(
        "slot-prices-break-tiers",
        slots(400),
        slots(150),
        where=["slot prices", "slot prices"],
        says=("lost_minutes 787.5", "take slot_prices.json away"),
    )


def test_the_largest_difference_is_that_of_the_curve():
    def s(x: float) -> float:
        return 1 / (1 + math.exp(-x))

    grid = [n / 100 for n in range(-3000, 3001)]
    for delta, most, least in [(1.1, 200, 80), (0.3, 90, 85), (2.0, 400, 100), (0.0, 7, 3)]:
        found = largest_difference(delta, most, least)
        seen = max(most * s(x + delta) - least * s(x) for x in grid)
        assert found == pytest.approx(seen, rel=1e-4)
        assert found >= seen - 1e-9


def test_without_slot_prices_it_is_the_spread():
    # The largest difference of a logistic curve over delta, see the module page.
    assert largest_difference(0.8, 90, 90) == 90 * math.tanh(0.2)


def test_the_swing_by_hand(problem_with, horizon):
    plain, priced = (practice_swings(problem_with(one), horizon) for one in (None, slots(150, 50)))
    # The lead of the movable booking is unknown: six weeks at most. BOND: 75 x 1.5 + 15 = 127.5
    # minutes at most, 75 + 7.5 = 82.5 at least.
    expected = largest_difference(0.25 * math.log(43), 127.5, 82.5)
    assert priced["lost_minutes"] == pytest.approx(expected)
    assert {k: v for k, v in priced.items() if k != "lost_minutes"} == {
        k: v for k, v in plain.items() if k != "lost_minutes"
    }


@pytest.mark.parametrize("missed", [0, 9])
def test_no_table_value_swings_more(problem_with, horizon, missed):
    """Patients who keep everything, and one who misses everything."""

    def change(d):
        hours = ((8, 25, 400), (9, 160, 60), (15, 400, 25))
        d["slot_prices"] = {
            "slots": [
                {"weekday": day, "hour": hour, "chair_percent": chair, "doctor_percent": doctor}
                for day in ("mon", "thu")
                for hour, chair, doctor in hours
            ]
        }
        for visit in d["visits"]:
            visit["attendance"] = {"missed": missed, "last_missed": missed > 0}

    problem = problem_with(change)
    assert isinstance(problem.slot_prices, SlotPrices)
    swings = {kind.procedure: kind.swing for kind in kinds_of(problem, horizon)}
    costs = PersonalCosts(problem, horizon)
    quantum = next(one.quantum for one in DEFAULT_WEIGHTS if one.kpi == "lost_minutes")
    for visit in problem.visits:
        table = [costs.at(visit.id, day, hour) for day in horizon.dates for hour in range(8, 17)]
        values = [row["lost_minutes"] for row in (*table, costs.unplaced(visit.id))]
        most = math.ceil(swings[visit.procedure]["lost_minutes"] / quantum)
        assert 0 < max(values) - min(values) <= most, visit.id
