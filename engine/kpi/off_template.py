"""Stages of visits that use up what the model day kept for others."""

from engine.kpi.filled import Filled, stage_spans
from engine.practice.calendar import model_day_on
from engine.practice.release import Acceptance, acceptance
from engine.schedule import Placement
from engine.units import overlaps, to_minutes


def quanta(filled: Filled) -> int:
    """Stages of new and moved visits in a cell that takes them by release or as fallback."""
    return sum(_stages_off(filled, placed) for placed in filled.fresh)


def _stages_off(filled: Filled, placed: Placement) -> int:
    problem = filled.problem
    model_day = model_day_on(problem.practice, placed.date)
    if model_day is None:
        return 0
    wanted = problem.procedures[filled.visit_of(placed).procedure].procedure_class
    stages = [stage for stage in stage_spans(problem, placed) if stage.chair is not None]
    return sum(
        any(
            stage.chair in cell.columns
            and overlaps((stage.start, stage.end), (to_minutes(cell.start), to_minutes(cell.end)))
            and acceptance(cell, wanted, placed.date, problem.as_of, problem.policy)
            in (Acceptance.FALLBACK, Acceptance.RELEASED)
            for cell in model_day.cells
        )
        for stage in stages
    )
