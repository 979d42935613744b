"""The policy: what the practice prefers, with unit and reason for every number."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from engine.practice.base import ClockTime, Frozen, Id
from engine.practice.model_days import ReleaseStep

Share = Annotated[float, Field(gt=0, le=1)]
"""A share of one."""


class EcdChoice(StrEnum):
    """Which completion date the objective uses; both are always reported."""

    ORIGINAL = "original"
    CURRENT = "current"


class WeightOverride(Frozen):
    """A practice's own price for one KPI, with the reason."""

    kpi: str
    value: Annotated[float, Field(ge=0)]
    reason: Annotated[str, Field(min_length=1)]


class ClassRelease(Frozen):
    """The release ladder of every cell of a class that has none of its own."""

    procedure_class: Id
    steps: tuple[ReleaseStep, ...]


class HourEffect(Frozen):
    """A fitted effect on attendance (log-odds) of an hour of the day, capped at plus-minus 0.5."""

    hour: Annotated[int, Field(ge=0, le=23)]
    logit: Annotated[float, Field(ge=-0.5, le=0.5)]


class RiskPolicy(Frozen):
    """No-show and treatment-time coefficients. Time-of-day effects are zero until fitted.

    `base_rate`: the practice's stated share of missed visits. `slip_days_mean`, `slip_days_sd`:
    slip of the finish per later visit, in days (normal). `constant_no_show`: every visit counts
    as missed with the base rate, whoever the patient is.
    """

    base_rate: Annotated[float, Field(gt=0, lt=0.5)] = 0.05
    slip_days_mean: Annotated[float, Field(ge=0, le=60)] = 1.5
    slip_days_sd: Annotated[float, Field(gt=0, le=60)] = 7.0
    hour_effects: tuple[HourEffect, ...] = ()
    constant_no_show: bool = False


class Policy(Frozen):
    """All switches. `together_minutes`: starts of a household at most so far apart.

    `max_moves`: most movable bookings that may move (none given = any). `calls_per_day`: most
    calls the front desk makes in a day. `reseat_bookings`: kept bookings may be given
    another chair at their time; that finds room for a few more visits and means an edit in the
    book for each. `doctor_load_share`: hourly doctor load above it is priced.
    `chain_minutes`: longest run of doctor time without a gap that is not priced.
    """

    weights: tuple[WeightOverride, ...] = ()
    ecd: EcdChoice = EcdChoice.ORIGINAL
    risk: RiskPolicy = RiskPolicy()
    release: tuple[ClassRelease, ...] = ()
    doctor_load_share: Share = 0.85
    chain_minutes: Annotated[int, Field(gt=0, le=480)] = 60
    together_minutes: Annotated[int, Field(ge=0, le=480)] = 60
    max_moves: Annotated[int, Field(ge=0)] | None = None
    reseat_bookings: bool = False
    calls_per_day: Annotated[int, Field(gt=0)] = 40
    calls_from: ClockTime = dt.time(9, 0)
