"""Active patients who leave without a next appointment get lost."""

from engine.kpi.filled import Filled


def patients_without_next(filled: Filled) -> tuple[int, int]:
    """Patients in treatment without a coming appointment for it: before and after the fill.

    Before: a visit of the treatment is to be placed and no booking of the treatment lies at or
    after `as_of`. After: neither has one been placed. A patient whose only booking was displaced
    counts after.
    """
    problem, schedule = filled.problem, filled.schedule
    today = problem.as_of.date()
    displaced = set(schedule.displaced)
    coming = [
        booking.visit
        for booking in problem.bookings
        if booking.visit.treatment is not None and booking.date >= today
    ]
    pending = {visit.patient for visit in problem.visits if visit.treatment is not None}
    booked = {visit.patient for visit in coming}
    still_booked = {visit.patient for visit in coming if visit.id not in displaced}
    placed = {
        visit.patient
        for visit in problem.visits
        if visit.treatment is not None and visit.id in schedule.placement_of
    }
    return len(pending - booked), len((pending | booked) - still_booked - placed)
