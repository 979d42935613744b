"""What a no-show model looks at, as numbers, and what the literature says of each number.

Each effect is a log-odds ratio of missing. Sources:

- prior misses, account: J. A. Powell, S. J. Lindauer, B. Leypoldt, E. Tufekci, 'Predictors of
  Failed Orthodontic Appointments', American Association for Dental Research, 37th Annual Meeting,
  abstract 0338 (538 visits of one clinic);
- prior misses, lead time: A. Shour, A. A. Onitilo, 'Distance Matters: Investigating No-Shows in a
  Large Rural Provider Network', Clinical Medicine & Research 21(4), 2023, pages 177-191 (263,464
  visits, medical ones);
- procedure: 'Impact of demographics and appointment ...' (rest of the title and authors not
  verified), Australasian Orthodontic Journal, 2023, doi 10.2478/aoj-2023-0035;
- age: R. C. G. de Oliveira, H. Khalid, Z. Zhang, S. Chakraborty, D. Benzano, J. S. Kruger, S. C.
  McKernan, 'Visit Characteristics Associated With Pediatric Dental Appointment No-Shows in an
  Academic Dental Setting', International Journal of Dentistry, 2025, doi 10.1155/ijod/2114933;
- months in treatment: O. M. Bukhari, K. Sohrabi, M. Tavares, 'Factors affecting patients' adherence
  to orthodontic appointments', American Journal of Orthodontics and Dentofacial Orthopedics 149,
  2016, pages 319-324;
- reminder: I. Gurol-Urganci, T. de Jongh, V. Vodopivec-Jamsek, R. Atun, J. Car, 'Mobile phone
  messaging reminders for attendance at healthcare appointments', Cochrane Database of Systematic
  Reviews, 2013, CD007458.

Confirmation: an assumption. Effects come from different countries, so that adding them on the logit
scale is an assumption too. Weekday and time of day start at zero: patients choose their own times.
"""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.practice import (
    WEEKDAYS,
    Account,
    AgeBand,
    Confirmation,
    NoShowFeature,
    Purpose,
    SplineOf,
)

Values = dict[NoShowFeature, float]
"""What is known, by feature; those of a patient's record are left out where they are zero."""

F = NoShowFeature
USUAL_LEAD_DAYS = 42
MOST_MONTHS = 36
"""Beyond three years treatment no longer adds to the risk."""
TIME_CAP = 0.5
"""Most that the weekday, or all that is known of the time of day, may add to the log-odds of a
miss, or take off, in the end: after the calibration."""
FRAILTY_WEIGHT = 1 / (math.e - 1)
"""Expected misses that the prior of a patient's frailty is worth: 1 / variance of a log-normal
frailty with mean 1 and sigma 1. One miss more than none is then worth exactly 1 in log-odds, as in
the literature (odds ratios of 2 to 4.4), and two are worth 1.5. A record of any length is on
average no news: whoever has none stands between those who kept all visits and those who did not.
The steps `missed_before` and `missed_often` are only believed of a practice's own history."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of an effect before any history: its mean, and the standard deviation."""

    mean: float
    spread: float


PRIORS: dict[NoShowFeature, Prior] = {
    F.MISSED_BEFORE: Prior(0.0, 0.5),
    F.MISSED_OFTEN: Prior(0.0, 0.5),
    F.FRAILTY: Prior(1.0, 0.5),
    F.LAST_MISSED: Prior(0.0, 0.5),
    F.ACCOUNT_OVERDUE: Prior(1.2, 0.5),
    F.ACCOUNT_COLLECTIONS: Prior(1.2, 0.5),
    F.PURPOSE_EXAM: Prior(0.55, 0.5),
    F.PURPOSE_RECORDS: Prior(0.0, 0.5),
    F.PURPOSE_CONFERENCE: Prior(0.0, 0.5),
    F.PURPOSE_START: Prior(-0.95, 0.5),
    F.PURPOSE_REPAIR: Prior(0.0, 0.5),
    F.PURPOSE_EMERGENCY: Prior(0.0, 0.5),
    F.PURPOSE_DEBOND: Prior(-0.90, 0.5),
    F.PURPOSE_RETENTION: Prior(0.50, 0.5),
    F.PURPOSE_OBSERVATION: Prior(0.0, 0.5),
    F.AGE_UNDER_12: Prior(0.0, 0.5),
    F.AGE_12_17: Prior(0.35, 0.5),
    F.AGE_18_30: Prior(0.45, 0.5),
    F.MONTHS_1: Prior(0.20, 0.2),
    F.MONTHS_2: Prior(0.0, 0.2),
    F.REMINDER_PLANNED: Prior(-0.25, 0.5),
    F.LEAD_1: Prior(0.25, 0.2),
    F.LEAD_2: Prior(0.0, 0.3),
    F.LEAD_3: Prior(0.0, 0.3),
    **{F(f"weekday_{day}"): Prior(0.0, 0.15) for day in WEEKDAYS},
    F.CLOCK_1: Prior(0.0, 0.3),
    F.CLOCK_2: Prior(0.0, 0.3),
    F.SAID_REMINDED: Prior(0.0, 0.5),
    F.SAID_CONFIRMED: Prior(-1.2, 0.5),
}

INTERCEPT_SPREAD = 0.5
"""Standard deviation of what is believed of the practice's level, beside its stated base rate."""

HISTORY = (F.MISSED_BEFORE, F.MISSED_OFTEN, F.FRAILTY, F.LAST_MISSED)
"""Never below zero: a miss more never lowers the risk."""

KNOTS: dict[SplineOf, tuple[float, ...]] = {
    SplineOf.LEAD_DAYS: (1.0, 7.0, 28.0, 56.0),
    SplineOf.MONTHS_IN_TREATMENT: (3.0, 12.0, 24.0),
    SplineOf.CLOCK_HOUR: (9.0, 12.0, 15.5),
}
"""Fixed, not quantiles: nearly all orthodontic visits are booked 4 to 10 weeks ahead, and knots
there would leave the days where lead time matters without any."""

_AGES = {
    AgeBand.UNDER_12: F.AGE_UNDER_12,
    AgeBand.AGE_12_17: F.AGE_12_17,
    AgeBand.AGE_18_30: F.AGE_18_30,
}
_ACCOUNTS = {Account.OVERDUE: F.ACCOUNT_OVERDUE, Account.COLLECTIONS: F.ACCOUNT_COLLECTIONS}
_PURPOSES = {one: F(f"purpose_{one}") for one in Purpose if one is not Purpose.ACTIVE}
"""A visit of active treatment is what others are compared with."""
_SAID = {
    Confirmation.UNCONFIRMED: None,
    Confirmation.REMINDED: F.SAID_REMINDED,
    Confirmation.CONFIRMED: F.SAID_CONFIRMED,
}


def history_features(kept: int, missed: int, last_missed: bool | None, base_rate: float) -> Values:
    """Kept and missed visits before the booking.

    `frailty` is the log of a patient's misses over those expected at the base rate, shrunk: with m
    misses in n visits, ln((m + k) / (n r + k)). It is the mean of a gamma frailty after m misses.
    """
    if kept + missed == 0:
        return {}
    k = FRAILTY_WEIGHT
    values = {F.FRAILTY: math.log((missed + k) / ((kept + missed) * base_rate + k))}
    if missed:
        values[F.MISSED_BEFORE] = 1.0
    if missed > 1:
        values[F.MISSED_OFTEN] = 1.0
    if last_missed:
        values[F.LAST_MISSED] = 1.0
    return values


def person_features(account: Account | None, age: AgeBand | None) -> Values:
    """Account standing and age band; what is not known is left out."""
    return _one_of(_ACCOUNTS, account) | _one_of(_AGES, age)


def purpose_features(purpose: Purpose | None) -> Values:
    """What the visit is for; left out where it is not known."""
    return _one_of(_PURPOSES, purpose)


def _one_of(features: Mapping[Any, NoShowFeature], known: StrEnum | None) -> Values:
    """1 for what is known, 0 for all that it is not."""
    if known is None:
        return {}
    return {feature: float(word is known) for word, feature in features.items()}


def months_features(months: float | None, knots: tuple[float, ...]) -> Values:
    """Months since treatment began, in half-years; None: not in treatment."""
    if months is None:
        return {}
    half_years = min(float(MOST_MONTHS), max(0.0, months)) / 6.0
    values = {F.MONTHS_1: half_years}
    bent = bends(half_years, tuple(knot / 6.0 for knot in knots))
    values.update(zip((F.MONTHS_2,), bent, strict=True))
    return values


def lead_of(booked_on: dt.date | None, day: dt.date, today: dt.date) -> int:
    """Days from booking to a visit on `day`; unknown: the usual lead, more if it is further off."""
    if booked_on is None:
        return max(USUAL_LEAD_DAYS, (day - today).days)
    return (day - booked_on).days


def lead_features(lead_days: int, knots: tuple[float, ...]) -> Values:
    """Days from booking to visit, as a logarithm that is 0 at six weeks."""
    lead = math.log((1 + max(0, lead_days)) / (1 + USUAL_LEAD_DAYS))
    values = {F.LEAD_1: lead}
    at = tuple(math.log((1 + knot) / (1 + USUAL_LEAD_DAYS)) for knot in knots)
    values.update(zip((F.LEAD_2, F.LEAD_3), bends(lead, at), strict=True))
    return values


def weekday_features(weekday: int) -> Values:
    """`weekday` as in `date.weekday()`."""
    return {F(f"weekday_{WEEKDAYS[weekday]}"): 1.0}


def clock_features(hour: float, knots: tuple[float, ...]) -> Values:
    """Clock hour with its fraction, in units of four hours from noon."""
    clock = (hour - 12.0) / 4.0
    at = tuple((knot - 12.0) / 4.0 for knot in knots)
    values = {F.CLOCK_1: clock}
    values.update(zip((F.CLOCK_2,), bends(clock, at), strict=True))
    return values


def reminder_features(planned: bool) -> Values:
    """Whether a reminder is planned."""
    return {F.REMINDER_PLANNED: float(planned)}


def said_features(confirmation: Confirmation | None) -> Values:
    """What the patient has said by the day of the visit."""
    feature = None if confirmation is None else _SAID[confirmation]
    return {} if feature is None else {feature: 1.0}


def bends(x: float, knots: tuple[float, ...]) -> list[float]:
    """The bent terms of a restricted cubic spline at x; straight before and after the knots.

    With knots t(1) to t(k), the j-th of k - 2 terms is (x - t(j))+^3
    - (x - t(k-1))+^3 (t(k) - t(j)) / (t(k) - t(k-1)) + (x - t(k))+^3 (t(k-1) - t(j)) /
    (t(k) - t(k-1)), over (t(k) - t(1))^2. Source: F. E. Harrell, Regression Modeling Strategies,
    2nd edition, Springer 2015, section 2.4.5.
    """
    last, next_to_last = knots[-1], knots[-2]
    scale, step = (last - knots[0]) ** 2, last - next_to_last
    return [
        (
            max(0.0, x - knot) ** 3
            - max(0.0, x - next_to_last) ** 3 * (last - knot) / step
            + max(0.0, x - last) ** 3 * (next_to_last - knot) / step
        )
        / scale
        for knot in knots[:-2]
    ]
