"""How far the book follows the model day."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from engine.kpi.filled import Filled, StageSpan, stage_spans
from engine.practice import Cell
from engine.practice.base import Frozen
from engine.practice.calendar import model_day_on
from engine.schedule import Placement
from engine.units import Interval, overlap_minutes, subtract, to_minutes


class Adherence(Frozen):
    """Chair minutes of new and moved visits by where they lie, and what cells are left empty.

    `own_share`: share of those minutes in cells of the visit's own class; None without any.
    `empty_minutes`: by class, cell minutes of the horizon with nobody in the chair.
    """

    own_minutes: int
    other_minutes: int
    free_minutes: int
    own_share: float | None
    empty_minutes: tuple[tuple[str, int], ...]


def adherence(filled: Filled) -> Adherence:
    """Own cell, another class's cell (released or fallback), or time that no class has."""
    minutes: Counter[str] = Counter()
    for placed in filled.fresh:
        minutes.update(_where(filled, placed))
    total = sum(minutes.values())
    return Adherence(
        own_minutes=minutes["own"],
        other_minutes=minutes["other"],
        free_minutes=minutes["free"],
        own_share=minutes["own"] / total if total else None,
        empty_minutes=tuple(sorted(_empty(filled).items())),
    )


def _cells(filled: Filled, day: date) -> tuple[Cell, ...]:
    model_day = model_day_on(filled.problem.practice, day)
    return model_day.cells if model_day is not None else ()


def _in_chairs(filled: Filled, placed: Placement) -> Iterator[StageSpan]:
    return (stage for stage in stage_spans(filled.problem, placed) if stage.chair is not None)


def _cell_span(cell: Cell) -> Interval:
    return to_minutes(cell.start), to_minutes(cell.end)


def _where(filled: Filled, placed: Placement) -> Counter[str]:
    wanted = filled.problem.procedures[filled.visit_of(placed).procedure].procedure_class
    found: Counter[str] = Counter()
    for stage in _in_chairs(filled, placed):
        found["free"] += stage.end - stage.start
        for cell in _cells(filled, placed.date):
            if stage.chair in cell.columns:
                shared = overlap_minutes((stage.start, stage.end), _cell_span(cell))
                found["own" if cell.procedure_class == wanted else "other"] += shared
                found["free"] -= shared
    return found


def _empty(filled: Filled) -> Counter[str]:
    left: Counter[str] = Counter()
    for day in filled.schedule.horizon.dates:
        cells = _cells(filled, day)
        taken: dict[str, list[Interval]] = {}
        for placed in filled.on_date(day) if cells else ():
            for stage in _in_chairs(filled, placed):
                taken.setdefault(str(stage.chair), []).append((stage.start, stage.end))
        for cell in cells:
            for column in cell.columns:
                free = subtract([_cell_span(cell)], taken.get(column, ()))
                left[cell.procedure_class] += sum(end - start for start, end in free)
    return left
