"""Active patients who leave without a next appointment get lost."""

from collections.abc import Iterator
from datetime import datetime

from engine.kpi.filled import Filled
from engine.practice import Visit


def coming(filled: Filled) -> Iterator[tuple[Visit, datetime]]:
    """Every visit with a time at or after `as_of` once the schedule stands: booked or placed."""
    problem, placements = filled.problem, filled.schedule.placement_of
    today, displaced = problem.as_of.date(), set(filled.schedule.displaced)
    for booking in problem.bookings:
        if booking.date >= today and booking.visit.id not in displaced:
            at = placements.get(booking.visit.id, booking)
            yield booking.visit, datetime.combine(at.date, at.start)
    for visit in problem.visits:
        if visit.id in placements:
            placed = placements[visit.id]
            yield visit, datetime.combine(placed.date, placed.start)


def next_appointments(filled: Filled) -> dict[str, datetime]:
    """The first coming visit of each patient in treatment who has one, once the schedule stands."""
    found: dict[str, datetime] = {}
    for visit, time in coming(filled):
        if visit.treatment is not None:
            found[visit.patient] = min(time, found.get(visit.patient, time))
    return found


def patients_without_next(filled: Filled) -> tuple[int, int]:
    """Patients in treatment without a coming appointment for it: before and after the fill.

    Before: a visit of the treatment is to be placed and no booking of the treatment lies at or
    after `as_of`. After: neither has one been placed. A patient whose only booking was displaced
    counts after.
    """
    problem = filled.problem
    today = problem.as_of.date()
    pending = {visit.patient for visit in problem.visits if visit.treatment is not None}
    booked = {
        booking.visit.patient
        for booking in problem.bookings
        if booking.visit.treatment is not None and booking.date >= today
    }
    return len(pending - booked), len((pending | booked) - set(next_appointments(filled)))
