"""Times for one visit while its patient is on the line: offered, held, committed, filled again."""

import datetime as dt
from typing import Annotated, Self

from pydantic import Field, model_validator

from api.wire.moments import LocalMoment
from api.wire.on_wire import OnWire
from engine.filling.openings.answers import Candidate, Opening
from engine.practice import Booking, Visit
from engine.practice.base import ClockTime, Frozen, Id
from engine.schedule import Hold

RunName = Annotated[str, Field(pattern=r"^run_[0-9a-f]{24}$")]
"""Id of a run that has ended with a schedule: its book is what is asked."""


class _AtAMoment(Frozen):
    """`now`: the moment that is planned for, by the practice's wall clock, without an offset.

    None: the question's `as_of`. No earlier time is offered or held; no hold begins or ends by it.
    """

    run: RunName
    now: LocalMoment | None = None


class _OfAVisit(_AtAMoment):
    """Either `visit_id`, of a visit or booking of the run, or `visit`, of a new caller."""

    visit_id: Id | None = None
    visit: Visit | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.visit is None) == (self.visit_id is None):
            raise ValueError("give visit or visit_id")
        return self


class RecommendRequest(_OfAVisit):
    """Who asks, and how many times are to be offered.

    `protect`: keep exam and start times for callers still to come, by prices for the book as it is.
    """

    protect: bool = False
    count: Annotated[int, Field(ge=1, le=50)] = 6


class Recommended(OnWire):
    """Openings, the best first."""

    openings: tuple[Opening, ...]


class HoldRequest(_OfAVisit):
    """Keep this time for the caller for so many minutes of the service's clock."""

    date: dt.date
    start: ClockTime
    minutes: Annotated[int, Field(ge=1, le=1440)] = 15


class HeldTime(OnWire):
    """A time that is kept for one caller; commit or release it by its id.

    `ends`: when the service gives it back by itself. The hold's `until` says the same counted from
    the moment that was planned for, to be told to the caller; nothing ends by it.
    """

    id: str
    hold: Hold
    ends: dt.datetime


class CommitRequest(Frozen):
    """The caller has said yes. `now`: the day of the booking, as in `HoldRequest`."""

    hold: Annotated[str, Field(pattern=r"^hold_[0-9a-f]{24}$")]
    now: LocalMoment | None = None


class Committed(OnWire):
    """The booking for the practice's own book; openings count it as taken from now on."""

    booking: Booking


class FillHoleRequest(_AtAMoment):
    """A time that has become free: that of `visit_id`, or [start, end) of a date in a chair."""

    visit_id: Id | None = None
    date: dt.date | None = None
    start: ClockTime | None = None
    end: ClockTime | None = None
    chair: Id | None = None
    count: Annotated[int, Field(ge=1, le=200)] = 20

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        place = (self.date, self.start, self.end, self.chair)
        given = sum(part is not None for part in place)
        if given != (0 if self.visit_id is not None else len(place)):
            raise ValueError("give visit_id, or date, start, end and chair")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError("the hole ends before it begins")
        return self


class HoleFillers(OnWire):
    """Who could take the time, the best first; nobody has got it yet."""

    candidates: tuple[Candidate, ...]
