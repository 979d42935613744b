"""A practice's own no-show model: coefficients by name, readable by people, scored without a fit.

The features are a closed list. Payer, language, sex, address, race and the like are not on it, so
that no model file can bring them in.
"""

import datetime as dt
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from engine.practice.base import Frozen

Share = Annotated[float, Field(ge=0, le=1)]
LogOdds = Annotated[float, Field(ge=-30, le=30)]
Count = Annotated[int, Field(ge=0)]


class NoShowFeature(StrEnum):
    """All that a no-show model may look at; values are worked out in `engine.risk.features`."""

    MISSED_BEFORE = "missed_before"
    MISSED_OFTEN = "missed_often"
    FRAILTY = "frailty"
    LAST_MISSED = "last_missed"
    ACCOUNT_OVERDUE = "account_overdue"
    ACCOUNT_COLLECTIONS = "account_collections"
    PURPOSE_EXAM = "purpose_exam"
    PURPOSE_RECORDS = "purpose_records"
    PURPOSE_CONFERENCE = "purpose_conference"
    PURPOSE_START = "purpose_start"
    PURPOSE_REPAIR = "purpose_repair"
    PURPOSE_EMERGENCY = "purpose_emergency"
    PURPOSE_DEBOND = "purpose_debond"
    PURPOSE_RETENTION = "purpose_retention"
    PURPOSE_OBSERVATION = "purpose_observation"
    AGE_UNDER_12 = "age_under_12"
    AGE_12_17 = "age_12_17"
    AGE_18_30 = "age_18_30"
    MONTHS_1 = "months_1"
    MONTHS_2 = "months_2"
    REMINDER_PLANNED = "reminder_planned"
    LEAD_1 = "lead_1"
    LEAD_2 = "lead_2"
    LEAD_3 = "lead_3"
    WEEKDAY_MON = "weekday_mon"
    WEEKDAY_TUE = "weekday_tue"
    WEEKDAY_WED = "weekday_wed"
    WEEKDAY_THU = "weekday_thu"
    WEEKDAY_FRI = "weekday_fri"
    WEEKDAY_SAT = "weekday_sat"
    WEEKDAY_SUN = "weekday_sun"
    CLOCK_1 = "clock_1"
    CLOCK_2 = "clock_2"
    SAID_REMINDED = "said_reminded"
    SAID_CONFIRMED = "said_confirmed"


class SplineOf(StrEnum):
    """What is bent by a spline, and in which unit its knots are."""

    LEAD_DAYS = "lead_days"
    MONTHS_IN_TREATMENT = "months_in_treatment"
    CLOCK_HOUR = "clock_hour"


KNOTS_OF: dict[SplineOf, int] = {
    SplineOf.LEAD_DAYS: 4,
    SplineOf.MONTHS_IN_TREATMENT: 3,
    SplineOf.CLOCK_HOUR: 3,
}
"""How many knots each spline has: two more than the features of its bends."""


class Effect(Frozen):
    """One coefficient: `logit` of the model, beside what the prior says; `error`: standard error.

    `centre` is taken off the feature's value first, so that a feature that is not known counts as
    the usual one. `mean` and `spread` (standard deviation) of the feature in the rows of the fit
    tell later whether patients have changed.
    """

    feature: NoShowFeature
    logit: LogOdds
    prior: LogOdds
    error: Annotated[float, Field(ge=0, le=30)] = 0.0
    centre: Annotated[float, Field(ge=-10, le=10)] = 0.0
    mean: float = 0.0
    spread: Annotated[float, Field(ge=0)] = 0.0


class SplineKnots(Frozen):
    """Knots of a restricted cubic spline, in days, months or hours of the day."""

    of: SplineOf
    knots: tuple[Annotated[float, Field(ge=0)], ...]

    @model_validator(mode="after")
    def _rising(self) -> "SplineKnots":
        if len(self.knots) != KNOTS_OF[self.of]:
            raise ValueError(f"{self.of} has {len(self.knots)} knots, not {KNOTS_OF[self.of]}")
        if list(self.knots) != sorted(set(self.knots)):
            raise ValueError(f"the knots of {self.of} do not rise")
        return self


class Calibration(Frozen):
    """Last step: log-odds of a miss = intercept + slope x log-odds that the coefficients give."""

    slope: Annotated[float, Field(gt=0, le=5)] = 1.0
    intercept: Annotated[float, Field(ge=-5, le=5)] = 0.0


class ConfirmationShares(Frozen):
    """How far past visits had been confirmed on their day; the three shares add up to 1."""

    unconfirmed: Share
    reminded: Share
    confirmed: Share

    @model_validator(mode="after")
    def _whole(self) -> "ConfirmationShares":
        if abs(self.unconfirmed + self.reminded + self.confirmed - 1) > 1e-6:
            raise ValueError("the three shares do not add up to 1")
        return self


class Interval(Frozen):
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


def _of_counts(ratio: Interval) -> Interval:
    if min(ratio.value, ratio.low, ratio.high) < 0:
        raise ValueError("a ratio of counts is not below 0")
    return ratio


Ratio = Annotated[Interval, AfterValidator(_of_counts)]
"""Observed over expected misses, or a share."""


def _not_more(misses: int, rows: int) -> None:
    if misses > rows:
        raise ValueError(f"{misses} misses are more than {rows} visits")


class ReliabilityBin(Frozen):
    """Visits of about the same risk: what was expected of them, and what came."""

    visits: Count
    expected: Share
    observed: Ratio


class GroupRatio(Frozen):
    """Observed over expected misses of one group of visits."""

    group: str
    visits: Count
    observed: Count
    expected: Annotated[float, Field(ge=0)]
    ratio: Ratio


class HeldOut(Frozen):
    """How a model did on visits, and patients, that it had not seen.

    `brier_base`: Brier score of the constant base rate; `skill` = 1 - brier / brier_base. `ece`:
    expected calibration error; `ece_by_chance`: what a model without any error shows on average on
    so few visits. `auc`: chance that a missed visit had the higher risk of a missed and a kept one.
    """

    rows: Count
    patients: Count
    misses: Count
    first: dt.date
    last: dt.date
    base_rate: Share
    brier: Share
    brier_base: Share
    skill: Interval
    ece: Share
    ece_by_chance: Share
    auc: Share | None
    ratio: Ratio
    bins: Annotated[tuple[ReliabilityBin, ...], Field(min_length=1)]
    by_procedure: tuple[GroupRatio, ...]

    @model_validator(mode="after")
    def _counted(self) -> "HeldOut":
        _not_more(self.misses, self.rows)
        return self


class NoShowModel(Frozen):
    """Log-odds of a miss: intercept plus coefficient x feature, then the calibration.

    `base_rate`: the share of missed visits that a patient's own record is held against; the stated
    one, or that of the history shrunk to it.
    `first`, `last`: dates of the visits of the fit. `held_out` was measured on a part that an
    earlier fit had not seen; the coefficients are those of a last fit on all rows.
    """

    version: Literal[1] = 1
    base_rate: Annotated[float, Field(gt=0, lt=0.5)] = 0.05
    intercept: LogOdds = 0.0
    effects: tuple[Effect, ...] = ()
    splines: tuple[SplineKnots, ...] = ()
    calibration: Calibration = Calibration()
    confirmation: ConfirmationShares | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    rows: Count = 0
    patients: Count = 0
    misses: Count = 0
    held_out: HeldOut | None = None
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _once_each(self) -> "NoShowModel":
        features = [effect.feature for effect in self.effects]
        splines = [spline.of for spline in self.splines]
        if len(set(features)) < len(features) or len(set(splines)) < len(splines):
            raise ValueError("a feature or spline is there twice")
        _not_more(self.misses, self.rows)
        return self

    @cached_property
    def effect_of(self) -> dict[NoShowFeature, Effect]:
        """Effects by feature."""
        return {effect.feature: effect for effect in self.effects}

    @cached_property
    def knots_of(self) -> dict[SplineOf, tuple[float, ...]]:
        """Knots by what they bend."""
        return {spline.of: spline.knots for spline in self.splines}
