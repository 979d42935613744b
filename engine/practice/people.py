"""Staff: roles, skills, shifts, and everything that takes a person away from patients."""

import datetime as dt
from enum import StrEnum

from engine.practice.base import ClockTime, External, Frozen, Id, Weekday


class Role(StrEnum):
    """Who a person is in the schedule."""

    DOCTOR = "doctor"
    ASSISTANT = "assistant"
    TREATMENT_COORDINATOR = "treatment_coordinator"
    RECORDS_TECHNICIAN = "records_technician"


class Shift(Frozen):
    """Working time [start, end) on a weekday, or on one date.

    The dated shifts of a date replace the weekly ones. Exactly one of `weekday`, `date` is given.
    """

    weekday: Weekday | None = None
    date: dt.date | None = None
    start: ClockTime
    end: ClockTime


class StaffMember(Frozen):
    """One person by id. `skills` are the codes that stages ask for."""

    id: Id
    role: Role
    skills: tuple[Id, ...] = ()
    shifts: tuple[Shift, ...] = ()
    external: External = ()


class BlockKind(StrEnum):
    """Why people are away from patients."""

    LUNCH = "lunch"
    HUDDLE = "huddle"
    MEETING = "meeting"
    TRAINING = "training"
    VACATION = "vacation"
    ADMIN = "admin"


class StaffBlock(Frozen):
    """Time away of `staff` (none = everyone) on `weekdays` or on `dates`; no times = all day."""

    kind: BlockKind
    staff: tuple[Id, ...] = ()
    weekdays: tuple[Weekday, ...] = ()
    dates: tuple[dt.date, ...] = ()
    start: ClockTime | None = None
    end: ClockTime | None = None
