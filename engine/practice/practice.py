"""The practice: rooms, people, hours, procedures and model days."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from engine.practice.base import ClockTime, External, Frozen, Id, Weekday
from engine.practice.model_days import ModelDay
from engine.practice.people import StaffBlock, StaffMember
from engine.practice.procedures import DailyLimit, Procedure
from engine.practice.rooms import Chair


class OpenHours(Frozen):
    """Patient hours [start, end) on a weekday, or on one date.

    The dated hours of a date replace the weekly ones. Exactly one of `weekday`, `date` is given.
    """

    weekday: Weekday | None = None
    date: dt.date | None = None
    start: ClockTime
    end: ClockTime


class Closure(Frozen):
    """A date on which no patient is seen."""

    date: dt.date
    reason: str = ""


class ModelDayDate(Frozen):
    """Which model day a weekday has, or one date (which wins)."""

    model_day: Id
    weekday: Weekday | None = None
    date: dt.date | None = None


class DoctorRuleKind(StrEnum):
    """Exact: never in two places at once. Units: at most so many minutes in each time slot."""

    EXACT = "exact"
    UNITS_PER_SLOT = "units_per_slot"


class DoctorRule(Frozen):
    """How doctor time is counted. In a slot of `slot_minutes`, `units` of `unit_minutes` each."""

    kind: DoctorRuleKind = DoctorRuleKind.EXACT
    slot_minutes: Annotated[int, Field(gt=0, le=60)] = 15
    units: Annotated[int, Field(gt=0)] = 3
    unit_minutes: Annotated[int, Field(gt=0)] = 5


class Practice(Frozen):
    """One office. All clock times are local to `time_zone` (an IANA name)."""

    id: Id
    time_zone: str
    grid_minutes: Annotated[int, Field(ge=1, le=15)] = 5
    start_mark_minutes: Literal[5, 10, 15] = 5
    hours: tuple[OpenHours, ...]
    closures: tuple[Closure, ...] = ()
    no_school_days: tuple[dt.date, ...] = ()
    after_school: ClockTime = dt.time(15, 0)
    chairs: tuple[Chair, ...]
    overflow_classes: tuple[Id, ...] = ()
    staff: tuple[StaffMember, ...]
    staff_blocks: tuple[StaffBlock, ...] = ()
    doctor_rule: DoctorRule = DoctorRule()
    procedures: tuple[Procedure, ...]
    limits: tuple[DailyLimit, ...] = ()
    model_days: tuple[ModelDay, ...] = ()
    model_day_dates: tuple[ModelDayDate, ...] = ()
    external: External = ()
