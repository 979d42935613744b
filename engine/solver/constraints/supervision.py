"""Rule `supervision`: direct supervision needs a doctor in the office for the whole visit."""

from engine.practice import Problem, Supervision
from engine.solver.day_facts import DayFacts
from engine.solver.kinds import Kind
from engine.units import MINUTES_PER_DAY, Interval


def start_windows(problem: Problem, facts: DayFacts, kind: Kind) -> tuple[Interval, ...]:
    """Start minutes at which the visit is covered by doctors in the office."""
    if kind.procedure.supervision is Supervision.GENERAL:
        return ((0, MINUTES_PER_DAY),)
    return tuple((start, end - kind.length + 1) for start, end in facts.supervised)
