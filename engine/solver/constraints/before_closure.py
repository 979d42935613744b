"""Rule `before_closure`: some procedures are not given in the last days before a closure."""

from engine.practice import Problem
from engine.solver.day_facts import DayFacts
from engine.solver.kinds import Kind
from engine.units import MINUTES_PER_DAY, Interval


def start_windows(problem: Problem, facts: DayFacts, kind: Kind) -> tuple[Interval, ...]:
    """The whole date, or nothing if a closure follows too soon."""
    days = kind.procedure.days_before_closure
    if days == 0:
        return ((0, MINUTES_PER_DAY),)
    ahead = ((closure.date - facts.day).days for closure in problem.practice.closures)
    if any(0 < left <= days for left in ahead):
        return ()
    return ((0, MINUTES_PER_DAY),)
