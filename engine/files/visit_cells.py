"""The cells that visits.csv and bookings.csv share: one visit, and the defaults of its gaps."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from engine.files.cell_notation import CLEARANCES, FOLLOWS, WINDOWS
from engine.files.cell_values import (
    a_date,
    a_whole_number,
    a_word,
    an_external,
    an_id,
    yes_or_no,
)
from engine.files.import_context import ImportContext
from engine.files.procedure_cells import read_procedure
from engine.files.rows import Row
from engine.files.treatment_cells import (
    TREATMENT_COLUMNS,
    TREATMENT_HELP_COLUMNS,
    read_treatment,
)
from engine.practice import (
    Account,
    AgeBand,
    Attendance,
    ClockWindow,
    Visit,
    VisitList,
    Weekday,
    attendance_of,
)


@dataclass(frozen=True, slots=True)
class OptionalCell:
    """A column whose gap has one fixed default, said in a sentence."""

    column: str
    read: Callable[[str], Any]
    default: Any
    sentence: str


OPTIONAL_CELLS = (
    OptionalCell("listed", a_word(VisitList), VisitList.PENDING, "pending"),
    OptionalCell("earliest", a_date, None, "no earliest date"),
    OptionalCell("latest", a_date, None, "no latest date"),
    OptionalCell("availability", WINDOWS.read, (), "any time; nothing binds"),
    OptionalCell("lab_ready", a_date, None, "no lab item is awaited"),
    OptionalCell("clearances", CLEARANCES.read, (), "no clearance is open"),
    OptionalCell("household", an_id, None, "comes alone"),
    OptionalCell("follows", FOLLOWS.read, (), "follows no other visit"),
    OptionalCell("required_doctor", an_id, None, "any doctor"),
    OptionalCell("preferred_doctor", an_id, None, "no doctor preferred"),
    OptionalCell("preferred_assistant", an_id, None, "no assistant preferred"),
    OptionalCell("account", a_word(Account), Account.NEUTRAL, "neutral"),
    OptionalCell("age_band", a_word(AgeBand), None, "unknown; no effect on attendance"),
    OptionalCell("requested_on", a_date, None, "unknown; access days are not counted"),
)

_OUTCOMES = ("kept", "missed", "cancelled")

VISIT_COLUMNS = (
    "id",
    "patient",
    "procedure",
    "minutes",
    "due",
    "wishes",
    *(cell.column for cell in OPTIONAL_CELLS),
    *TREATMENT_COLUMNS,
    *_OUTCOMES,
    "last_missed",
    "external",
)
"""Written and read."""

VISIT_HELP_COLUMNS = ("type", *TREATMENT_HELP_COLUMNS)
"""Only read: they help where the columns above have gaps."""

_SCHOOL_AGE = (AgeBand.UNDER_12, AgeBand.AGE_12_17)
_SCHOOL_DAYS = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)


def read_visit(row: Row, context: ImportContext, due: dt.date, due_sentence: str) -> Visit | None:
    """The visit of a row, None where it is set aside. Faults and defaults stay in the row."""
    values: dict[str, Any] = {"id": _read_id(row, context)}
    values["patient"] = patient = row.require("patient", an_id)
    values["procedure"], values["minutes"] = read_procedure(row, context)
    for cell in OPTIONAL_CELLS:
        value = row.read(cell.column, cell.read)
        if value is None:
            row.default(cell.column, cell.sentence)
            value = cell.default
        values[cell.column] = value
    values["required_doctor"] = _check_doctor(row, context, values["required_doctor"])
    values["due"] = row.read("due", a_date)
    if values["due"] is None:
        row.default("due", due_sentence)
        values["due"] = due
    values["wishes"] = _read_wishes(row, context, values["age_band"], values["procedure"])
    counts = {column: row.read(column, a_whole_number(0, 10_000)) for column in _OUTCOMES}
    last_missed = row.read("last_missed", yes_or_no)
    values["attendance"] = _attendance(row, context, patient, counts, last_missed)
    values["treatment"] = read_treatment(row, context, patient, counts["kept"])
    values["external"] = row.read("external", an_external) or ()
    if not row.usable:
        return None
    try:
        return Visit(**values)
    except ValidationError as error:
        for fault in error.errors(include_input=False, include_url=False):
            column = str(fault["loc"][0]) if fault["loc"] else "id"
            row.fault("bad-value", column, fault["msg"], "mend the cell")
        return None


def _read_id(row: Row, context: ImportContext) -> str | None:
    given = row.read("id", an_id)
    if given is None and row.is_empty("id"):
        given = f"{row.file.removesuffix('.csv')}-row-{row.number}"
        while given in context.given_ids:
            given += "-b"
        row.id, row.id_is_made = given, True
        row.default("id", "made from the file and row number")
    return given


def _check_doctor(row: Row, context: ImportContext, doctor: str | None) -> str | None:
    # A booking with an unknown doctor keeps its place without that cell: its chair is taken.
    known = context.doctors
    if doctor is None or context.practice is None or doctor in known:
        return doctor
    context.check_known(row, "required_doctor", "required-doctor-unknown", [doctor], known)
    return None


def _read_wishes(
    row: Row, context: ImportContext, age: AgeBand | None, code: str | None
) -> tuple[ClockWindow, ...]:
    wishes = row.read("wishes", WINDOWS.read)
    if wishes is not None:
        return wishes
    if age not in _SCHOOL_AGE or context.practice is None:
        row.default("wishes", "none known")
        return ()
    after, late = context.practice.after_school, dt.time(23, 59)
    procedure = context.procedures.get(code or "")
    times = procedure.allowed_times if procedure else ()
    if after >= late or (times and all(allowed.end <= after for allowed in times)):
        row.default("wishes", "school age, but the procedure is not given after school: none")
        return ()
    row.default("wishes", f"school age: after school, {after:%H:%M}, if possible (not binding)")
    return (ClockWindow(weekdays=_SCHOOL_DAYS, start=after, end=late),)


def _attendance(
    row: Row,
    context: ImportContext,
    patient: str | None,
    counts: dict[str, int | None],
    last_missed: bool | None,
) -> Attendance:
    if any(count is not None for count in counts.values()):
        for column, count in counts.items():
            if count is None:
                row.default(column, "0, since the row gives another count")
        if last_missed is None:
            row.default("last_missed", "unknown; no effect of its own")
        given = {column: count or 0 for column, count in counts.items()}
        return Attendance(**given, last_missed=last_missed)
    past = context.history.get(patient or "", [])
    if past:
        row.default("attendance", "counted in history.csv, two years up to as_of")
        return attendance_of(past, context.as_of.date())
    row.default("attendance", "no history: the practice's stated rate of missed visits")
    return Attendance()
