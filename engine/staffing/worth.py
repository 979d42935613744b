"""What a visit that is turned away costs, at the prices of the objective.

Without its time a visit waits until its procedure's next realistic opening: it counts as unplaced,
and every day of that wait as a day after due (of an exam or a start: as a day beyond the promise).
A booked visit costs a moved booking more; a frozen one may not be moved, and counts as displaced.
"""

from statistics import fmean

from engine.practice import Booking, ChairKind, Problem, Procedure, Purpose
from engine.yardsticks import weights_of

_ACCESS = (Purpose.EXAM, Purpose.START)


def points_of_visit(problem: Problem, procedure: Procedure) -> float:
    """Points of one visit of the procedure that gets no time."""
    weights = weights_of(problem)
    late = "access_days" if procedure.purpose in _ACCESS else "overdue_days"
    return weights["unplaced_visits"].value + procedure.rebooking_days * weights[late].value


def points_of_booking(problem: Problem, booking: Booking) -> float:
    """Points of a booking that loses its time."""
    weights = weights_of(problem)
    if not booking.movable:
        return weights["displaced_bookings"].value
    procedure = problem.procedures[booking.visit.procedure]
    return weights["moved_bookings"].value + points_of_visit(problem, procedure)


def points_per_minute(problem: Problem, procedure_class: str, kind: ChairKind) -> float:
    """Points of a closed cell minute: the mean over the class's procedures in such a room.

    A minute displaces one visit by the length of its procedure, turnover included; 0 where no
    procedure of the class sits there.
    """
    found = [
        points_of_visit(problem, procedure)
        / (procedure.minutes + procedure.stages[-1].turnover_minutes)
        for procedure in problem.practice.procedures
        if procedure.procedure_class == procedure_class
        and any(stage.chair_kind is kind for stage in procedure.stages)
    ]
    return fmean(found) if found else 0.0
