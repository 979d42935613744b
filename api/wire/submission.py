"""What is submitted: a question, the dates, the limits."""

import datetime as dt
from typing import Annotated, Self

from pydantic import Field, model_validator

from engine.practice import Horizon, Problem
from engine.practice.base import External, Frozen, Id
from engine.schedule import Placement, Schedule

Tag = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]*$")]
"""A word to find runs by; nothing about patients."""

MOST_SECONDS = 3600.0
"""Longest time limit of a run."""


class Dates(Frozen):
    """The dates to fill: `days` calendar days from `start` on."""

    start: dt.date
    days: Annotated[int, Field(ge=1, le=84)] = 7

    @property
    def horizon(self) -> Horizon:
        """The same for the engine."""
        return Horizon(start=self.start, days=self.days)


class Limits(Frozen):
    """When a fill stops: `time_limit` in seconds, or proven within `gap` of the avoidable part."""

    time_limit: Annotated[float, Field(gt=0, le=MOST_SECONDS)] = 60.0
    gap: Annotated[float, Field(ge=0, le=1)] = 0.002
    workers: Annotated[int, Field(ge=1, le=16)] = 2
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    reproducible: bool = False


class Submission(Frozen):
    """The body of `POST /v1/schedules`.

    `schedule`: what to measure, or, for a fill, an earlier schedule of these dates to start from.
    `held`: visits that keep the time of that schedule in a fill, though they are not booked: nobody
    has answered yet. `external` is echoed and never read.
    """

    problem: Problem
    dates: Dates
    limits: Limits = Limits()
    schedule: Schedule | None = None
    held: Annotated[tuple[Id, ...], Field(max_length=20_000)] = ()
    tags: Annotated[tuple[Tag, ...], Field(max_length=10)] = ()
    external: External = ()

    @property
    def held_times(self) -> tuple[Placement, ...]:
        """Where the schedule has those that are held."""
        placed = {} if self.schedule is None else self.schedule.placement_of
        return tuple(placed[visit] for visit in self.held)

    @model_validator(mode="after")
    def _held_have_a_time(self) -> Self:
        if not set(self.held) <= set(() if self.schedule is None else self.schedule.placement_of):
            raise ValueError("a visit that is held has no time in the schedule")
        return self
