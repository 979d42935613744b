"""Active patients who leave without a next appointment get lost."""

from collections.abc import Iterator
from datetime import datetime

from engine.kpi.filled import Filled
from engine.practice import Booking, Problem, Purpose, Visit

_STEPS = (Purpose.ACTIVE, Purpose.DEBOND)


def is_of_treatment(problem: Problem, visit: Visit) -> bool:
    """True for a visit that carries a treatment, or is a step of one that it does not state."""
    return visit.treatment is not None or problem.procedures[visit.procedure].purpose in _STEPS


def coming(filled: Filled) -> Iterator[tuple[Visit, datetime]]:
    """Every visit with a time at or after `as_of` once the schedule stands: booked or placed."""
    problem, placements = filled.problem, filled.schedule.placement_of
    displaced = set(filled.schedule.displaced)
    for booking in problem.bookings:
        if is_to_come(problem, booking) and booking.visit.id not in displaced:
            at = placements.get(booking.visit.id, booking)
            yield booking.visit, datetime.combine(at.date, at.start)
    for visit in problem.visits:
        if visit.id in placements:
            placed = placements[visit.id]
            yield visit, datetime.combine(placed.date, placed.start)


def next_appointments(filled: Filled) -> dict[str, datetime]:
    """The first coming visit of the treatment of each patient who has one, as the schedule stands.

    What breaks and is booked without a treatment is none.
    """
    found: dict[str, datetime] = {}
    for visit, time in coming(filled):
        if is_of_treatment(filled.problem, visit):
            found[visit.patient] = min(time, found.get(visit.patient, time))
    return found


def left_behind(problem: Problem) -> dict[str, Booking]:
    """By patient the last booking, where all that is known of a treatment lies before `as_of`.

    A debond there has ended it. Whether the last visit was kept is not known.
    """
    treated = [one for one in problem.bookings if one.visit.treatment is not None]
    open_still = {one.patient for one in problem.visits if is_of_treatment(problem, one)}
    open_still |= {
        one.visit.patient
        for one in problem.bookings
        if is_to_come(problem, one) and is_of_treatment(problem, one.visit)
    }
    last: dict[str, Booking] = {}
    for booking in sorted(treated, key=lambda one: (one.date, one.start)):
        if booking.visit.patient not in open_still:
            last[booking.visit.patient] = booking
    return {
        patient: booking
        for patient, booking in last.items()
        if problem.procedures[booking.visit.procedure].purpose is not Purpose.DEBOND
    }


def patients_without_next(filled: Filled) -> tuple[int, int]:
    """Patients in treatment without a coming appointment for it: before and after the fill.

    Before: a visit of the treatment is to be placed, or its last booking is over, and no booking of
    the treatment lies at or after `as_of`. After: neither has one been placed. A patient whose only
    booking was displaced counts after.
    """
    problem = filled.problem
    pending = {visit.patient for visit in problem.visits if visit.treatment is not None}
    pending |= set(left_behind(problem))
    booked = {
        booking.visit.patient
        for booking in problem.bookings
        if is_to_come(problem, booking) and is_of_treatment(problem, booking.visit)
    }
    return len(pending - booked), len((pending | booked) - set(next_appointments(filled)))


def is_to_come(problem: Problem, booking: Booking) -> bool:
    """True for a booking at or after `as_of`."""
    return datetime.combine(booking.date, booking.start) >= problem.as_of
