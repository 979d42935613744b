"""Whether a visit is kept, missed or cancelled: the truth that no policy is told.

It must not be the engine's own model, or the engine would grade its own homework: another link
(complementary log-log instead of logistic), a frailty of each patient that nobody sees, and a rate
that rises over the year and moves with the season. With gamma frailty z of mean one and shape a,

    p = 1 - exp(-z h),   h = base * effects * exp(drift t) * (1 + 0.1 sin(2 pi t)),   t in years.

The posterior of z after m misses in n visits is close to gamma with shape a + m and rate
a + n h, which gives patients with a known past a frailty that fits it. The sizes of the effects are
assumptions; their directions follow

- J. A. Powell, S. J. Lindauer, B. Leypoldt, E. Tufekci, "Predictors of Failed Orthodontic
  Appointments", American Association for Dental Research, 37th Annual Meeting, abstract 0338;
- O. M. Bukhari, K. Sohrabi, M. Tavares, "Factors affecting patients' adherence to orthodontic
  appointments", American Journal of Orthodontics and Dentofacial Orthopedics 149, 2016, 319-324;
- R. C. G. de Oliveira, H. Khalid, Z. Zhang, S. Chakraborty, D. Benzano, J. S. Kruger, S. C.
  McKernan, "Visit Characteristics Associated With Pediatric Dental Appointment No-Shows in an
  Academic Dental Setting", International Journal of Dentistry, 2025, doi 10.1155/ijod/2114933.

Nothing here may reach `engine.risk`.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from engine.practice import Account, AgeBand, Attendance, Purpose
from engine.practice import Outcome as PastOutcome
from engine.simulate.streams import Streams

_PURPOSE = {
    Purpose.START: 0.45,
    Purpose.DEBOND: 0.5,
    Purpose.RETENTION: 1.5,
    Purpose.EXAM: 1.7,
    Purpose.REPAIR: 0.6,
    Purpose.EMERGENCY: 0.3,
}
_AGE = {AgeBand.AGE_12_17: 1.3, AgeBand.AGE_18_30: 1.4}
_ACCOUNT = {Account.OVERDUE: 1.8, Account.COLLECTIONS: 2.2}
_MONTHLY = 0.02
_EDGE_OF_THE_WEEK, _EARLY = 1.08, 1.15
_SEASON = 0.1
_USUAL_LEAD_DAYS = 42


class Outcome(StrEnum):
    """What becomes of a booked visit."""

    KEPT = "kept"
    MISSED = "missed"
    CANCELLED_LATE = "cancelled_late"
    """On the day or the day before: the time is lost."""
    CANCELLED_EARLY = "cancelled_early"
    """In time for the fill of that week, where it was booked before."""
    PUT_OFF = "put_off"
    """By the practice: the visit that must come before it was not kept. Nobody's fault here."""


def recorded(outcome: Outcome) -> PastOutcome | None:
    """As the practice's history has it, which knows no notice; None: nothing of the patient's."""
    return _RECORDED.get(outcome)


_RECORDED = {
    Outcome.KEPT: PastOutcome.KEPT,
    Outcome.MISSED: PastOutcome.MISSED,
    Outcome.CANCELLED_LATE: PastOutcome.CANCELLED,
    Outcome.CANCELLED_EARLY: PastOutcome.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Latent:
    """Three numbers in [0, 1) that belong to one attempt at one visit, in every policy."""

    miss: float
    cancel: float
    notice: float


@dataclass(frozen=True, slots=True)
class Occasion:
    """What may matter for one visit at one time."""

    purpose: Purpose
    age: AgeBand
    account: Account
    months_in_treatment: float
    lead_days: int
    day: dt.date
    minute: int


@dataclass(frozen=True, slots=True)
class Behaviour:
    """The hidden model of one practice year; `base` is the hazard of a middling visit."""

    first_day: dt.date
    base: float
    cancel_rate: float
    cancelled_early: float
    drift_a_year: float

    def hazard(self, occasion: Occasion) -> float:
        """h of the module page."""
        years = (occasion.day - self.first_day).days / 365.25
        season = 1 + _SEASON * math.sin(2 * math.pi * years)
        return self.base * effect_of(occasion) * math.exp(self.drift_a_year * years) * season

    def miss_probability(self, frailty: float, occasion: Occasion) -> float:
        """p of the module page, in (0, 1)."""
        return -math.expm1(-frailty * self.hazard(occasion))

    def outcome(self, frailty: float, occasion: Occasion, latent: Latent) -> Outcome:
        """What becomes of the visit. Unreliable patients cancel more often, too."""
        if latent.miss < self.miss_probability(frailty, occasion):
            return Outcome.MISSED
        if latent.cancel < -math.expm1(-self.cancel_rate * math.sqrt(frailty)):
            early = latent.notice < self.cancelled_early
            return Outcome.CANCELLED_EARLY if early else Outcome.CANCELLED_LATE
        return Outcome.KEPT


def latent_of(streams: Streams, visit: str, attempt: int) -> Latent:
    """The numbers of an attempt at a visit: whoever books it, and whenever."""
    return Latent(*map(float, streams.of("attendance", visit, attempt).random(3)))


def effect_of(occasion: Occasion) -> float:
    """The product of all effects of one occasion, without time and season."""
    effect = _PURPOSE.get(occasion.purpose, 1.0) * _AGE.get(occasion.age, 1.0)
    effect *= _ACCOUNT.get(occasion.account, 1.0)
    effect *= 1 + _MONTHLY * min(36.0, max(0.0, occasion.months_in_treatment))
    effect *= 0.85 + 0.15 * min(1.0, max(0, occasion.lead_days) / _USUAL_LEAD_DAYS)
    if occasion.day.weekday() in (0, 4):
        effect *= _EDGE_OF_THE_WEEK
    return effect * (_EARLY if occasion.minute < 9 * 60 else 1.0)


def base_hazard(effects: Sequence[float], miss_rate: float, cancel_rate: float = 0.0) -> float:
    """The base at which `miss_rate` of all visits missed or kept is missed, by bisection to 1e-9.

    `effects` x: frailty times effect of each visit; where there is none, a middling visit counts.
    A visit is booked until it is kept. With q = exp(-cancel_rate), the share of those not missed
    that is not cancelled, it is missed p / ((1 - p) q) = (exp(base x) - 1) / q times on average
    before that, m of all visits together, and the rate is m / (m + 1).
    """
    known = np.array(effects or (1.0,), dtype=np.float64)

    def mean_rate(base: float) -> float:
        misses = float(np.expm1(base * known).mean()) / math.exp(-cancel_rate)
        return misses / (misses + 1)

    low, high = 0.0, 1.0
    while mean_rate(high) < miss_rate:
        high *= 2
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if mean_rate(middle) < miss_rate else (low, middle)
    return (low + high) / 2


def frailty_of(
    streams: Streams, patient: str, past: Attendance, shape: float, miss_rate: float
) -> float:
    """The hidden frailty of a patient, given the visits that the practice knows of."""
    seen = past.kept + past.missed
    rate = shape + seen * miss_rate
    return float(streams.of("frailty", patient).gamma(shape + past.missed)) / rate
