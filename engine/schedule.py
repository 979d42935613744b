"""The answer: who is where when. Facts only, no score."""

import datetime as dt
from functools import cached_property
from typing import Annotated

from pydantic import Field, field_validator

from engine.practice.base import ClockTime, External, Frozen, Id
from engine.practice.problem import Horizon
from engine.practice.visits import Visit


class PlacedSegment(Frozen):
    """A piece of a placed visit, [start, end) on its date, without turnover.

    `stage` is the index of the procedure's stage. `doctor` is set exactly in doctor time.
    `chair`, `staff` None: not needed, or a kept booking goes without (an inherited clash).
    """

    stage: Annotated[int, Field(ge=0)]
    start: ClockTime
    end: ClockTime
    chair: Id | None = None
    doctor: Id | None = None
    staff: Id | None = None
    doctor_time: bool = False


class Placement(Frozen):
    """A visit or booking with its time: consecutive segments, stage by stage."""

    visit: Id
    date: dt.date
    segments: Annotated[tuple[PlacedSegment, ...], Field(min_length=1)]
    external: External = ()

    @property
    def start(self) -> dt.time:
        """When the patient is seated."""
        return self.segments[0].start

    @property
    def end(self) -> dt.time:
        """When the patient leaves the last chair."""
        return self.segments[-1].end


class Unplaced(Frozen):
    """A visit without a time: a reason code, and a sentence with the numbers once explained."""

    visit: Id
    reason: str
    sentence: str = ""


class Hold(Frozen):
    """A time that is kept for one caller, and for nobody else, until a moment of the practice's
    wall clock."""

    visit: Visit
    placement: Placement
    until: dt.datetime

    @field_validator("until")
    @classmethod
    def _local_clock(cls, value: dt.datetime) -> dt.datetime:
        if value.tzinfo is not None:
            raise ValueError("a hold ends at local clock time of the practice, without an offset")
        return value

    def is_open(self, now: dt.datetime) -> bool:
        """True while the time is kept."""
        return now < self.until


class InheritedClash(Frozen):
    """A rule that the book broke before anything was placed; kept and never worsened."""

    rule: str
    visits: tuple[Id, ...]
    date: dt.date
    sentence: str


class Schedule(Frozen):
    """The dates from `start` on for `days` days, with every booking of those dates in it."""

    start: dt.date
    days: Annotated[int, Field(ge=1, le=400)]
    placements: tuple[Placement, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    displaced: tuple[Id, ...] = ()
    inherited: tuple[InheritedClash, ...] = ()
    external: External = ()

    @property
    def horizon(self) -> Horizon:
        """The dates that the schedule covers."""
        return Horizon(start=self.start, days=self.days)

    @cached_property
    def placement_of(self) -> dict[str, Placement]:
        """Placements by visit id."""
        return {placement.visit: placement for placement in self.placements}
