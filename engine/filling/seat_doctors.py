"""Doctors for kept bookings, so that as few as possible stay without one."""

from collections.abc import Sequence

import numpy as np

from engine.filling.best_order import best_order
from engine.filling.booked_date import BookedDate
from engine.filling.doctor_lanes import DoctorLanes, floats_of
from engine.filling.rooms_and_people import RoomsAndPeople
from engine.practice import Visit
from engine.practice.pattern import DoctorTime

Given = tuple[str, tuple[int, ...]]
"""A doctor, and by how many minutes each piece of doctor time is later than its pattern says."""


def seat_doctors(booked: BookedDate) -> list[tuple[str | None, tuple[int, ...]]]:
    """By booking: doctor and floats; no doctor where none is needed, or none can come."""
    times = [[time for stage in stages for time in stage.doctor] for stages in booked.stages]
    jobs = [index for index, own in enumerate(times) if own]
    jobs.sort(key=lambda index: booked.start(index) + times[index][0].offset)

    def serve(order: Sequence[int]) -> list[Given | None]:
        lanes = DoctorLanes(booked.problem, booked.day)
        given: list[Given | None] = [None] * len(jobs)
        for at in order:
            index = jobs[at]
            visit, start = booked.bookings[index].visit, booked.start(index)
            given[at] = _doctor(lanes, booked.staffing, visit, start, times[index])
        return given

    served = dict(zip(jobs, best_order(len(jobs), serve), strict=True))
    return [served.get(index) or (None, (0,) * len(own)) for index, own in enumerate(times)]


def _doctor(
    lanes: DoctorLanes,
    staffing: RoomsAndPeople,
    visit: Visit,
    start: int,
    times: Sequence[DoctorTime],
) -> Given | None:
    """Holds and returns the first doctor who can come, with the earliest floats."""
    for row in staffing.doctor_rows(visit.required_doctor, visit.preferred_doctor):
        choice = int(lanes.choices(row, times, np.array([start]))[0])
        if choice >= 0:
            floats, name = floats_of(times, lanes.grid)[choice], lanes.lanes.ids[row]
            for time, float_minutes in zip(times, floats, strict=True):
                begin = start + time.offset + float_minutes
                lanes.hold(name, begin, begin + time.minutes)
            return name, floats
    return None
