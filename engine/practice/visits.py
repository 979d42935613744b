"""Visits: one patient's need for one procedure."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from engine.practice.base import ClockWindow, External, Frozen, Id
from engine.practice.procedures import Minutes


class VisitList(StrEnum):
    """The list a visit comes from."""

    PENDING = "pending"
    UNSCHEDULED = "unscheduled"
    ASAP = "asap"
    WILL_CALL = "will_call"
    RECALL = "recall"
    OBSERVATION = "observation"


class ClearanceKind(StrEnum):
    """What has to be settled before a visit."""

    FINANCIAL = "financial"
    CONSENT = "consent"
    REFERRAL = "referral"


class Clearance(Frozen):
    """Not yet granted unless `granted`; `expected` is the first date on which it will be."""

    kind: ClearanceKind
    granted: bool = False
    expected: dt.date | None = None


class Follows(Frozen):
    """This visit comes after another visit of the same patient (pending or booked).

    At least `min_days` calendar days and `min_working_days` open days later; on the same day, at
    least `min_minutes` after the other one ends. At most `max_days` later (0 = same day).
    """

    visit: Id
    min_days: Annotated[int, Field(ge=0)] = 0
    min_working_days: Annotated[int, Field(ge=0)] = 0
    min_minutes: Annotated[int, Field(ge=0)] = 0
    max_days: Annotated[int, Field(ge=0)] | None = None


class Treatment(Frozen):
    """The active treatment that the visit belongs to.

    `remaining_visits` counts this one. `original_ecd` is the completion date first promised;
    practices extend `current_ecd`, so both are kept.
    """

    started: dt.date
    original_ecd: dt.date
    current_ecd: dt.date
    remaining_visits: Annotated[int, Field(ge=1, le=60)]
    interval_days: Annotated[int, Field(ge=7, le=200)] = 42


class Attendance(Frozen):
    """Visits of the last two years by outcome. `last_missed`: of the last one; None: unknown."""

    kept: Annotated[int, Field(ge=0)] = 0
    missed: Annotated[int, Field(ge=0)] = 0
    cancelled: Annotated[int, Field(ge=0)] = 0
    last_missed: bool | None = None


class Account(StrEnum):
    """Standing of the account; neutral where unknown."""

    NEUTRAL = "neutral"
    OVERDUE = "overdue"
    COLLECTIONS = "collections"


class AgeBand(StrEnum):
    """Age as far as it is known to matter for attendance."""

    UNDER_12 = "under_12"
    AGE_12_17 = "12_17"
    AGE_18_30 = "18_30"
    OVER_30 = "over_30"


class Visit(Frozen):
    """A visit to place. `availability` binds (none given = any time); `wishes` are soft.

    `due`: when it is clinically due; days after it count as overdue. `earliest`, `latest` bind.
    `minutes`: own length; the procedure's pattern is scaled to it. `lab_ready`: the item is in the
    house on that date, so the visit is possible from the day after. `requested_on`: the day the
    patient asked (new patients) or the visit was put on its list.
    """

    id: Id
    patient: Id
    procedure: Id
    minutes: Minutes | None = None
    listed: VisitList = VisitList.PENDING
    due: dt.date
    earliest: dt.date | None = None
    latest: dt.date | None = None
    availability: tuple[ClockWindow, ...] = ()
    wishes: tuple[ClockWindow, ...] = ()
    lab_ready: dt.date | None = None
    clearances: tuple[Clearance, ...] = ()
    household: Id | None = None
    follows: tuple[Follows, ...] = ()
    required_doctor: Id | None = None
    preferred_doctor: Id | None = None
    preferred_assistant: Id | None = None
    treatment: Treatment | None = None
    attendance: Attendance = Attendance()
    account: Account = Account.NEUTRAL
    age_band: AgeBand | None = None
    requested_on: dt.date | None = None
    external: External = ()

    def is_same(self, other: "Visit") -> bool:
        """True for the same visit, though its patient may come, or wish to, at other times."""
        if self is other or self == other:
            return True
        times = ("availability", "wishes", "earliest", "latest")
        return self.model_copy(update={name: getattr(other, name) for name in times}) == other
