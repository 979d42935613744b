"""Booked against template on the page: a row for each class, and every misused cell."""

from dataclasses import dataclass
from datetime import date

from engine.kpi import Figures
from engine.kpi.cell_use import Use
from engine.practice import Problem
from engine.schedule import Schedule
from engine.template.adherence import CellState, by_class, cell_rows, sums

SHOWN = 40
"""Misused cells on the page; adherence.csv has all cells."""


@dataclass(frozen=True, slots=True)
class ClassLine:
    """The cells of a class, each column and date counted: number by state, minutes by use."""

    procedure_class: str
    cells: int
    misused: int
    empty: int
    cell_minutes: int
    own: int
    fallback: int
    released: int
    against: int
    empty_minutes: int


@dataclass(frozen=True, slots=True)
class MisusedCell:
    """A cell in which another class sits, and who: `V12 (released)`."""

    date: date
    column: str
    time: str
    procedure_class: str
    visits: str


@dataclass(frozen=True, slots=True)
class AdherenceView:
    """What the template shows. Shares are None where there is nothing to share out."""

    kept_share: float | None
    own_share: float | None
    lines: tuple[ClassLine, ...]
    misused: tuple[MisusedCell, ...]
    misused_count: int


def adherence_view(problem: Problem, schedule: Schedule, figures: Figures) -> AdherenceView:
    """The cells of these dates in the order of the page."""
    rows = cell_rows(problem, schedule)
    wrong = [row for row in rows if row.strangers]
    return AdherenceView(
        figures.adherence.kept_share,
        figures.adherence.own_share,
        tuple(
            ClassLine(
                one.key,
                sum(one.cells.values()),
                one.cells.get(CellState.MISUSED, 0),
                one.cells.get(CellState.EMPTY, 0),
                one.cell_minutes,
                one.minutes.get(Use.OWN, 0),
                one.minutes.get(Use.FALLBACK, 0),
                one.minutes.get(Use.RELEASED, 0),
                one.minutes.get(Use.AGAINST, 0),
                one.empty_minutes,
            )
            for one in sums(rows, by_class)
        ),
        tuple(
            MisusedCell(
                row.place.date,
                row.place.column,
                row.time,
                row.procedure_class,
                ", ".join(f"{one.visit} ({one.use.value})" for one in row.strangers),
            )
            for row in wrong[:SHOWN]
        ),
        len(wrong),
    )
