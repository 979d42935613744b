"""What a chair or doctor minute is worth by weekday and clock hour, against an average one."""

import datetime as dt
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from engine.practice.base import WEEKDAYS, Frozen, Weekday

AVERAGE_PERCENT = 100
"""Of an average minute, and of every minute whose slot has no price."""

LEAST_PERCENT, MOST_PERCENT = 25, 400

Percent = Annotated[int, Field(ge=LEAST_PERCENT, le=MOST_PERCENT)]
"""Whole per cent, so that worth is exact. A quarter to four times an average minute."""


class SlotPrice(Frozen):
    """One clock hour of one weekday: per cent of an average chair or doctor minute."""

    weekday: Weekday
    hour: Annotated[int, Field(ge=0, le=23)]
    chair_percent: Percent
    doctor_percent: Percent


class SlotPrices(Frozen):
    """Frozen prices of the slots of a week; on average 100 per cent.

    `start`, `days`: the dates of the relaxation that they were taken from (none: made by hand).
    `drawn_in_percent`: how much of the differences between slots was left, so that tiers hold.
    """

    version: Literal[1] = 1
    start: dt.date | None = None
    days: Annotated[int, Field(ge=1)] | None = None
    drawn_in_percent: Annotated[int, Field(ge=0, le=100)] = 100
    slots: tuple[SlotPrice, ...] = ()

    @model_validator(mode="after")
    def _once_each(self) -> "SlotPrices":
        if len({(slot.weekday, slot.hour) for slot in self.slots}) < len(self.slots):
            raise ValueError("a weekday and hour is there twice")
        return self

    @cached_property
    def percent_of(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Per cent of chair and doctor minutes, by `date.weekday()` and clock hour."""
        return {
            (WEEKDAYS.index(slot.weekday), slot.hour): (slot.chair_percent, slot.doctor_percent)
            for slot in self.slots
        }
