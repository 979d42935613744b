"""Rule `cells`: time on a column that is kept for the class, released for it, or for nobody."""

from engine.practice import Problem
from engine.practice.release import Acceptance, acceptance
from engine.solver.day_facts import DayFacts, ResourceClass
from engine.units import to_minutes


def acceptance_of(
    problem: Problem,
    facts: DayFacts,
    chairs: ResourceClass,
    procedure_class: str,
    start: int,
    end: int,
) -> Acceptance | None:
    """How these columns take [start, end): OWN only if no released or fallback cell is touched."""
    found = Acceptance.OWN
    for cell in chairs.cells:
        if to_minutes(cell.start) < end and start < to_minutes(cell.end):
            how = acceptance(cell, procedure_class, facts.day, problem.as_of, problem.policy)
            if how is None:
                return None
            if how is not Acceptance.OWN:
                found = how
    return found
