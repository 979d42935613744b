"""history.csv: what became of past visits; it fills attendance and remaining visits."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from engine.files.case_types import months_later
from engine.files.cell_values import a_date, a_word, an_id
from engine.files.rows import Row
from engine.files.tables import Table
from engine.practice import Attendance

HISTORY_COLUMNS = ("patient", "date", "procedure", "outcome")
HISTORY_REQUIRED = (("patient",), ("date",), ("outcome",))


class Outcome(StrEnum):
    """What became of a booked visit."""

    KEPT = "kept"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One past visit of a patient."""

    date: dt.date
    outcome: Outcome


def read_history(table: Table, today: dt.date) -> tuple[dict[str, list[PastVisit]], list[Row]]:
    """Past visits by patient, and the rows as read."""
    history: dict[str, list[PastVisit]] = {}
    rows: list[Row] = []
    for text in table.rows:
        row = Row(table.file, text, id_column="")
        rows.append(row)
        patient = row.require("patient", an_id)
        day = row.require("date", a_date)
        outcome = row.require("outcome", a_word(Outcome))
        row.read("procedure", an_id)
        if day is not None and day > today:
            row.fault("date-in-future", "date", f"{day} is after {today}", "mend the date")
        if row.usable and patient and day and outcome:
            history.setdefault(patient, []).append(PastVisit(day, outcome))
    return history, rows


def attendance_of(past: list[PastVisit], today: dt.date) -> Attendance:
    """Outcomes of the two years up to today."""
    since = months_later(today, -24)
    recent = [visit.outcome for visit in past if since < visit.date <= today]
    return Attendance(
        kept=recent.count(Outcome.KEPT),
        missed=recent.count(Outcome.MISSED),
        cancelled=recent.count(Outcome.CANCELLED),
    )


def kept_since(past: list[PastVisit], started: dt.date) -> int:
    """Kept visits since treatment began."""
    return sum(visit.outcome is Outcome.KEPT and visit.date >= started for visit in past)
