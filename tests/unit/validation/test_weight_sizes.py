"""The largest sum that is checked against 2^53 is one that no schedule exceeds."""

import datetime as dt

from engine.practice import Horizon
from engine.risk.visit_costs import PersonalCosts
from engine.validation.swings import kinds_of
from engine.validation.weight_sizes import largest_sum
from engine.weights import weights_with


def test_no_table_costs_more_than_the_largest_sum(problem_with):
    """Two visits of a late patient with many visits to come, most of which may be missed."""

    def change(d):
        d["policy"]["risk"] = {
            "base_rate": 0.45,
            "rebooking_delays": [{"days": 300, "share": 1.0}],
            "repair_chance": 0.9,
            "repair_days": 120,
        }
        late = d["visits"][1]["treatment"] | {
            "original_ecd": "2026-07-01",
            "current_ecd": "2026-07-01",
            "remaining_visits": 40,
        }
        d["visits"] = [d["visits"][0], d["visits"][0] | {"id": "V9"}]
        d["visits"][0] |= {"treatment": late | {"remaining_visits": 41}, "due": "2026-06-01"}
        d["visits"][1] |= {"treatment": late, "due": "2026-06-01", "attendance": {"missed": 5}}
        d["bookings"] = []

    problem = problem_with(change)
    horizon = Horizon(start=dt.date(2026, 11, 30), days=14)
    costs, weights = PersonalCosts(problem, horizon), weights_with({})
    kinds = list(kinds_of(problem, horizon))
    worst = sum(
        quanta * weights[kpi].millipoints_per_quantum
        for visit in problem.visits
        for kpi, quanta in costs.unplaced(visit.id).items()
    )
    late = costs.unplaced("V9")["late_weeks"] * weights["late_weeks"].quantum
    assert late > 1000  # 40 later visits of at least half a year each
    assert worst <= largest_sum(problem, horizon, weights, kinds)
