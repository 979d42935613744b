"""Rule `due_window`: between the earliest and the latest date, and not before now."""

from engine.practice import Problem, Visit
from engine.solver.day_facts import DayFacts
from engine.units import MINUTES_PER_DAY, Interval


def start_windows(
    problem: Problem, facts: DayFacts, visit: Visit, length: int
) -> tuple[Interval, ...]:
    """Start minutes of the date that the visit's dates and the clock allow."""
    too_early = visit.earliest is not None and facts.day < visit.earliest
    too_late = visit.latest is not None and facts.day > visit.latest
    if too_early or too_late or facts.day < problem.as_of.date():
        return ()
    if facts.day > problem.as_of.date():
        return ((0, MINUTES_PER_DAY),)
    now = problem.as_of
    begun = 1 if now.second or now.microsecond else 0
    return ((now.hour * 60 + now.minute + begun, MINUTES_PER_DAY),)
