"""The book as minutes: bookings whose procedure and length are known, with their stages."""

import datetime as dt
from dataclasses import dataclass

from engine.practice import Booking, Horizon, Problem, Procedure
from engine.practice.pattern import StageTime, pattern_of
from engine.units import MINUTES_PER_DAY, Interval, clock_text, to_minutes
from engine.validation.visits import fits_length


@dataclass(frozen=True, slots=True)
class Booked:
    """A booking with its stages; `start`, `end` in minutes of its date."""

    booking: Booking
    procedure: Procedure
    stages: tuple[StageTime, ...]
    start: int
    end: int

    @property
    def id(self) -> str:
        """The id of the visit."""
        return self.booking.visit.id

    @property
    def where(self) -> str:
        """How messages name it."""
        return f"booking {self.id}"

    def busy(self, stage: StageTime) -> Interval:
        """When a stage holds chair and staff member: turnover included."""
        return self.start + stage.start, self.start + stage.busy_until

    @property
    def chair_stages(self) -> tuple[StageTime, ...]:
        """The stages that need a chair."""
        return tuple(stage for stage in self.stages if stage.chair_kind is not None)


def book_of(problem: Problem) -> list[Booked]:
    """All bookings that can be laid out inside their date, in the order of the book."""
    book = []
    for booking in problem.bookings:
        if fits_length(problem, booking.visit):
            procedure = problem.procedures[booking.visit.procedure]
            grid = problem.practice.grid_minutes
            stages = pattern_of(procedure, booking.visit.minutes, grid)
            start = to_minutes(booking.start)
            if start + stages[-1].end <= MINUTES_PER_DAY:
                book.append(Booked(booking, procedure, stages, start, start + stages[-1].end))
    return book


def is_looked_at(problem: Problem, day: dt.date, horizon: Horizon | None) -> bool:
    """True for dates of the horizon, or without one for all dates from now on."""
    return day >= problem.as_of.date() and (horizon is None or day in horizon)


def span_text(span: Interval) -> str:
    """`[09:00, 09:25)`."""
    return f"[{clock_text(span[0])}, {clock_text(span[1])})"
