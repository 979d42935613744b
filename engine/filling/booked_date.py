"""The bookings of one date, with their stages."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from engine.filling.rooms_and_people import RoomsAndPeople
from engine.practice import Booking, Horizon, Problem
from engine.practice.pattern import StageTime
from engine.units import to_minutes
from engine.yardsticks import stages_of


@dataclass(frozen=True, slots=True)
class BookedDate:
    """`stages`: of each booking, in minutes from its start."""

    problem: Problem
    staffing: RoomsAndPeople
    day: date
    bookings: tuple[Booking, ...]
    stages: tuple[tuple[StageTime, ...], ...]

    def start(self, index: int) -> int:
        """When a booking begins, in minutes of the day."""
        return to_minutes(self.bookings[index].start)


def booked_dates(problem: Problem, horizon: Horizon) -> list[BookedDate]:
    """The dates of the horizon that have bookings, in order."""
    staffing = RoomsAndPeople(problem)
    by_date: dict[date, list[Booking]] = defaultdict(list)
    for booking in problem.bookings:
        if booking.date in horizon:
            by_date[booking.date].append(booking)
    return [
        BookedDate(
            problem,
            staffing,
            day,
            tuple(bookings),
            tuple(stages_of(problem, booking.visit) for booking in bookings),
        )
        for day, bookings in sorted(by_date.items())
    ]
