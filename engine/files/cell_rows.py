"""cells.csv: the cells of the model days."""

from dataclasses import dataclass

from pydantic import ValidationError

from engine.files.cell_notation import IDS, RELEASE
from engine.files.cell_values import a_clock, an_external, an_id, yes_or_no
from engine.files.import_context import ImportContext
from engine.files.rows import Row
from engine.files.tables import Table
from engine.practice import Cell

CELL_COLUMNS = (
    "model_day",
    "id",
    "class",
    "columns",
    "start",
    "end",
    "hold",
    "fallbacks",
    "release",
    "external",
)
CELL_REQUIRED = tuple((column,) for column in CELL_COLUMNS[:6])


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell and the model day it belongs to."""

    model_day: str
    cell: Cell


def read_cells(table: Table, context: ImportContext) -> list[tuple[Row, PlacedCell | None]]:
    """Each row with its cell, None where it is set aside."""
    found: list[tuple[Row, PlacedCell | None]] = []
    for text in table.rows:
        row = Row(table.file, text, id_column="id")
        model_day = row.require("model_day", an_id)
        if model_day:
            row.id = f"{model_day}/{row.id}" if row.id else ""
            known = context.model_days
            context.check_known(row, "model_day", "unknown-model-day", [model_day], known)
        cell = _read_cell(row, context)
        found.append((row, PlacedCell(model_day, cell) if cell and model_day else None))
    return found


def _read_cell(row: Row, context: ImportContext) -> Cell | None:
    cell_id = row.require("id", an_id)
    procedure_class = row.require("class", an_id)
    columns = row.require("columns", IDS.read)
    start = row.require("start", a_clock)
    end = row.require("end", a_clock)
    hold = row.read("hold", yes_or_no)
    fallbacks = row.read("fallbacks", IDS.read)
    release = row.read("release", RELEASE.read)
    external = row.read("external", an_external)
    if columns is not None:
        context.check_known(row, "columns", "unknown-column", columns, context.chairs)
        if not columns:
            row.fault("bad-list", "columns", "the list is empty", "name the columns of the cell")
    for field, value, sentence in (
        ("cell hold", hold, "no: the cell is not held back"),
        ("cell fallbacks", fallbacks, "its own class only"),
        ("cell release", release, "the ladder of its class in the policy, if there is one"),
    ):
        if value is None:
            row.default(field, sentence)
    if not row.usable:
        return None
    try:
        return Cell(
            id=cell_id or "",
            procedure_class=procedure_class or "",
            columns=columns or (),
            start=start,
            end=end,
            hold=bool(hold),
            fallbacks=fallbacks or (),
            release=release,
            external=external or (),
        )
    except ValidationError:
        row.fault("bad-value", "external", "the row makes no cell", "mend the row")
        return None
