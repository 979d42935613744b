"""A week of calls: who rings when, for what, and the book that they ring into. The same by seed."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from engine.filling.openings.phantom import PROTECTED, LaterCalls
from engine.generate import generate
from engine.practice import Horizon, Problem, Purpose, Visit
from engine.practice.calendar import open_intervals

CALL_DAYS = 5
WEEKS = 2
VISITS = 560
"""Of two weeks of one doctor; 350 a week are a busy one."""
BOOKED_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Call:
    """A visit that is asked for at a moment."""

    at: dt.datetime
    visit: Visit


@dataclass(frozen=True, slots=True)
class CallWeek:
    """The book on Monday morning with all visits that will be asked for, and the calls in order."""

    problem: Problem
    horizon: Horizon
    calls: tuple[Call, ...]

    @property
    def last_day(self) -> dt.date:
        """The last date on which anybody calls."""
        return self.horizon.start + dt.timedelta(days=CALL_DAYS - 1)

    @property
    def rates(self) -> tuple[LaterCalls, ...]:
        """Calls a day for exams and starts: how many is known, not when and who."""
        purpose = {one.code: one.purpose for one in self.problem.practice.procedures}
        codes = [call.visit.procedure for call in self.calls]
        return tuple(
            LaterCalls(code, codes.count(code) / CALL_DAYS)
            for code in sorted(set(codes))
            if purpose[code] in PROTECTED
        )


def call_week(seed: int, visits: int = VISITS) -> CallWeek:
    """Two weeks, four fifths of the visits in the book; the others call in the first week.

    Times are given from the day after the call on. Bookings stay. Visits that follow others are
    left out: they are booked with them. Who asks for an exam or a start asks on the day of the
    call; other visits are due then at the earliest.
    """
    made = generate("one-doctor", visits, seed, weeks=WEEKS, booked_share=BOOKED_SHARE)
    monday = made.horizon.start
    practice = made.problem.practice
    purpose = {one.code: one.purpose for one in practice.procedures}
    followed = {one.visit for visit in made.problem.all_visits.values() for one in visit.follows}
    alone = [one for one in made.problem.visits if not one.follows and one.id not in followed]
    rng = np.random.default_rng([seed, 1])
    moments = _moments(rng, practice, monday, len(alone))
    calls = [
        Call(at, _asked(visit, at.date(), purpose[visit.procedure]))
        for visit, at in zip(alone, moments, strict=True)
    ]
    calls.sort(key=lambda call: (call.at, call.visit.id))
    frozen = tuple(one.model_copy(update={"movable": False}) for one in made.problem.bookings)
    problem = made.problem.model_copy(
        update={
            "as_of": dt.datetime.combine(monday, dt.time(6)),
            "visits": tuple(sorted((call.visit for call in calls), key=lambda one: one.id)),
            "bookings": frozen,
        }
    )
    return CallWeek(problem, made.horizon, tuple(calls))


def _moments(rng, practice, monday: dt.date, count: int) -> list[dt.datetime]:
    """Uniform over the patient hours of the week's open days, to the minute."""
    minutes = [
        dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minute)
        for day in (monday + dt.timedelta(days=n) for n in range(CALL_DAYS))
        for start, end in open_intervals(practice, day)
        for minute in range(start, end)
    ]
    return [minutes[index] for index in rng.integers(0, len(minutes), count)]


def _asked(visit: Visit, day: dt.date, purpose: Purpose) -> Visit:
    tomorrow = day + dt.timedelta(days=1)
    changes: dict[str, object] = {"earliest": max(visit.earliest or tomorrow, tomorrow)}
    if purpose in PROTECTED:
        changes["requested_on"] = day
    else:
        changes["due"] = max(visit.due, day)
    return visit.model_copy(update=changes)
