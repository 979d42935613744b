"""Rule `opening_hours`: a visit begins and ends inside the patient hours."""

from engine.practice import Problem
from engine.solver.day_facts import DayFacts
from engine.solver.kinds import Kind
from engine.units import Interval


def start_windows(problem: Problem, facts: DayFacts, kind: Kind) -> tuple[Interval, ...]:
    """Start minutes at which the whole visit lies in one stretch of open hours."""
    return tuple((start, end - kind.length + 1) for start, end in facts.open)
