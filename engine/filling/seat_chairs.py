"""Chairs for kept bookings: the book's own, and free ones for rooms that it does not name."""

from collections.abc import Sequence

from engine.filling.booked_date import BookedDate
from engine.filling.lanes import Lanes
from engine.practice import Booking, Problem
from engine.practice.calendar import usable_intervals
from engine.practice.pattern import StageTime


def booked_stages(problem: Problem, booking: Booking, stages: Sequence[StageTime]) -> set[int]:
    """Stages that the book's chair is meant for: those of its kind, else the first with a chair."""
    if booking.chair is None:
        return set()
    with_chair = [stage for stage in stages if stage.chair_kind is not None]
    kind = problem.chairs[booking.chair].kind
    of_kind = {stage.index for stage in with_chair if stage.chair_kind is kind}
    return of_kind or {stage.index for stage in with_chair[:1]}


def seat_chairs(booked: BookedDate) -> list[tuple[str | None, ...]]:
    """By booking and stage. None where no chair is needed, or none of the kind is free."""
    practice = booked.problem.practice
    usable = [usable_intervals(practice, chair, booked.day) for chair in practice.chairs]
    lanes = Lanes([chair.id for chair in practice.chairs], usable)
    chairs: list[list[str | None]] = [[None] * len(stages) for stages in booked.stages]
    rest: list[tuple[int, int, StageTime]] = []
    for index, booking in enumerate(booked.bookings):
        own = booked_stages(booked.problem, booking, booked.stages[index])
        for stage in booked.stages[index]:
            begin = booked.start(index) + stage.start
            if stage.index in own and booking.chair is not None:
                chairs[index][stage.index] = booking.chair
                lanes.hold(booking.chair, begin, begin + stage.busy_until - stage.start)
            elif stage.chair_kind is not None:
                rest.append((begin, index, stage))
    for begin, index, stage in sorted(rest, key=lambda item: item[:2]):
        chairs[index][stage.index] = _tightest(booked, lanes, begin, index, stage)
    return [tuple(stages) for stages in chairs]


def _tightest(
    booked: BookedDate, lanes: Lanes, begin: int, index: int, stage: StageTime
) -> str | None:
    """Holds and returns a free chair of the kind: regular before overflow, then the tightest."""
    if stage.chair_kind is None:
        return None
    procedure = booked.problem.procedures[booked.bookings[index].visit.procedure]
    until = begin + stage.busy_until - stage.start
    free = [
        (bool(booked.staffing.overflow[row]), lanes.gap(row, begin, until), int(row))
        for row in booked.staffing.chair_rows(stage.chair_kind, procedure.procedure_class)
        if lanes.is_free(row, begin, until)
    ]
    if not free:
        return None
    chair = lanes.ids[min(free)[-1]]
    lanes.hold(chair, begin, until)
    return chair
