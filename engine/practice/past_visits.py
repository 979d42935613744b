"""Past visits: what became of visits that once had a time in the book."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from engine.practice.bookings import Confirmation
from engine.practice.procedures import Purpose
from engine.practice.visits import Account, AgeBand


class Outcome(StrEnum):
    """What became of a booked visit."""

    KEPT = "kept"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One past visit, and what was known of it. None: not known.

    `booked_on`: the day on which its time was made. `account`, `age_band`: as they were then.
    `started`: when the treatment began. `confirmation`: what the patient had said by the day of
    the visit. `reminder`: whether a reminder was planned.
    """

    patient: str
    date: dt.date
    outcome: Outcome
    procedure: str | None = None
    purpose: Purpose | None = None
    start: dt.time | None = None
    booked_on: dt.date | None = None
    account: Account | None = None
    age_band: AgeBand | None = None
    started: dt.date | None = None
    confirmation: Confirmation | None = None
    reminder: bool | None = None
