"""Rule `cells`: time on a column that is kept for the class, released for it, or for nobody."""

from collections.abc import Iterator

from engine.practice import Problem
from engine.practice.release import Acceptance, acceptance
from engine.solver.day_facts import CellAnswer, DayFacts, ResourceClass
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
    column = (chairs.members[0], procedure_class)
    if column not in facts.answers:
        facts.answers[column] = tuple(_answers(problem, facts, chairs, procedure_class))
    found = Acceptance.OWN
    for cell_start, cell_end, how in facts.answers[column]:
        if cell_start < end and start < cell_end:
            if how is None:
                return None
            found = how
    return found


def _answers(
    problem: Problem, facts: DayFacts, chairs: ResourceClass, procedure_class: str
) -> Iterator[CellAnswer]:
    """Cells that do not take the class as their own."""
    for cell in chairs.cells:
        how = acceptance(cell, procedure_class, facts.day, problem.as_of, problem.policy)
        if how is not Acceptance.OWN:
            yield to_minutes(cell.start), to_minutes(cell.end), how
