"""Probability that a patient misses a visit, from what is known when it is booked.

The practice's own model where the question holds one (`Problem.no_show_model`), else the prior
with the intercept solved so that the practice's visits average its stated base rate. Payer,
language, sex and address are not inputs.

What is not known yet is averaged over, never taken for a no:

- A visit that has no time yet will be reminded and asked to confirm as the practice usually does;
  its chance of a miss is the mean over what patients usually say, not that of one who does not
  confirm. A reminder that the practice usually plans is in the intercept.
- A booking keeps what its patient has said: confirmed counts as confirmed, reminded may yet
  confirm, unconfirmed is still open. One that moves to another date is asked again.
"""

import math
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from functools import cached_property

import numpy as np

from engine.practice import Confirmation, NoShowModel, Problem, Purpose, Visit
from engine.risk.features import (
    USUAL_LEAD_DAYS,
    Values,
    history_features,
    lead_of,
    months_features,
    person_features,
    purpose_features,
)
from engine.risk.prior import prior_model, solve_intercept
from engine.risk.score import Scorer, State

_ANY_HOUR = 24
"""Where a row by clock hour has the average one."""


class NoShow:
    """No-show probabilities for the visits of one problem, by the model or by the prior."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        risk = problem.policy.risk
        self._same = risk.base_rate if risk.constant_no_show else None
        """The one chance of all visits, if the policy wants it so."""
        own = problem.no_show_model
        self.model: NoShowModel = own or prior_model(problem.policy.risk.base_rate)
        self.scorer = Scorer(self.model)
        self.hours_matter = self.scorer.hours_matter or bool(problem.policy.risk.hour_effects)
        """False where no probability depends on the hour."""
        self._weekdays = self.scorer.weekdays
        stated = dict.fromkeys(range(24), 0.0)
        stated |= {effect.hour: effect.logit for effect in problem.policy.risk.hour_effects}
        hours = [self.scorer.hour(hour, stated[hour]) for hour in range(24)]
        self._by_hour = np.array([*hours, self.scorer.hour(None)])
        self._fixed: defaultdict[str, dict[Purpose, float]] = defaultdict(dict)
        self._rows: defaultdict[str, dict[date, list[float]]] = defaultdict(dict)
        self._today = problem.as_of.date()
        self._open = self.scorer.states(None)

    @cached_property
    def intercept(self) -> float:
        """The model's own; of the prior, solved over all visits and bookings at the usual lead."""
        if self.problem.no_show_model is not None:
            return self.model.intercept
        logits = (self.fixed(visit) for visit in self.problem.all_visits.values())
        return solve_intercept(logits, self.problem.policy.risk.base_rate)

    def forget(self, visit_id: str) -> None:
        """Let go of what was worked out for a visit."""
        self._fixed.pop(visit_id, None)
        self._rows.pop(visit_id, None)

    def fixed(self, visit: Visit, purpose: Purpose | None = None) -> float:
        """The part of the log-odds that no choice of time changes, without the intercept.

        `purpose`: of another visit of the same patient, with all else as it is.
        """
        purpose = purpose or self.problem.procedures[visit.procedure].purpose
        known = self._fixed[visit.id]
        if purpose not in known:
            known[purpose] = self.scorer.plain(self.values(visit, purpose))
        return known[purpose]

    def values(self, visit: Visit, purpose: Purpose) -> Values:
        """What is known of a visit of this purpose, whatever its time."""
        past, months = visit.attendance, None
        if visit.treatment is not None:
            months = (self._today - visit.treatment.started).days / 30.4
        values = history_features(past.kept, past.missed, past.last_missed, self.base_rate)
        values |= person_features(visit.account, visit.age_band)
        values |= purpose_features(purpose)
        return values | months_features(months, self.scorer.knots("months_in_treatment"))

    @property
    def base_rate(self) -> float:
        """The share of missed visits that a patient's own record is held against."""
        return self.model.base_rate

    def at_booking(self, visit: Visit, purpose: Purpose) -> float:
        """Chance that this patient misses a visit of this purpose, booked at the usual lead."""
        if self._same is not None:
            return self._same
        logit = self.intercept + self.fixed(visit, purpose) + self.scorer.lead(USUAL_LEAD_DAYS)
        return self.scorer.probability(logit, self._open)

    def on_the_book(self) -> float | None:
        """Mean chance over list and book, each visit at the usual lead; None where there is none.

        Visits whose procedure the practice does not have are left out.
        """
        of = self.problem.procedures
        visits = self.problem.all_visits.values()
        known = [self.at_booking(v, of[v.procedure].purpose) for v in visits if v.procedure in of]
        return math.fsum(known) / len(known) if known else None

    def probability(self, visit: Visit, day: date, hour: int | None) -> float:
        """Chance that the visit is missed at this hour of this date (hour None: an average one)."""
        if self._same is not None:
            return self._same
        if not self.hours_matter:
            return self.scorer.probability(*self._on(visit, day))
        known = self._rows[visit.id]
        if day not in known:
            logit, states = self._on(visit, day)
            known[day] = self.scorer.probabilities(logit + self._by_hour, states).tolist()
        return known[day][_ANY_HOUR if hour is None else hour]

    def _on(self, visit: Visit, day: date) -> tuple[float, tuple[State, ...]]:
        """Log-odds at an average hour of a date, and what the patient may still say."""
        booking = self.problem.booking_of.get(visit.id)
        lead, states = (day - self._today).days, self._open
        if booking is not None and booking.date == day:
            lead = lead_of(booking.booked_on, day, self._today)
            states = self.scorer.states(booking.confirmation)
        logit = self.intercept + self.fixed(visit) + self.scorer.lead(lead)
        return logit + self._weekdays[day.weekday()], states

    def logit_range(self, longest_lead: int, said: Collection[Confirmation] = ()) -> float:
        """The most that a choice of time can change the log-odds of one visit.

        `longest_lead`: days from booking to visit at most. `said`: what patients have said of
        bookings that may move, and are asked again then.
        """
        longest = max(0, longest_lead)
        bent = min(longest, math.ceil(self.scorer.knots("lead_days")[-1]))
        # Beyond the last knot the effect only goes on as it began.
        leads = [self.scorer.lead(days) for days in (*range(bent + 1), longest)]
        hours: list[float] = self._by_hour.tolist()
        ranges = [max(part) - min(part) for part in (leads, hours, self._weekdays)]
        ranges.append(max(map(self._range_of_asking_again, said), default=0.0))
        return self.model.calibration.slope * sum(ranges)

    def _range_of_asking_again(self, said: Confirmation) -> float:
        """Most that log-odds change when a booking moves of which this was said.

        A mean over states lies between the least and the greatest of them.
        """
        states = self.scorer.states(said)
        if states == self._open:
            return 0.0
        now = [logit for _, logit in states]
        then = [logit for _, logit in self._open]
        return max(max(then) - min(now), max(now) - min(then), 0.0)
