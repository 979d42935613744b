"""The times that a visit could have, by dates and hours alone: what no schedule can go below."""

from datetime import date
from functools import cached_property

from engine.kpi.filled import Filled
from engine.practice import Booking, Visit
from engine.practice.calendar import open_intervals

Time = tuple[date, int | None]
"""A date and a clock hour (None: an average one)."""


class Choices:
    """Times by visit. Only dates count here (hours of the practice, due window, lab item,
    clearances), not who or what is free: the best of them is a lower bound.
    """

    def __init__(self, filled: Filled) -> None:
        self._filled = filled

    def of_visit(self, visit: Visit) -> tuple[Time, ...]:
        """Every admissible date and hour of a visit to place; the last one: it gets no time."""
        placed = (
            (day, hour)
            for day, hours in self._open_hours.items()
            if _may_be_on(visit, day)
            for hour in hours
        )
        return (*placed, (self._filled.costs.first_opening(visit.id), None))

    def of_booking(self, booking: Booking) -> tuple[Time, ...]:
        """Its time in the book; where it is movable, also the times of a visit to place."""
        others = self.of_visit(booking.visit) if booking.movable else ()
        return ((booking.date, booking.start.hour), *others)

    @cached_property
    def _open_hours(self) -> dict[date, tuple[int, ...]]:
        """Clock hours in which a visit may begin, by date from `as_of` on."""
        problem = self._filled.problem
        return {
            day: tuple(
                hour
                for start, end in open_intervals(problem.practice, day)
                for hour in range(start // 60, -(-end // 60))
            )
            for day in self._filled.schedule.horizon.dates
            if day >= problem.as_of.date()
        }


def _may_be_on(visit: Visit, day: date) -> bool:
    in_window = (visit.earliest is None or visit.earliest <= day) and (
        visit.latest is None or day <= visit.latest
    )
    in_house = visit.lab_ready is None or day > visit.lab_ready
    cleared = all(
        clearance.granted or (clearance.expected is not None and clearance.expected <= day)
        for clearance in visit.clearances
    )
    return in_window and in_house and cleared
