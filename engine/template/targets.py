"""Room that a model day has for what it aims at."""

from engine.practice import Cell, ModelDay, Problem
from engine.practice.template import Template
from engine.units import to_minutes


def room_for(problem: Problem, day: ModelDay, procedure_class: str) -> int:
    """Visits of the class that fit one after the other into its own cells, turnover included.

    Counted with the shortest procedure of the class, so it is room at most.
    """
    lengths = [
        procedure.minutes + procedure.stages[-1].turnover_minutes
        for procedure in problem.practice.procedures
        if procedure.procedure_class == procedure_class
    ]
    if not lengths:
        return 0
    return sum(
        # The turnover of the last one may reach beyond the cell.
        len(cell.columns) * ((_minutes(cell) + _turnover(problem, procedure_class)) // min(lengths))
        for cell in day.cells
        if cell.procedure_class == procedure_class
    )


def keeps_targets(problem: Problem, before: Template, after: Template) -> bool:
    """False where an edit takes room that a class needs for the target of its model day."""
    old = {day.id: day for day in before.model_days}
    for day in after.model_days:
        for quota in day.quotas:
            if quota.target is None:
                continue
            room = room_for(problem, day, quota.procedure_class)
            had = room_for(problem, old[day.id], quota.procedure_class)
            if room < quota.target and room < had:
                return False
    return True


def _minutes(cell: Cell) -> int:
    return to_minutes(cell.end) - to_minutes(cell.start)


def _turnover(problem: Problem, procedure_class: str) -> int:
    return min(
        procedure.stages[-1].turnover_minutes
        for procedure in problem.practice.procedures
        if procedure.procedure_class == procedure_class
    )
