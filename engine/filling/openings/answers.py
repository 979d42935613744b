"""What a caller is offered."""

import datetime as dt
from enum import StrEnum

from engine.practice import VisitList
from engine.practice.base import ClockTime, Frozen, Id

NOON = 12 * 60
"""Minute of the day at which the afternoon begins."""


class HalfDay(StrEnum):
    """When a visit begins: before noon, or from noon on."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


class Opening(Frozen):
    """A time that one visit could have, [start, end) without turnover.

    `chairs`: where its first stage with a chair could be, the best first; empty where it needs
    none. `millipoints`: what the time costs, prices included (the less the better);
    `own_millipoints`: of these the visit's own figures, wishes and use of other classes' cells.
    """

    visit: Id
    date: dt.date
    start: ClockTime
    end: ClockTime
    half_day: HalfDay
    chairs: tuple[Id, ...] = ()
    millipoints: int
    own_millipoints: int


class Candidate(Frozen):
    """A patient who could take a time that has become free, from `start` on.

    `now_booked`: the later time that the visit has (None: it has none). `chance_to_show`: there.
    `weeks_past_ecd`: whole weeks past the completion date that the policy counts by.
    """

    visit: Id
    patient: Id
    procedure: Id
    listed: VisitList
    start: ClockTime
    end: ClockTime
    doctor_minutes: int
    weeks_past_ecd: int
    chance_to_show: float
    now_booked: dt.datetime | None = None
