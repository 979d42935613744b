"""Leaves out what cannot be filled, so that the rest can be."""

from collections.abc import Iterable

from engine.practice import Booking, Horizon, Problem, Visit
from engine.problems import PracticeProblem, Severity
from engine.validation.validate import problems_of

_FIRST_COUNTS = ("duplicate-visit", "duplicate-booking")
"""Of these, the first entry stays."""


def put_aside(
    problem: Problem, horizon: Horizon | None = None
) -> tuple[Problem, tuple[PracticeProblem, ...]]:
    """The problem without its faulty visits and bookings, and every fault that was found.

    What is left out may be what another visit follows, so this is repeated until nothing more is
    set aside. A booking whose predecessor is not there keeps its time and loses the link.
    """
    found = dict.fromkeys(problems_of(problem, horizon))
    faulty = [fault for fault in found if fault.severity is Severity.SET_ASIDE]
    while faulty:
        problem = without(problem, faulty)
        faulty = [
            fault for fault in problems_of(problem, horizon) if fault.severity is Severity.SET_ASIDE
        ]
        found.update(dict.fromkeys(faulty))
    return _without_broken_links(problem), tuple(found)


def without(problem: Problem, faults: Iterable[PracticeProblem]) -> Problem:
    """The problem without the visits and bookings that the faults name, and without duplicates."""
    gone = {fault.where for fault in faults if fault.code not in _FIRST_COUNTS}
    bookings: dict[str, Booking] = {}
    for booking in problem.bookings:
        if f"booking {booking.visit.id}" not in gone:
            bookings.setdefault(booking.visit.id, booking)
    visits: dict[str, Visit] = {}
    for visit in problem.visits:
        if f"visit {visit.id}" not in gone and visit.id not in problem.booking_of:
            visits.setdefault(visit.id, visit)
    return _rebuilt(problem, visits.values(), bookings.values())


def _without_broken_links(problem: Problem) -> Problem:
    visits = problem.all_visits
    bookings = []
    for booking in problem.bookings:
        follows = tuple(
            link
            for link in booking.visit.follows
            if link.visit in visits and visits[link.visit].patient == booking.visit.patient
        )
        visit = booking.visit.model_copy(update={"follows": follows})
        bookings.append(booking.model_copy(update={"visit": visit}))
    return _rebuilt(problem, problem.visits, bookings)


def _rebuilt(problem: Problem, visits: Iterable[Visit], bookings: Iterable[Booking]) -> Problem:
    """Made anew: a copy would keep the old tables of visits and bookings by id."""
    return Problem(
        as_of=problem.as_of,
        practice=problem.practice,
        visits=tuple(visits),
        bookings=tuple(bookings),
        policy=problem.policy,
        no_show_model=problem.no_show_model,
        slot_prices=problem.slot_prices,
        external=problem.external,
    )
