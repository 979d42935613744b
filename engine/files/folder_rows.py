"""Every row of a practice folder: read, held against the rows before it, and put together."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from engine.files.booking_rows import (
    BOOKING_FILE_COLUMNS,
    BOOKING_FILE_REQUIRED,
    read_bookings,
)
from engine.files.case_types import ImportDefaults
from engine.files.cell_rows import CELL_COLUMNS, CELL_REQUIRED, PlacedCell, read_cells
from engine.files.cell_values import id_fault
from engine.files.history_rows import HISTORY_COLUMNS, HISTORY_REQUIRED, read_history
from engine.files.import_context import ImportContext
from engine.files.loaded import DefaultsTally, SetAside
from engine.files.origins import Origins
from engine.files.practice_reader import PracticeFile
from engine.files.rows import Row
from engine.files.tables import Table
from engine.files.visit_rows import VISIT_FILE_COLUMNS, VISIT_FILE_REQUIRED, read_visits
from engine.practice import Booking, PastVisit, Policy, Practice, Problem, Visit
from engine.problems import PracticeProblem, Severity

FOLDER_TABLES = {
    "cells.csv": (CELL_COLUMNS, CELL_REQUIRED),
    "visits.csv": (VISIT_FILE_COLUMNS, VISIT_FILE_REQUIRED),
    "bookings.csv": (BOOKING_FILE_COLUMNS, BOOKING_FILE_REQUIRED),
    "history.csv": (HISTORY_COLUMNS, HISTORY_REQUIRED),
}
"""The columns of each table, and what of them has to be there."""

_NO_DATE = dt.datetime(9000, 1, 1)
"""Stands for now where practice.toml does not say; the input is refused then anyway."""


@dataclass(frozen=True, slots=True)
class FolderRows:
    """The rows of each table, each with the object it makes, None where it makes none."""

    cells: list[tuple[Row, PlacedCell | None]]
    bookings: list[tuple[Row, Booking | None]]
    visits: list[tuple[Row, Visit | None]]
    history: list[Row]
    past: tuple[PastVisit, ...] = ()

    @property
    def all_rows(self) -> list[Row]:
        """In the order of the files."""
        objects: list[tuple[Row, Any]] = [*self.cells, *self.visits, *self.bookings]
        return [*(row for row, _ in objects), *self.history]

    def problems(self, strict: bool) -> list[PracticeProblem]:
        """The faults of all rows; with `strict`, each refuses the whole input."""
        found = [problem for row in self.all_rows for problem in row.problems]
        return [replace(one, severity=Severity.REFUSED) for one in found] if strict else found

    def set_aside(self) -> list[SetAside]:
        """The rows that make nothing."""
        return [row.origin for row in self.all_rows if not row.usable]

    def missing_ids(self) -> set[str]:
        """Ids of visits and bookings that are in the files, though not in the problem."""
        rows = (row for row, _ in (*self.visits, *self.bookings))
        return {row.id for row in rows if row.id and not row.usable}

    def origins(self) -> Origins:
        """File and row of every object, by the label that problems use."""
        labelled = (
            *(("cell", row) for row, _ in self.cells),
            *(("visit", row) for row, _ in self.visits),
            *(("booking", row) for row, _ in self.bookings),
        )
        rows = {f"{kind} {row.id}": row.origin for kind, row in labelled if row.usable}
        return Origins("practice.toml", rows)

    def defaults(self, left_out: Collection[SetAside]) -> DefaultsTally:
        """The defaults used by rows that are in the problem."""
        tally = DefaultsTally()
        gone = set(left_out)
        for row in self.all_rows:
            if row.origin not in gone:
                tally.merge(row.defaults)
        return tally

    def problem(self, file: PracticeFile) -> Problem | None:
        """The objects of all good rows; None where practice.toml has no part to hold them.

        A refused policy does not keep the rest from being looked at.
        """
        if file.heading is None or file.practice is None:
            return None
        return Problem(
            as_of=file.heading.as_of,
            practice=self._with_cells(file.practice),
            visits=tuple(visit for row, visit in self.visits if visit and row.usable),
            bookings=tuple(booking for row, booking in self.bookings if booking and row.usable),
            policy=file.policy or Policy(),
            external=file.heading.external,
        )

    def _with_cells(self, practice: Practice) -> Practice:
        cells = [placed for row, placed in self.cells if placed and row.usable]
        model_days = tuple(
            model_day.model_copy(
                update={
                    "cells": tuple(
                        placed.cell for placed in cells if placed.model_day == model_day.id
                    )
                }
            )
            for model_day in practice.model_days
        )
        return practice.model_copy(update={"model_days": model_days})


def read_rows(file: PracticeFile, tables: dict[str, Table]) -> FolderRows:
    """Read the tables that there are against practice.toml, as far as that could be read."""
    now = file.heading.as_of if file.heading else _NO_DATE
    context = ImportContext(file.practice, now, file.defaults or ImportDefaults())
    context.given_ids = frozenset(_given_ids(tables))
    history: list[Row] = []
    if "history.csv" in tables:
        context.history, history = read_history(tables["history.csv"], now.date())
    rows = FolderRows(
        read_cells(tables["cells.csv"], context) if "cells.csv" in tables else [],
        read_bookings(tables["bookings.csv"], context) if "bookings.csv" in tables else [],
        read_visits(tables["visits.csv"], context) if "visits.csv" in tables else [],
        history,
        tuple(visit for past in context.history.values() for visit in past),
    )
    seen: dict[str, Row] = {}
    _note_repeated((row for row, _ in rows.bookings), seen, "duplicate-booking")
    # The book comes first: what has a time already is not to be placed again.
    _note_repeated((row for row, _ in rows.visits), seen, "duplicate-visit")
    _note_repeated((row for row, _ in rows.cells), {}, "duplicate-cell")
    return rows


def _given_ids(tables: dict[str, Table]) -> Iterable[str]:
    for name in ("visits.csv", "bookings.csv"):
        for row in tables[name].rows if name in tables else ():
            if (given := row.cells.get("id", "")) and id_fault(given) is None:
                yield given


def _note_repeated(rows: Iterable[Row], seen: dict[str, Row], code: str) -> None:
    """A row whose id an earlier good row has is a fault; a faulty row takes no id away."""
    for row in rows:
        first = seen.get(row.id) if row.id else None
        if first is not None:
            cause = f"the id is taken by {first.file} row {first.number}, which counts"
            row.fault(code, "id", cause, "give it another id, or remove one of the two")
        elif row.id and row.usable:
            seen[row.id] = row
