"""history.csv: what became of past visits; it fills attendance and remaining visits.

The same rows are what a no-show model is fitted on (`history_csv`).
"""

import datetime as dt

from engine.files.cell_values import a_clock, a_date, a_word, an_id, yes_or_no
from engine.files.rows import Row
from engine.files.tables import Table
from engine.practice import (
    Account,
    AgeBand,
    Confirmation,
    Outcome,
    PastVisit,
    Purpose,
)

OPTIONAL_COLUMNS = {
    "procedure": an_id,
    "purpose": a_word(Purpose),
    "start": a_clock,
    "booked_on": a_date,
    "account": a_word(Account),
    "age_band": a_word(AgeBand),
    "started": a_date,
    "confirmation": a_word(Confirmation),
    "reminder": yes_or_no,
}
"""Columns that may be there, and how a cell is read."""

HISTORY_COLUMNS = ("patient", "date", "outcome", *OPTIONAL_COLUMNS)
HISTORY_REQUIRED = (("patient",), ("date",), ("outcome",))


def read_history(table: Table, today: dt.date) -> tuple[dict[str, list[PastVisit]], list[Row]]:
    """Past visits by patient in the order of the file, and the rows as read."""
    history: dict[str, list[PastVisit]] = {}
    rows: list[Row] = []
    seen: dict[tuple[object, ...], int] = {}
    for text in table.rows:
        row = Row(table.file, text, id_column="")
        rows.append(row)
        visit = _read_visit(row, today)
        if visit is None:
            continue
        key = (visit.patient, visit.date, visit.start, visit.procedure)
        if key in seen:
            cause = f"patient, date, start and procedure are those of row {seen[key]}, which counts"
            row.fault("duplicate-past-visit", "", cause, "remove one of the two rows")
            continue
        seen[key] = row.number
        history.setdefault(visit.patient, []).append(visit)
    return history, rows


def _read_visit(row: Row, today: dt.date) -> PastVisit | None:
    """The visit of a row; None where the row is set aside."""
    patient = row.require("patient", an_id)
    day = row.require("date", a_date)
    outcome = row.require("outcome", a_word(Outcome))
    more = {column: row.read(column, read) for column, read in OPTIONAL_COLUMNS.items()}
    if day is not None and day > today:
        remedy = "mend the date, or the day that counts as today (as_of, or --today)"
        row.fault("date-in-future", "date", f"{day} is after {today}", remedy)
    booked_on = more["booked_on"]
    if day is not None and isinstance(booked_on, dt.date) and booked_on > day:
        cause = f"{booked_on} is after the visit on {day}"
        row.fault("booked-after-visit", "booked_on", cause, "mend one of the two dates")
    if not row.usable or not patient or day is None or outcome is None:
        return None
    return PastVisit(patient, day, outcome, **more)  # type: ignore[arg-type]


def kept_since(past: list[PastVisit], started: dt.date) -> int:
    """Kept visits since treatment began."""
    return sum(visit.outcome is Outcome.KEPT and visit.date >= started for visit in past)
