"""Every by-hand fill passes the checker, whatever the practice, the book and the call order."""

import pytest

from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.filling.occupancy import Occupancy
from engine.generate import generate
from engine.kpi import measure
from engine.practice import DoctorRuleKind, Horizon, Problem


def assert_checked(problem: Problem, horizon: Horizon, **how) -> None:
    schedule = fill_by_hand(problem, horizon, **how)
    report = check(problem, schedule)
    assert report.ok, [violation.sentence for violation in report.violations[:5]]
    # What is unplaced fits nowhere: no start was overlooked.
    occupancy = Occupancy.of(problem, schedule)
    for unplaced in schedule.unplaced:
        visit = problem.all_visits[unplaced.visit]
        if not visit.follows:
            starts = [len(occupancy.feasible_starts(visit, day)) for day in horizon.dates]
            assert sum(starts) == 0, (unplaced, starts)
    assert all(kpi.quanta >= 0 for kpi in measure(problem, schedule))


@pytest.mark.parametrize(
    ("profile", "visits", "seed", "booked", "how"),
    [
        ("one-doctor", 450, 7, 0.0, {"fit": "first", "order": "list"}),
        ("one-doctor", 300, 1, 0.4, {"fit": "best", "order": "due"}),
        ("one-doctor-units", 380, 2, 0.5, {"fit": "first", "order": "random", "seed": 5}),
        ("two-doctor", 500, 3, 0.3, {"fit": "best", "order": "list"}),
    ],
)
def test_generated_weeks(profile, visits, seed, booked, how):
    made = generate(profile, visits, seed, booked_share=booked)
    assert_checked(made.problem, made.horizon, **how)


@pytest.mark.parametrize("rule", list(DoctorRuleKind))
@pytest.mark.parametrize("seed", range(12))
def test_books_that_clash(tiny, neighbours, seed, rule):
    problem = neighbours("crowded_days").crowded(tiny, seed, rule)
    fit = ("first", "best")[seed % 2]
    assert_checked(problem, Horizon(start=tiny.monday, days=2), fit=fit, order="due")
