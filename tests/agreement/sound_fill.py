"""What is true of every fill, whatever way it went."""

from engine.checker import check
from engine.filling.best_so_far import REFUSED
from engine.filling.by_hand import fill_by_hand
from engine.filling.fill import FillSettings, fill_days
from engine.kpi import measure, objective_points
from engine.practice import Horizon, Problem
from engine.result import Result, Status
from engine.schedule import Schedule

ROUNDED = 0.0006
"""Points that a proven bound may be off the objective."""


def points(problem: Problem, schedule: Schedule) -> float:
    """What a schedule costs."""
    return objective_points(measure(problem, schedule))


def assert_sound(problem: Problem, horizon: Horizon, how: FillSettings) -> Result:
    """Passes the checker, costs what its KPIs say, lies above its bound and floor."""
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
        assert result.bound is not None
        assert abs(result.bound - result.objective) <= ROUNDED
    return result
