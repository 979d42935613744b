"""What is to be placed in the staff's calendar: meetings, training, vacations."""

import datetime as dt
from typing import Annotated, Self

from pydantic import Field, model_validator

from engine.practice.base import Frozen, Id, Weekday
from engine.practice.people import BlockKind


class StaffRequest(Frozen):
    """Time away that has no date yet: of `staff` (none = everyone), all of them at once.

    Exactly one of `minutes` (inside a day) and `days` (whole working days of theirs, one after
    the other) is given. Between `earliest` and `latest`, on `weekdays` if any are named.
    """

    id: Id
    kind: BlockKind = BlockKind.MEETING
    staff: tuple[Id, ...] = ()
    minutes: Annotated[int, Field(gt=0, le=600)] | None = None
    days: Annotated[int, Field(gt=0, le=25)] | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    weekdays: tuple[Weekday, ...] = ()

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if (self.minutes is None) == (self.days is None):
            raise ValueError("give minutes or days, exactly one of them")
        return self


class StaffRequests(Frozen):
    """A list of requests, as a file holds it."""

    requests: tuple[StaffRequest, ...] = ()
