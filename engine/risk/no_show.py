"""Probability that a patient misses a visit, from what is known when it is booked.

A logistic prior from the literature, with the intercept solved so that the practice's own visits
average its stated base rate. Payer, language, sex and address are not inputs. Sources of the
effects (log-odds): prior misses and account: Powell et al., 'Predictors of Failed Orthodontic
Appointments' (AADR abstract 0338) and a rural network of 263,464 dental visits (PMC11149957);
procedure: Australasian Orthodontic Journal 2023, doi 10.2478/aoj-2023-0035; age: PMC12274092;
months in treatment: Bukhari et al. 2016; lead time: PMC11149957. Confirmation: an assumption.
Where effects come from different countries, adding them on the logit scale is an assumption too.
"""

import math
from collections.abc import Iterable
from datetime import date
from functools import cache, cached_property

import numpy as np

from engine.practice import Account, AgeBand, Confirmation, Problem, Purpose, Visit

_PROCEDURE = {
    Purpose.START: -0.95,
    Purpose.DEBOND: -0.90,
    Purpose.RETENTION: 0.50,
    Purpose.EXAM: 0.55,
}
_AGE = {AgeBand.AGE_12_17: 0.35, AgeBand.AGE_18_30: 0.45}
_ONE_MISS, _MORE_MISSES = 1.0, 1.6
_ACCOUNT = {Account.OVERDUE: 1.2, Account.COLLECTIONS: 1.2}
_PER_HALF_YEAR_IN_TREATMENT = 0.20
_CONFIRMED = -1.2
_LEAD = 0.25
_USUAL_LEAD_DAYS = 42


def fixed_logit(visit: Visit, purpose: Purpose, as_of: date) -> float:
    """The part of the log-odds that no choice of time changes, without the intercept."""
    logit = _PROCEDURE.get(purpose, 0.0) + _ACCOUNT.get(visit.account, 0.0)
    if visit.age_band is not None:
        logit += _AGE.get(visit.age_band, 0.0)
    if visit.attendance.missed:
        logit += _ONE_MISS if visit.attendance.missed == 1 else _MORE_MISSES
    if visit.treatment is not None:
        months = min(36.0, max(0.0, (as_of - visit.treatment.started).days / 30.4))
        logit += _PER_HALF_YEAR_IN_TREATMENT * months / 6.0
    return logit


@cache
def lead_logit(lead_days: int) -> float:
    """Effect of booking `lead_days` ahead: 0 at six weeks; hardly moves beyond a week."""
    return _LEAD * math.log((1 + max(0, lead_days)) / (1 + _USUAL_LEAD_DAYS))


def logistic(logit: float) -> float:
    """Probability of a log-odds value."""
    return 1.0 / (1.0 + math.exp(-logit))


def solve_intercept(logits: Iterable[float], base_rate: float) -> float:
    """The intercept at which the mean probability is `base_rate`, by bisection to 1e-9."""
    values = np.array(tuple(logits), dtype=np.float64)
    if not len(values):
        return math.log(base_rate / (1 - base_rate))
    low, high = -20.0, 20.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        mean = float(np.mean(1.0 / (1.0 + np.exp(-(middle + values)))))
        low, high = (middle, high) if mean < base_rate else (low, middle)
    return (low + high) / 2


class NoShowPrior:
    """No-show probabilities for the visits of one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._fixed: dict[str, float] = {}

    @cached_property
    def intercept(self) -> float:
        """Solved over all visits and bookings at the usual lead time."""
        return solve_intercept(
            (self._logit(visit) for visit in self.problem.all_visits.values()),
            self.problem.policy.risk.base_rate,
        )

    def _logit(self, visit: Visit) -> float:
        if visit.id not in self._fixed:
            purpose = self.problem.procedures[visit.procedure].purpose
            self._fixed[visit.id] = fixed_logit(visit, purpose, self.problem.as_of.date())
        return self._fixed[visit.id]

    def probability(self, visit: Visit, day: date, hour: int | None) -> float:
        """Chance that the visit is missed at this hour of this date (hour None: an average one)."""
        if self.problem.policy.risk.constant_no_show:
            return self.problem.policy.risk.base_rate
        booking = self.problem.booking_of.get(visit.id)
        made_on = self.problem.as_of.date()
        logit = self.intercept + self._logit(visit)
        if booking is not None and booking.date == day:
            made_on = booking.booked_on or made_on
            if booking.confirmation is Confirmation.CONFIRMED:
                logit += _CONFIRMED
        logit += lead_logit((day - made_on).days)
        for effect in self.problem.policy.risk.hour_effects:
            if effect.hour == hour:
                logit += effect.logit
        return logistic(logit)
