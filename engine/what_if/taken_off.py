"""Bookings that a scenario takes the ground from: as few as possible are called.

A booking on a day that is now closed, or at a time at which nobody who could serve it is there,
loses its time. Where fewer people, doctors or chairs are left than the book needs, the fewest
bookings that lack something are called (`engine.solver.inherited`); who may move anyway goes first.
A called booking becomes a visit to place. Clashes that the book had before are none of the
scenario's doing, and stay.
"""

import datetime as dt
from collections import Counter

from engine.practice import Booking, Horizon, Problem
from engine.problems import PracticeProblem
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.validation.bookings import booking_faults

_LOSES_ITS_TIME = (
    "booking-closed-date",
    "booking-outside-hours",
    "booking-outside-shift",
    "booking-unsupervised",
)
_ROUNDS = 20
"""Each round calls somebody; more are only needed where taking some off shows others."""


def take_off(base: Problem, changed: Problem, horizon: Horizon) -> tuple[Problem, tuple[str, ...]]:
    """The changed problem with the called bookings as visits to place, and who is called."""
    lost = _single(changed, horizon) - _single(base, horizon)
    called = [b.visit.id for b in changed.bookings if b.visit.id in lost]
    left = without_times(changed, called)
    before = _lacking(base, horizon)
    usual = _by_date(base, before)
    for _ in range(_ROUNDS):
        now = _lacking(left, horizon)
        count = _by_date(left, now)
        worse = {day for day in count if count[day] > usual[day]}
        more = sorted(v for v in now - before if left.booking_of[v].date in worse)
        more = _movable_first(left, more)
        if not more:
            break
        called += more
        left = without_times(left, more)
    return left, tuple(called)


def without_times(problem: Problem, called: list[str]) -> Problem:
    """The problem with these bookings as visits to place, at the end of the list."""
    gone = set(called)
    visits = (booking.visit for booking in problem.bookings if booking.visit.id in gone)
    kept = tuple(booking for booking in problem.bookings if booking.visit.id not in gone)
    return problem.model_copy(update={"visits": (*problem.visits, *visits), "bookings": kept})


def _single(problem: Problem, horizon: Horizon) -> set[str]:
    """Bookings of the horizon that cannot be given at their own time, whoever else is booked."""
    return {
        _visit_of(fault)
        for fault in booking_faults(problem, horizon)
        if fault.code in _LOSES_ITS_TIME and problem.booking_of[_visit_of(fault)].date in horizon
    }


def _visit_of(fault: PracticeProblem) -> str:
    return fault.where.removeprefix("booking ")


def _lacking(problem: Problem, horizon: Horizon) -> set[str]:
    lacks = lacking_resources(problem, horizon, locked_bookings(problem, horizon))
    return {visit for visit, _, _ in lacks or ()}


def _movable_first(problem: Problem, called: list[str]) -> list[str]:
    """The same number; of bookings that need the same at the same time, one that may move anyway.

    The model of the book does not tell such bookings apart.
    """
    chosen = list(called)
    for number, visit in enumerate(called):
        asked = problem.booking_of[visit]
        free = (
            other.visit.id
            for other in problem.bookings
            if other.movable and other.visit.id not in chosen and _needs(other) == _needs(asked)
        )
        if not asked.movable:
            chosen[number] = next(free, visit)
    return chosen


def _needs(booking: Booking) -> tuple[object, ...]:
    visit = booking.visit
    return booking.date, booking.start, visit.procedure, visit.minutes, visit.required_doctor


def _by_date(problem: Problem, visits: set[str]) -> Counter[dt.date]:
    return Counter(problem.booking_of[visit].date for visit in visits)
