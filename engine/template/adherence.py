"""Booked against template, cell by cell: kept, misused and empty."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from engine.kpi.cell_use import CellUse, ColumnCell, Use, cell_uses, column_cells
from engine.kpi.filled import Filled
from engine.practice import Problem
from engine.schedule import Schedule
from engine.units import clock_text, to_minutes


class CellState(StrEnum):
    """What became of a cell: another class sits in it, its own class alone, or nobody."""

    MISUSED = "misused"
    KEPT = "kept"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell on one column and date. `by_use`: minutes with somebody in the chair, turnover left
    out. `strangers`: visits of another class in it, with how the cell takes them.
    """

    place: ColumnCell
    by_use: dict[Use, int]
    strangers: tuple[CellUse, ...]

    @property
    def state(self) -> CellState:
        """Misused as soon as one visit of another class sits in it."""
        if self.strangers:
            return CellState.MISUSED
        return CellState.KEPT if self.by_use.get(Use.OWN) else CellState.EMPTY

    @property
    def procedure_class(self) -> str:
        """The class that the cell is kept for."""
        return self.place.cell.procedure_class

    @property
    def time(self) -> str:
        """`08:00-09:30`."""
        start, end = to_minutes(self.place.cell.start), to_minutes(self.place.cell.end)
        return f"{clock_text(start)}-{clock_text(end)}"


@dataclass(frozen=True, slots=True)
class AdherenceSum:
    """The cells of one class, column or date. `cells` counts by state, `minutes` by use."""

    key: str
    cells: dict[CellState, int]
    cell_minutes: int
    minutes: dict[Use, int]
    empty_minutes: int

    @property
    def kept_share(self) -> float | None:
        """Of the minutes with somebody in the chair, those of the cells' own classes."""
        taken = sum(self.minutes.values())
        return self.minutes.get(Use.OWN, 0) / taken if taken else None


def cell_rows(problem: Problem, schedule: Schedule) -> tuple[CellRow, ...]:
    """Every cell of the dates of the schedule, by date, column and time."""
    filled = Filled(problem, schedule)
    uses: dict[tuple[object, str, str], list[CellUse]] = defaultdict(list)
    for one in cell_uses(filled, schedule.placements):
        uses[one.date, one.column, one.cell.id].append(one)
    rows = []
    for place in column_cells(filled):
        sitting = uses.get((place.date, place.column, place.cell.id), [])
        minutes: Counter[Use] = Counter()
        for one in sitting:
            minutes[one.use] += one.minutes
        strangers = tuple(one for one in sitting if one.use is not Use.OWN)
        rows.append(CellRow(place, dict(minutes), strangers))
    return tuple(
        sorted(rows, key=lambda row: (row.place.date, row.place.column, row.place.cell.start))
    )


def by_class(row: CellRow) -> str:
    """The class of a cell."""
    return row.procedure_class


def by_column(row: CellRow) -> str:
    """The column of a cell."""
    return row.place.column


def by_date(row: CellRow) -> str:
    """The date of a cell, as YYYY-MM-DD."""
    return row.place.date.isoformat()


def sums(rows: Iterable[CellRow], key: Callable[[CellRow], str]) -> tuple[AdherenceSum, ...]:
    """One sum for each value of the key, in its order."""
    groups: dict[str, list[CellRow]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return tuple(_sum(name, groups[name]) for name in sorted(groups))


def _sum(name: str, rows: list[CellRow]) -> AdherenceSum:
    minutes: Counter[Use] = Counter()
    for row in rows:
        minutes.update(row.by_use)
    return AdherenceSum(
        key=name,
        cells=dict(Counter(row.state for row in rows)),
        cell_minutes=sum(row.place.minutes for row in rows),
        minutes=dict(minutes),
        empty_minutes=sum(row.place.empty_minutes for row in rows),
    )
