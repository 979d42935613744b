"""Chair and doctor minutes by day and hour: booked, proposed, held, open; doctor against limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engine.kpi.filled import Filled, stage_spans
from engine.kpi.filled import span as span_of
from engine.plot.free_chairs import free_chairs
from engine.plot.names import short_day
from engine.practice import ChairKind, Problem
from engine.practice.calendar import open_intervals, present_intervals
from engine.schedule import Schedule
from engine.units import Interval, overlap_minutes
from engine.yardsticks import doctor_limit_minutes


@dataclass(frozen=True, slots=True)
class HourLoad:
    """Minutes of one clock hour: clinic chairs with turnover, and doctors asked for and there."""

    hour: int
    booked: int
    proposed: int
    held: int
    open: int
    doctor: int
    doctor_limit: int
    doctor_present: int


@dataclass(frozen=True, slots=True)
class DayLoad:
    """The hours of one date with its counts of visits; no hours where nobody comes."""

    date: date
    title: str
    hours: tuple[HourLoad, ...]
    visits: int
    new: int
    moved: int


def week_load(problem: Problem, schedule: Schedule) -> tuple[DayLoad, ...]:
    """One entry per date of the schedule."""
    filled = Filled(problem, schedule)
    return tuple(day_load(filled, day) for day in schedule.horizon.dates)


def day_load(filled: Filled, day: date) -> DayLoad:
    """The hours of one date."""
    placements = filled.on_date(day)
    moved = sum(filled.is_moved(placed) for placed in placements)
    kept = sum(filled.is_kept(placed) for placed in placements)
    visits = [(start // 60, (end - 1) // 60) for start, end in map(span_of, placements)]
    opened = [
        (start // 60, (end - 1) // 60)
        for start, end in open_intervals(filled.problem.practice, day)
    ]
    reach = [*opened, *visits]
    hours = range(min(h for h, _ in reach), max(h for _, h in reach) + 1) if reach else ()
    return DayLoad(
        day,
        short_day(day),
        tuple(_hours(filled, day, hours)),
        len(placements),
        len(placements) - kept - moved,
        moved,
    )


def _hours(filled: Filled, day: date, hours: Sequence[int]) -> list[HourLoad]:
    problem = filled.problem
    booked, proposed = _clinic_spans(filled, day)
    free = free_chairs(filled, day)
    asked = filled.doctor_minutes.get(day, ())
    there = [
        piece
        for doctor in problem.doctors
        for piece in present_intervals(problem.practice, doctor, day)
    ]
    loads = []
    for hour in hours:
        span = (hour * 60, hour * 60 + 60)
        inside = [piece for piece in free if span[0] <= piece.minute < span[1]]
        loads.append(
            HourLoad(
                hour,
                _inside(booked, span),
                _inside(proposed, span),
                sum(piece.held for piece in inside),
                sum(piece.open for piece in inside),
                _inside(asked, span),
                doctor_limit_minutes(problem, day, hour),
                _inside(there, span),
            )
        )
    return loads


def _inside(spans: Sequence[Interval], span: Interval) -> int:
    return sum(overlap_minutes(piece, span) for piece in spans)


def _clinic_spans(filled: Filled, day: date) -> tuple[list[Interval], list[Interval]]:
    """When clinic chairs are taken with turnover: by what is in the book, and by proposals."""
    booked: list[Interval] = []
    proposed: list[Interval] = []
    for placed in filled.on_date(day):
        for stage in stage_spans(filled.problem, placed):
            if stage.chair and filled.problem.chairs[stage.chair].kind is ChairKind.CLINIC:
                spans = booked if filled.is_kept(placed) else proposed
                spans.append((stage.start, stage.busy_until))
    return booked, proposed
