"""What needs somebody on a date: booked visits, and the rest of the model day's cells."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from engine.filling.seat_bookings import seat_bookings
from engine.kpi.filled import stage_spans
from engine.practice import Chair, Horizon, Problem, SegmentKind, StaffMember, Stage, Supervision
from engine.practice.calendar import model_day_on
from engine.practice.procedures import Procedure
from engine.staffing.worth import points_of_booking, points_per_minute
from engine.units import Interval, subtract, to_minutes


@dataclass(frozen=True, slots=True)
class Need:
    """Time [start, end) on a column that is worth `points` if somebody serves it.

    `able`: by person, the share of it that he or she can serve (of a class, the share of its
    procedures). `doctor`: without a doctor in the office it is lost. `cell`: None for a booking.
    """

    column: str
    start: int
    end: int
    points: float
    able: tuple[tuple[str, float], ...]
    doctor: bool
    cell: str | None = None


def needs_on(problem: Problem, day: dt.date) -> tuple[Need, ...]:
    """Every need of a date. Overflow chairs have nobody of their own and are left out."""
    booked: dict[str, list[Interval]] = defaultdict(list)
    needs = []
    for need, busy_until in _booked(problem, day):
        booked[need.column].append((need.start, busy_until))
        needs.append(need)
    model_day = model_day_on(problem.practice, day)
    for cell in model_day.cells if model_day else ():
        for column in cell.columns:
            chair = problem.chairs[column]
            if chair.overflow:
                continue
            rate = points_per_minute(problem, cell.procedure_class, chair.kind)
            able, doctor = able_for_class(problem, cell.procedure_class, chair)
            span = (to_minutes(cell.start), to_minutes(cell.end))
            for start, end in subtract([span], booked[column]):
                points = rate * (end - start)
                needs.append(Need(column, start, end, points, able, doctor, cell.id))
    return tuple(needs)


def _booked(problem: Problem, day: dt.date) -> Iterator[tuple[Need, int]]:
    """A need for each stage of each booking in a column, and until when it holds the chair."""
    for placed in seat_bookings(problem, Horizon(start=day, days=1)):
        booking = problem.booking_of[placed.visit]
        procedure = problem.procedures[booking.visit.procedure]
        spans = [span for span in stage_spans(problem, placed) if span.chair is not None]
        whole = sum(span.end - span.start for span in spans)
        for span in spans:
            chair = problem.chairs[str(span.chair)]
            stage = procedure.stages[span.index]
            if chair.overflow or stage.role is None:
                continue
            points = points_of_booking(problem, booking) * (span.end - span.start) / whole
            able = tuple(
                (person.id, 1.0) for person in problem.practice.staff if can_serve(person, stage)
            )
            needs_doctor = _needs_doctor(procedure)
            need = Need(chair.id, span.start, span.end, points, able, needs_doctor)
            yield need, span.busy_until


def can_serve(person: StaffMember, stage: Stage) -> bool:
    """True where the person has the role and the skill of the stage."""
    return person.role is stage.role and (stage.skill is None or stage.skill in person.skills)


def able_for_class(
    problem: Problem, procedure_class: str, chair: Chair
) -> tuple[tuple[tuple[str, float], ...], bool]:
    """Who can serve how much of a class in such a room, and whether some of it needs a doctor."""
    procedures = _procedures_in(problem, procedure_class, chair)
    able = []
    for person in problem.practice.staff:
        served = sum(
            all(can_serve(person, stage) for stage in one.stages if stage.chair_kind is chair.kind)
            for one in procedures
        )
        if served:
            able.append((person.id, served / len(procedures)))
    return tuple(able), any(_needs_doctor(procedure) for procedure in procedures)


def always_needs_doctor(problem: Problem, procedure_class: str, chair: Chair) -> bool:
    """True where no procedure of the class in such a room can do without a doctor."""
    procedures = _procedures_in(problem, procedure_class, chair)
    return bool(procedures) and all(map(_needs_doctor, procedures))


def _procedures_in(problem: Problem, procedure_class: str, chair: Chair) -> list[Procedure]:
    return [
        procedure
        for procedure in problem.practice.procedures
        if procedure.procedure_class == procedure_class
        and any(stage.chair_kind is chair.kind for stage in procedure.stages)
    ]


def _needs_doctor(procedure: Procedure) -> bool:
    return procedure.supervision is Supervision.DIRECT or any(
        segment.kind is SegmentKind.DOCTOR
        for stage in procedure.stages
        for segment in stage.segments
    )
