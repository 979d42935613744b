"""A problem with its schedule, and what several KPIs read off them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from engine.practice import Booking, Problem, Visit
from engine.risk.visit_costs import PersonalCosts
from engine.schedule import PlacedSegment, Placement, Schedule
from engine.units import Interval, to_minutes


@dataclass(frozen=True)
class Filled:
    """The question and the answer that are measured; nothing else enters a KPI."""

    problem: Problem
    schedule: Schedule

    @cached_property
    def costs(self) -> PersonalCosts:
        """Personal costs of every visit, by date and hour."""
        return PersonalCosts(self.problem, self.schedule.horizon)

    @cached_property
    def fresh(self) -> tuple[Placement, ...]:
        """Placements that are new or moved: their visit has no booking at that date and start."""
        return tuple(placed for placed in self.schedule.placements if not self.is_kept(placed))

    @cached_property
    def booked(self) -> tuple[Booking, ...]:
        """Bookings whose date in the book lies in the horizon."""
        horizon = self.schedule.horizon
        return tuple(booking for booking in self.problem.bookings if booking.date in horizon)

    @cached_property
    def without_time(self) -> tuple[Visit, ...]:
        """Visits that have no time in these dates: unplaced, or displaced from the book."""
        ids = (*(unplaced.visit for unplaced in self.schedule.unplaced), *self.schedule.displaced)
        return tuple(self.problem.all_visits[visit] for visit in ids)

    @cached_property
    def doctor_minutes(self) -> dict[date, tuple[Interval, ...]]:
        """Doctor time by date, one interval per segment, whoever gives it (or nobody can)."""
        table: dict[date, list[Interval]] = {}
        for placed in self.schedule.placements:
            spans = [span(segment) for segment in placed.segments if segment.doctor_time]
            table.setdefault(placed.date, []).extend(spans)
        return {day: tuple(spans) for day, spans in table.items()}

    @cached_property
    def _by_date(self) -> dict[date, tuple[Placement, ...]]:
        table: dict[date, list[Placement]] = {}
        for placed in self.schedule.placements:
            table.setdefault(placed.date, []).append(placed)
        return {day: tuple(placements) for day, placements in table.items()}

    def on_date(self, day: date) -> tuple[Placement, ...]:
        """The placements of a date."""
        return self._by_date.get(day, ())

    def is_kept(self, placed: Placement) -> bool:
        """True for a booking at the date and start that the book gives it."""
        booking = self.problem.booking_of.get(placed.visit)
        return booking is not None and (booking.date, booking.start) == (placed.date, placed.start)

    def is_moved(self, placed: Placement) -> bool:
        """True for a booking that has got another date or start."""
        return placed.visit in self.problem.booking_of and not self.is_kept(placed)

    def visit_of(self, placed: Placement) -> Visit:
        """The visit that was placed."""
        return self.problem.all_visits[placed.visit]


def span(timed: PlacedSegment | Placement) -> Interval:
    """Minutes [start, end) of a segment, or of a whole visit without turnover."""
    return to_minutes(timed.start), to_minutes(timed.end)


@dataclass(frozen=True, slots=True)
class StageSpan:
    """One placed stage: minutes [start, end), chair and staff held until `busy_until`."""

    index: int
    start: int
    end: int
    busy_until: int
    chair: str | None
    staff: str | None


def stage_spans(problem: Problem, placed: Placement) -> Iterator[StageSpan]:
    """The stages of a placement with their times, in order."""
    procedure = problem.procedures[problem.all_visits[placed.visit].procedure]
    for index, stage in enumerate(procedure.stages):
        pieces = [segment for segment in placed.segments if segment.stage == index]
        if pieces:
            start, end = to_minutes(pieces[0].start), to_minutes(pieces[-1].end)
            busy_until = end + stage.turnover_minutes
            yield StageSpan(index, start, end, busy_until, pieces[0].chair, pieces[0].staff)
