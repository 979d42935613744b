"""Writing a practice folder: practice.toml, cells.csv, visits.csv, bookings.csv, model, prices."""

from pathlib import Path
from typing import Any

from engine.files.atomic import write_texts
from engine.files.booking_rows import BOOKING_WRITTEN_COLUMNS, NO_CHAIR, status_text
from engine.files.cell_notation import CLEARANCES, FOLLOWS, IDS, RELEASE, WINDOWS
from engine.files.cell_rows import CELL_COLUMNS
from engine.files.csv_text import csv_text
from engine.files.practice_toml import external_text, practice_toml
from engine.files.problem_json import model_text
from engine.files.treatment_cells import TREATMENT_COLUMNS
from engine.files.unwritable import unwritable_ids
from engine.files.visit_cells import VISIT_COLUMNS
from engine.practice import Attendance, Booking, Cell, Problem, Visit
from engine.problems import PracticeProblemsError

MODEL_FILE = "no_show_model.json"
"""The practice's own no-show model, in the folder."""
SLOTS_FILE = "slot_prices.json"
"""What lost minutes are worth by weekday and hour, in the folder or beside a schedule."""


def write_folder(problem: Problem, path: str | Path) -> None:
    """Write the whole folder, or nothing. Reading it gives an equal problem.

    Every value is written out, so nothing is left to the defaults of a later reader. A history.csv
    that lies in the folder is neither read nor touched; a no-show model or slot prices that the
    problem does not have are removed. PracticeProblemsError where an id cannot stand in a CSV cell,
    because a spreadsheet would run it as a formula.
    """
    folder = Path(path)
    problems = unwritable_ids(problem)
    if problems:
        raise PracticeProblemsError(problems)
    own = {MODEL_FILE: problem.no_show_model, SLOTS_FILE: problem.slot_prices}
    write_texts(
        {
            folder / "practice.toml": practice_toml(problem),
            folder / "cells.csv": csv_text(CELL_COLUMNS, _cell_rows(problem)),
            folder / "visits.csv": csv_text(VISIT_COLUMNS, map(visit_cells, problem.visits)),
            folder / "bookings.csv": csv_text(
                BOOKING_WRITTEN_COLUMNS, map(booking_cells, problem.bookings)
            ),
            **{folder / name: model_text(one) for name, one in own.items() if one is not None},
        }
    )
    for name in (name for name, one in own.items() if one is None):
        (folder / name).unlink(missing_ok=True)


def visit_cells(visit: Visit) -> dict[str, Any]:
    """The cells of a visit by column."""
    cells = {column: getattr(visit, column, None) for column in VISIT_COLUMNS}
    cells["availability"] = WINDOWS.write(visit.availability)
    cells["wishes"] = WINDOWS.write(visit.wishes)
    cells["clearances"] = CLEARANCES.write(visit.clearances) if visit.clearances else ""
    cells["follows"] = FOLLOWS.write(visit.follows) if visit.follows else ""
    if visit.treatment is not None:
        cells.update((key, getattr(visit.treatment, key)) for key in TREATMENT_COLUMNS)
    cells.update((key, getattr(visit.attendance, key)) for key in Attendance.model_fields)
    cells["external"] = external_text(visit.external) if visit.external else ""
    return cells


def booking_cells(booking: Booking) -> dict[str, Any]:
    """The cells of a booking by column."""
    return visit_cells(booking.visit) | {
        "date": booking.date,
        "start": f"{booking.start:%H:%M}",
        "column": NO_CHAIR if booking.chair is None else booking.chair,
        "status": status_text(booking),
        "chair_locked": booking.chair_locked,
        "booked_on": booking.booked_on,
        "booking_external": external_text(booking.external) if booking.external else "",
    }


def _cell_rows(problem: Problem) -> list[dict[str, Any]]:
    return [
        _cell(model_day.id, cell)
        for model_day in problem.practice.model_days
        for cell in model_day.cells
    ]


def _cell(model_day: str, cell: Cell) -> dict[str, Any]:
    return {
        "model_day": model_day,
        "id": cell.id,
        "class": cell.procedure_class,
        "columns": IDS.write(cell.columns),
        "start": f"{cell.start:%H:%M}",
        "end": f"{cell.end:%H:%M}",
        "hold": cell.hold,
        "fallbacks": IDS.write(cell.fallbacks) if cell.fallbacks else "",
        "release": "" if cell.release is None else RELEASE.write(cell.release),
        "external": external_text(cell.external) if cell.external else "",
    }
