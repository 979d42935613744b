"""Wished times and wished doctors that were not met."""

from engine.kpi.filled import Filled, span
from engine.practice import SegmentKind, Visit
from engine.practice.problem import Problem
from engine.schedule import Placement
from engine.units import to_minutes


def quanta(filled: Filled) -> int:
    """One for each wish (times, doctor) missed by a new, moved, unplaced or displaced visit."""
    missed = sum(
        _time_missed(filled.visit_of(placed), placed)
        + _doctor_missed(filled.visit_of(placed), placed)
        for placed in filled.fresh
    )
    return missed + sum(
        bool(visit.wishes) + _wants_doctor(filled.problem, visit) for visit in filled.without_time
    )


def _time_missed(visit: Visit, placed: Placement) -> bool:
    start, end = span(placed)
    met = any(
        wish.on(placed.date.weekday())
        and to_minutes(wish.start) <= start
        and end <= to_minutes(wish.end)
        for wish in visit.wishes
    )
    return bool(visit.wishes) and not met


def _doctor_missed(visit: Visit, placed: Placement) -> bool:
    given_by = {segment.doctor for segment in placed.segments if segment.doctor_time}
    return visit.preferred_doctor is not None and bool(given_by - {visit.preferred_doctor})


def _wants_doctor(problem: Problem, visit: Visit) -> bool:
    has_doctor_time = any(
        segment.kind is SegmentKind.DOCTOR
        for stage in problem.procedures[visit.procedure].stages
        for segment in stage.segments
    )
    return visit.preferred_doctor is not None and has_doctor_time
