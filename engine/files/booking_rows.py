"""bookings.csv: visits that already have a time.

A booking whose date, start, column, procedure and status can be read stays in the book whatever is
wrong with its other cells, since its chair is taken. Only a row that does not say where and when it
is has to be set aside, and then its time counts as free.
"""

from enum import StrEnum

from pydantic import ValidationError

from engine.files.cell_values import (
    CellFault,
    a_clock,
    a_date,
    an_external,
    an_id,
    shown,
    yes_or_no,
)
from engine.files.import_context import ImportContext
from engine.files.rows import Row
from engine.files.tables import Table
from engine.files.visit_cells import VISIT_COLUMNS, VISIT_HELP_COLUMNS, read_visit
from engine.practice import Booking, Confirmation

NO_CHAIR = "no chair"
"""In the column of a booking that occupies none; not an id, since ids have no blanks."""

BOOKING_COLUMNS = (
    "date",
    "start",
    "column",
    "status",
    "chair_locked",
    "booked_on",
    "booking_external",
)
BOOKING_WRITTEN_COLUMNS = (*VISIT_COLUMNS[:4], *BOOKING_COLUMNS, *VISIT_COLUMNS[4:])
"""Who and what, then when and where, then the rest."""

BOOKING_FILE_COLUMNS = (*BOOKING_WRITTEN_COLUMNS, *VISIT_HELP_COLUMNS)
BOOKING_FILE_REQUIRED = (
    ("patient",),
    ("procedure", "type"),
    ("date",),
    ("start",),
    ("column",),
    ("status",),
)
ESSENTIAL = frozenset(
    {"id", "patient", "procedure", "type", "minutes", "date", "start", "column", "status"}
)


class Movement(StrEnum):
    """Whether a fill may give the booking another time."""

    FROZEN = "frozen"
    MOVABLE = "movable"


Status = tuple[Movement | None, Confirmation | None]


def read_status(text: str) -> Status:
    """One or two words: `frozen` or `movable`, and what the patient has said."""
    movement: Movement | None = None
    confirmation: Confirmation | None = None
    for word in text.lower().split():
        if word in tuple(Movement) and movement is None:
            movement = Movement(word)
        elif word in tuple(Confirmation) and confirmation is None:
            confirmation = Confirmation(word)
        else:
            known = ", ".join((*Movement, *Confirmation))
            raise CellFault(
                "unknown-word",
                f"{shown(word)} is no status of a booking that stands, or is one too many",
                f"write one or two of: {known}; leave kept, missed and cancelled visits out",
            )
    return movement, confirmation


def status_text(booking: Booking) -> str:
    """`frozen confirmed`."""
    return f"{Movement.MOVABLE if booking.movable else Movement.FROZEN} {booking.confirmation}"


def read_bookings(table: Table, context: ImportContext) -> list[tuple[Row, Booking | None]]:
    """Each row with its booking, None where it is set aside."""
    return [
        (row, _read_booking(row, context))
        for row in (Row(table.file, text, "id", ESSENTIAL) for text in table.rows)
    ]


def _read_booking(row: Row, context: ImportContext) -> Booking | None:
    day = row.require("date", a_date)
    start = row.require("start", a_clock)
    chair = row.require("column", _column)
    if chair:
        context.check_known(row, "column", "booking-unknown-chair", [chair], context.chairs)
    movement, confirmation = row.require("status", read_status) or (None, None)
    locked = row.read("chair_locked", yes_or_no)
    booked_on = row.read("booked_on", a_date)
    external = row.read("booking_external", an_external) or ()
    today = context.as_of.date()
    visit = read_visit(row, context, day or today, "the date of the booking")
    for field, value, sentence in (
        ("movable", movement, "frozen"),
        ("confirmation", confirmation, "unconfirmed"),
        ("chair_locked", locked, "no: the time is kept, the chair may change"),
        ("booked_on", booked_on, "six weeks before the visit, or today"),
    ):
        if value is None:
            row.default(field, sentence)
    if visit is None or day is None or start is None:
        return None
    try:
        return Booking(
            visit=visit,
            date=day,
            start=start,
            chair=chair or None,
            movable=movement is Movement.MOVABLE,
            chair_locked=bool(locked),
            confirmation=confirmation or Confirmation.UNCONFIRMED,
            booked_on=booked_on,
            external=external,
        )
    except ValidationError:
        row.fault("bad-value", "external", "the row makes no booking", "mend the row")
        return None


def _column(text: str) -> str:
    return "" if text.lower() == NO_CHAIR else an_id(text)
