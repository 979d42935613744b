"""Spaces that are left: for emergencies, and after school."""

from datetime import date, datetime, time, timedelta

from engine.kpi.filled import Filled, stage_spans
from engine.practice import Chair, ChairKind, Purpose, Role
from engine.practice.calendar import (
    model_day_on,
    open_intervals,
    present_intervals,
    usable_intervals,
)
from engine.units import Interval, covers, overlaps, subtract, to_minutes

SPACE_MINUTES = 15
"""A short visit."""


def emergency_spaces(filled: Filled) -> int | None:
    """Emergencies that still fit into the cells on hold: free minutes // length, per free run.

    The length is that of the shortest emergency procedure; None without one. Free: in opening
    hours, chair usable, no visit nor its turnover, not before `as_of`.
    """
    lengths = [
        procedure.minutes
        for procedure in filled.problem.practice.procedures
        if procedure.purpose is Purpose.EMERGENCY
    ]
    if not lengths:
        return None
    return sum(
        (end - start) // min(lengths)
        for day in filled.schedule.horizon.dates
        if (model_day := model_day_on(filled.problem.practice, day)) is not None
        for cell in model_day.cells
        if cell.hold
        for column in cell.columns
        for start, end in subtract(
            free_in_hours(filled, filled.problem.chairs[column], day),
            [(0, to_minutes(cell.start)), (to_minutes(cell.end), 24 * 60)],
        )
    )


def after_school_spaces(filled: Filled) -> int:
    """Free 15-minute spaces after school in columns that have an assistant.

    Counted in steps of 15 minutes from `practice.after_school` to closing: the smaller of the
    clinic chairs (overflow chairs left out) and of the assistants free for the whole step.
    """
    return sum(_after_school(filled, day) for day in filled.schedule.horizon.dates)


def _after_school(filled: Filled, day: date) -> int:
    problem = filled.problem
    columns = [
        free_in_hours(filled, chair, day)
        for chair in problem.practice.chairs
        if chair.kind is ChairKind.CLINIC and not chair.overflow
    ]
    assistants = [
        subtract(present_intervals(problem.practice, person, day), _held(filled, day, person.id))
        for person in problem.practice.staff
        if person.role is Role.ASSISTANT
    ]
    school_ends = to_minutes(problem.practice.after_school)
    closing = max((end for _, end in open_intervals(problem.practice, day)), default=0)
    steps = [
        (start, start + SPACE_MINUTES)
        for start in range(school_ends, closing - SPACE_MINUTES + 1, SPACE_MINUTES)
    ]
    return sum(
        min(
            sum(covers(free, step) for free in columns),
            sum(covers(free, step) for free in assistants),
        )
        for step in steps
    )


def free_in_hours(filled: Filled, chair: Chair, day: date) -> tuple[Interval, ...]:
    """When a chair is free in opening hours, from `as_of` on."""
    problem = filled.problem
    past = datetime.combine(day, time(0)) + timedelta(days=1) <= problem.as_of
    gone = 24 * 60 if past else 0
    if day == problem.as_of.date():
        gone = to_minutes(problem.as_of.time())
    usable = usable_intervals(problem.practice, chair, day)
    hours = [
        (max(start, opened), min(end, closed))
        for start, end in usable
        for opened, closed in open_intervals(problem.practice, day)
        if overlaps((start, end), (opened, closed))
    ]
    return subtract(hours, [(0, gone), *_held(filled, day, chair.id)])


def _held(filled: Filled, day: date, holder: str) -> list[Interval]:
    """When visits, turnover included, hold a chair or a person."""
    return [
        (stage.start, stage.busy_until)
        for placed in filled.on_date(day)
        for stage in stage_spans(filled.problem, placed)
        if holder in (stage.chair, stage.staff)
    ]
