"""Rule `readiness`: the lab item is in the house the day before, and clearances are there."""

from engine.practice import Problem, Visit
from engine.solver.day_facts import DayFacts
from engine.units import MINUTES_PER_DAY, Interval


def start_windows(
    problem: Problem, facts: DayFacts, visit: Visit, length: int
) -> tuple[Interval, ...]:
    """The whole date once everything is ready, else nothing."""
    if visit.lab_ready is not None and facts.day <= visit.lab_ready:
        return ()
    for clearance in visit.clearances:
        if clearance.granted:
            continue
        if clearance.expected is None or facts.day < clearance.expected:
            return ()
    return ((0, MINUTES_PER_DAY),)
