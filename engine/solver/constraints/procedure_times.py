"""Rule `procedure_times`: the times of day at which the practice gives a procedure."""

from engine.practice import AllowedTime, Binds, Problem
from engine.practice.base import WEEKDAYS
from engine.solver.day_facts import DayFacts
from engine.solver.kinds import Kind
from engine.units import MINUTES_PER_DAY, Interval, merge, to_minutes


def start_windows(problem: Problem, facts: DayFacts, kind: Kind) -> tuple[Interval, ...]:
    """Start minutes at which one of the allowed times holds."""
    times = kind.procedure.allowed_times
    if not times:
        return ((0, MINUTES_PER_DAY),)
    weekday = WEEKDAYS[facts.weekday]
    applying = (time for time in times if not time.weekdays or weekday in time.weekdays)
    return merge(_starts(time, kind.length) for time in applying)


def _starts(time: AllowedTime, length: int) -> Interval:
    start, end = to_minutes(time.start), to_minutes(time.end)
    if time.binds is Binds.START:
        return (start, end)
    if time.binds is Binds.END:
        return (max(0, start - length + 1), end - length + 1)
    return (start, end - length + 1)
