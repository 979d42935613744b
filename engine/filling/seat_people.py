"""People for kept bookings, so that as few stages as possible stay without one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from engine.filling.best_order import best_order
from engine.filling.booked_date import BookedDate
from engine.filling.lanes import Lanes
from engine.filling.rooms_and_people import RoomsAndPeople
from engine.practice import Role
from engine.practice.calendar import present_intervals


@dataclass(frozen=True, slots=True)
class _Job:
    """A stage of a booking to be staffed over [begin, until)."""

    booking: int
    stage: int
    role: Role
    skill: str | None
    begin: int
    until: int
    chair: str
    wished: str | None


Keepers = dict[str, list[tuple[int, str]]]
"""By chair: who served there from when on."""


def seat_people(
    booked: BookedDate, chairs: Sequence[tuple[str | None, ...]]
) -> list[tuple[str | None, ...]]:
    """By booking and stage. None where nobody is needed, or nobody is free."""
    practice = booked.problem.practice
    jobs = _jobs(booked, chairs)
    present = [present_intervals(practice, person, booked.day) for person in practice.staff]
    names = [person.id for person in practice.staff]

    def serve(order: Sequence[int]) -> list[str | None]:
        lanes, keepers = Lanes(names, present), defaultdict[str, list[tuple[int, str]]](list)
        chosen: list[str | None] = [None] * len(jobs)
        for at in order:
            chosen[at] = _person(lanes, booked.staffing, jobs[at], keepers)
        return chosen

    staff: list[list[str | None]] = [[None] * len(stages) for stages in booked.stages]
    for job, name in zip(jobs, best_order(len(jobs), serve), strict=True):
        staff[job.booking][job.stage] = name
    return [tuple(stages) for stages in staff]


def _jobs(booked: BookedDate, chairs: Sequence[tuple[str | None, ...]]) -> list[_Job]:
    jobs = [
        _Job(
            booking=index,
            stage=stage.index,
            role=stage.role,
            skill=stage.skill,
            begin=booked.start(index) + stage.start,
            until=booked.start(index) + stage.busy_until,
            chair=chairs[index][stage.index] or "",
            wished=booking.visit.preferred_assistant,
        )
        for index, booking in enumerate(booked.bookings)
        for stage in booked.stages[index]
        if stage.role is not None
    ]
    return sorted(jobs, key=lambda job: (job.begin, job.booking, job.stage))


def _person(lanes: Lanes, staffing: RoomsAndPeople, job: _Job, keepers: Keepers) -> str | None:
    """Holds and returns somebody free, in the order of preference of `find_seats`."""
    earlier = [entry for entry in keepers[job.chair] if entry[0] < job.begin]
    keeper = max(earlier)[1] if earlier else None
    free = [
        (
            lanes.ids[row] != job.wished,
            int(staffing.skills[row]),
            lanes.ids[row] != keeper,
            lanes.gap(row, job.begin, job.until),
            int(row),
        )
        for row in staffing.staff_rows(job.role, job.skill)
        if lanes.is_free(row, job.begin, job.until)
    ]
    if not free:
        return None
    name = lanes.ids[min(free)[-1]]
    lanes.hold(name, job.begin, job.until)
    keepers[job.chair].append((job.begin, name))
    return name
