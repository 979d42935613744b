"""Rule `availability`: the visit lies wholly inside a time at which the patient can come."""

from engine.practice import Problem, Visit
from engine.solver.day_facts import DayFacts
from engine.units import MINUTES_PER_DAY, Interval, merge, to_minutes


def start_windows(
    problem: Problem, facts: DayFacts, visit: Visit, length: int
) -> tuple[Interval, ...]:
    """Start minutes at which the visit fits one of the patient's windows of that weekday."""
    if not visit.availability:
        return ((0, MINUTES_PER_DAY),)
    return merge(
        (to_minutes(window.start), to_minutes(window.end) - length + 1)
        for window in visit.availability
        if window.on(facts.weekday)
    )
