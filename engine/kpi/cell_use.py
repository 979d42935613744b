"""Who sits in which cell of the model day, and whether the cell takes the class."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.kpi.filled import Filled, StageSpan, stage_spans
from engine.practice import Cell, ModelDay
from engine.practice.calendar import model_day_on
from engine.practice.release import Acceptance, acceptance
from engine.schedule import Placement
from engine.units import Interval, overlap_minutes, subtract, to_minutes


class Use(StrEnum):
    """How a cell is used: by its own class, as fallback, by release, or against the template."""

    OWN = Acceptance.OWN.value
    FALLBACK = Acceptance.FALLBACK.value
    RELEASED = Acceptance.RELEASED.value
    AGAINST = "against"
    """The cell does not take the class now: only the book can bring this about."""


@dataclass(frozen=True, slots=True)
class CellUse:
    """Minutes that one stage of a visit spends in one cell of its column, turnover left out."""

    visit: str
    date: date
    column: str
    cell: Cell
    use: Use
    minutes: int


@dataclass(frozen=True, slots=True)
class ColumnCell:
    """A cell on one of its columns on one date, and the minutes with nobody in the chair."""

    date: date
    model_day: ModelDay
    column: str
    cell: Cell
    empty_minutes: int

    @property
    def minutes(self) -> int:
        """Length of the cell."""
        start, end = cell_span(self.cell)
        return end - start


def cell_span(cell: Cell) -> Interval:
    """Minutes [start, end) of a cell."""
    return to_minutes(cell.start), to_minutes(cell.end)


def cells_on(filled: Filled, day: date) -> tuple[Cell, ...]:
    """The cells of the model day of a date."""
    model_day = model_day_on(filled.problem.practice, day)
    return model_day.cells if model_day is not None else ()


def in_chairs(filled: Filled, placed: Placement) -> Iterator[StageSpan]:
    """The stages of a visit that hold a chair."""
    return (stage for stage in stage_spans(filled.problem, placed) if stage.chair is not None)


def cell_uses(filled: Filled, placements: Iterable[Placement]) -> Iterator[CellUse]:
    """Every cell that the visits sit in, seen from `as_of`."""
    problem = filled.problem
    for placed in placements:
        wanted = problem.procedures[filled.visit_of(placed).procedure].procedure_class
        cells = cells_on(filled, placed.date)
        for stage in in_chairs(filled, placed) if cells else ():
            for cell in cells:
                shared = overlap_minutes((stage.start, stage.end), cell_span(cell))
                if shared and stage.chair in cell.columns:
                    taken = acceptance(cell, wanted, placed.date, problem.as_of, problem.policy)
                    use = Use.AGAINST if taken is None else Use(taken.value)
                    column = str(stage.chair)
                    yield CellUse(placed.visit, placed.date, column, cell, use, shared)


def column_cells(filled: Filled) -> Iterator[ColumnCell]:
    """Every cell of the horizon, once for each of its columns."""
    for day in filled.schedule.horizon.dates:
        model_day = model_day_on(filled.problem.practice, day)
        if model_day is None:
            continue
        taken: dict[str, list[Interval]] = {}
        for placed in filled.on_date(day):
            for stage in in_chairs(filled, placed):
                taken.setdefault(str(stage.chair), []).append((stage.start, stage.end))
        for cell in model_day.cells:
            for column in cell.columns:
                free = subtract([cell_span(cell)], taken.get(column, ()))
                empty = sum(end - start for start, end in free)
                yield ColumnCell(day, model_day, column, cell, empty)
