"""Chairs, people and doctors for the bookings that are kept: the book names a chair at most.

Each booking keeps date, start and the book's chair. Other rooms, people and the moments of the
doctor are chosen here. Where the book cannot be served, a stage stays without a person, or a visit
without a doctor: an inherited clash, and only where nobody is free for it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from engine.filling.best_order import best_order
from engine.filling.day_book import DayBook
from engine.filling.doctor_lanes import DoctorLanes, floats_of
from engine.filling.lanes import Lanes
from engine.filling.make_placement import Seats, make_placement
from engine.filling.rooms_and_people import RoomsAndPeople
from engine.practice import Booking, Horizon, Problem
from engine.practice.calendar import present_intervals
from engine.practice.pattern import DoctorTime, StageTime
from engine.schedule import Placement
from engine.units import to_minutes
from engine.yardsticks import stages_of


@dataclass(frozen=True, slots=True)
class _Job:
    """A stage of a booking to be staffed, over [begin, until)."""

    booking: int
    stage: StageTime
    begin: int
    until: int
    chair: str | None
    wished: str | None


def seat_bookings(problem: Problem, horizon: Horizon) -> tuple[Placement, ...]:
    """A placement for every booking of the horizon, at its place in the book."""
    staffing = RoomsAndPeople(problem)
    by_date: dict[date, list[Booking]] = defaultdict(list)
    for booking in problem.bookings:
        if booking.date in horizon:
            by_date[booking.date].append(booking)
    return tuple(
        placement
        for day, bookings in sorted(by_date.items())
        for placement in _seat_date(problem, staffing, day, bookings)
    )


def _seat_date(
    problem: Problem, staffing: RoomsAndPeople, day: date, bookings: Sequence[Booking]
) -> list[Placement]:
    stages = [stages_of(problem, booking.visit) for booking in bookings]
    chairs = _chairs(problem, staffing, day, bookings, stages)
    staff = _staff(problem, staffing, day, bookings=bookings, stages=stages, chairs=chairs)
    doctors = _doctors(problem, staffing, day, bookings, stages)
    return [
        make_placement(
            booking.visit.id,
            day,
            to_minutes(booking.start),
            stages[index],
            Seats(chairs[index], staff[index], *doctors[index]),
        )
        for index, booking in enumerate(bookings)
    ]


def booked_stages(problem: Problem, booking: Booking, stages: Sequence[StageTime]) -> set[int]:
    """Stages that the book's chair is meant for: those of its kind, else the first with a chair."""
    if booking.chair is None:
        return set()
    with_chair = [stage for stage in stages if stage.chair_kind is not None]
    kind = problem.chairs[booking.chair].kind
    of_kind = {stage.index for stage in with_chair if stage.chair_kind is kind}
    return of_kind or {stage.index for stage in with_chair[:1]}


def _chairs(
    problem: Problem,
    staffing: RoomsAndPeople,
    day: date,
    bookings: Sequence[Booking],
    stages: Sequence[Sequence[StageTime]],
) -> list[tuple[str | None, ...]]:
    lanes = DayBook(problem, day).chairs
    chairs: list[list[str | None]] = [[None] * len(own) for own in stages]
    rest: list[tuple[int, int, StageTime]] = []
    for index, booking in enumerate(bookings):
        booked, start = booked_stages(problem, booking, stages[index]), to_minutes(booking.start)
        for stage in stages[index]:
            if stage.index in booked and booking.chair is not None:
                chairs[index][stage.index] = booking.chair
                lanes.hold(booking.chair, start + stage.start, start + stage.busy_until)
            elif stage.chair_kind is not None:
                rest.append((start + stage.start, index, stage))
    for begin, index, stage in sorted(rest, key=lambda item: item[:2]):
        until = begin + stage.busy_until - stage.start
        procedure = problem.procedures[bookings[index].visit.procedure]
        assert stage.chair_kind is not None
        rows = staffing.chair_rows(stage.chair_kind, procedure.procedure_class)
        free = [
            (bool(staffing.overflow[row]), lanes.gap(row, begin, until), int(row))
            for row in rows
            if lanes.is_free(row, begin, until)
        ]
        if free:
            chairs[index][stage.index] = chair = lanes.ids[min(free)[2]]
            lanes.hold(chair, begin, until)
    return [tuple(own) for own in chairs]


def _staff(
    problem: Problem,
    staffing: RoomsAndPeople,
    day: date,
    *,
    bookings: Sequence[Booking],
    stages: Sequence[Sequence[StageTime]],
    chairs: Sequence[tuple[str | None, ...]],
) -> list[tuple[str | None, ...]]:
    jobs = [
        _Job(
            index,
            stage,
            to_minutes(booking.start) + stage.start,
            to_minutes(booking.start) + stage.busy_until,
            chairs[index][stage.index],
            booking.visit.preferred_assistant,
        )
        for index, booking in enumerate(bookings)
        for stage in stages[index]
        if stage.role is not None
    ]
    jobs.sort(key=lambda job: (job.begin, job.booking))
    present = [present_intervals(problem.practice, who, day) for who in problem.practice.staff]
    names = [person.id for person in problem.practice.staff]

    def serve(order: Sequence[int]) -> list[str | None]:
        lanes, keepers = Lanes(names, present), defaultdict[str, list[tuple[int, str]]](list)
        chosen: list[str | None] = [None] * len(jobs)
        for at in order:
            chosen[at] = _person(lanes, staffing, jobs[at], keepers)
        return chosen

    staff: list[list[str | None]] = [[None] * len(own) for own in stages]
    for job, name in zip(jobs, best_order(len(jobs), serve), strict=True):
        staff[job.booking][job.stage.index] = name
    return [tuple(own) for own in staff]


def _person(
    lanes: Lanes, staffing: RoomsAndPeople, job: _Job, keepers: dict[str, list[tuple[int, str]]]
) -> str | None:
    """Holds and returns the wished assistant, else who has least skills to spare, keeps the column,
    and fits tightest; None where nobody is free.
    """
    assert job.stage.role is not None
    earlier = [entry for entry in keepers[job.chair or ""] if entry[0] < job.begin]
    keeper = max(earlier)[1] if earlier else None
    free = [
        (
            lanes.ids[row] != job.wished,
            int(staffing.skills[row]),
            lanes.ids[row] != keeper,
            lanes.gap(row, job.begin, job.until),
            int(row),
        )
        for row in staffing.staff_rows(job.stage.role, job.stage.skill)
        if lanes.is_free(row, job.begin, job.until)
    ]
    if not free:
        return None
    name = lanes.ids[min(free)[-1]]
    lanes.hold(name, job.begin, job.until)
    keepers[job.chair or ""].append((job.begin, name))
    return name


def _doctors(
    problem: Problem,
    staffing: RoomsAndPeople,
    day: date,
    bookings: Sequence[Booking],
    stages: Sequence[Sequence[StageTime]],
) -> list[tuple[str | None, tuple[int, ...]]]:
    times = [[time for stage in own for time in stage.doctor] for own in stages]
    jobs = [index for index in range(len(bookings)) if times[index]]
    jobs.sort(key=lambda index: to_minutes(bookings[index].start) + times[index][0].offset)

    def serve(order: Sequence[int]) -> list[tuple[str, tuple[int, ...]] | None]:
        lanes = DoctorLanes(problem, day)
        chosen: list[tuple[str, tuple[int, ...]] | None] = [None] * len(jobs)
        for at in order:
            chosen[at] = _doctor(lanes, staffing, bookings[jobs[at]], times[jobs[at]])
        return chosen

    served = dict(zip(jobs, best_order(len(jobs), serve), strict=True))
    return [served.get(index) or (None, (0,) * len(own)) for index, own in enumerate(times)]


def _doctor(
    lanes: DoctorLanes, staffing: RoomsAndPeople, booking: Booking, times: Sequence[DoctorTime]
) -> tuple[str, tuple[int, ...]] | None:
    start, visit = to_minutes(booking.start), booking.visit
    for row in staffing.doctor_rows(visit.required_doctor, visit.preferred_doctor):
        choice = int(lanes.choices(row, times, np.array([start]))[0])
        if choice >= 0:
            floats, name = floats_of(times, lanes.grid)[choice], lanes.lanes.ids[row]
            for time, float_minutes in zip(times, floats, strict=True):
                begin = start + time.offset + float_minutes
                lanes.hold(name, begin, begin + time.minutes)
            return name, floats
    return None
