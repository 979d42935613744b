"""Chair and doctor minutes by day and hour: booked, proposed, held, open; doctor against limit."""

from dataclasses import dataclass
from datetime import date

from engine.plot.names import short_day
from engine.plot.visit_signs import Standing, standing_of
from engine.practice import Chair, ChairKind, Problem, Role
from engine.practice.calendar import (
    model_day_on,
    open_intervals,
    present_intervals,
    usable_intervals,
)
from engine.schedule import Schedule
from engine.units import Interval, overlap_minutes, to_minutes
from engine.yardsticks import doctor_limit_minutes


@dataclass(frozen=True, slots=True)
class HourLoad:
    """Clinic chair minutes of one clock hour, turnover included, and doctor minutes."""

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
    """The hours of one date; `closed` where no patient is seen."""

    date: date
    title: str
    closed: bool
    hours: tuple[HourLoad, ...]
    visits: int
    new: int
    moved: int

    @property
    def doctor_peak(self) -> tuple[float, int]:
        """Highest hourly share of present doctor minutes that is asked for, and its hour."""
        return max(
            ((bar.doctor / bar.doctor_present, bar.hour) for bar in self.hours if bar.doctor_present),
            default=(0.0, 0),
        )


def clinic_chairs(problem: Problem) -> tuple[Chair, ...]:
    """The chairs with an assistant of their own."""
    return tuple(
        chair
        for chair in problem.practice.chairs
        if chair.kind is ChairKind.CLINIC and not chair.overflow
    )


Use = tuple[Interval, str, bool]
"""When a chair is taken with turnover, which chair, and whether it is a proposal."""


def chair_uses(problem: Problem, schedule: Schedule, day: date) -> list[Use]:
    """Every stage in a clinic chair on a date."""
    uses: list[Use] = []
    for placement in schedule.placements:
        if placement.date != day:
            continue
        stages = problem.procedures[problem.all_visits[placement.visit].procedure].stages
        proposed = standing_of(problem, placement) in (Standing.NEW, Standing.MOVED)
        for index in dict.fromkeys(segment.stage for segment in placement.segments):
            parts = [segment for segment in placement.segments if segment.stage == index]
            if parts[0].chair and problem.chairs[parts[0].chair].kind is ChairKind.CLINIC:
                end = to_minutes(parts[-1].end) + stages[index].turnover_minutes
                uses.append(((to_minutes(parts[0].start), end), parts[0].chair, proposed))
    return uses


def week_load(problem: Problem, schedule: Schedule) -> tuple[DayLoad, ...]:
    """One entry per date of the schedule; dates without patient hours or visits are `closed`."""
    return tuple(_day(problem, schedule, day) for day in schedule.horizon.dates)


def _day(problem: Problem, schedule: Schedule, day: date) -> DayLoad:
    placements = [p for p in schedule.placements if p.date == day]
    standings = [standing_of(problem, p) for p in placements]
    uses = chair_uses(problem, schedule, day)
    spans = [*open_intervals(problem.practice, day), *(span for span, _, _ in uses)]
    hours: tuple[HourLoad, ...] = ()
    if spans:
        free = _free_minutes(problem, day, uses)
        first, last = min(s for s, _ in spans) // 60, -(-max(e for _, e in spans) // 60)
        hours = tuple(
            _hour(problem, schedule, day, hour, uses, free) for hour in range(first, last)
        )
    return DayLoad(
        day,
        short_day(day),
        not spans,
        hours,
        len(placements),
        standings.count(Standing.NEW),
        standings.count(Standing.MOVED),
    )


def _free_minutes(problem: Problem, day: date, uses: list[Use]) -> dict[int, tuple[int, int]]:
    """Held and open chair minutes of each grid step: free, usable, and with an assistant."""
    practice, step = problem.practice, problem.practice.grid_minutes
    chairs = [(chair.id, usable_intervals(practice, chair, day)) for chair in clinic_chairs(problem)]
    shifts = [
        present_intervals(practice, person, day)
        for person in practice.staff
        if person.role is Role.ASSISTANT
    ]
    model_day = model_day_on(practice, day)
    holds = [
        ((to_minutes(cell.start), to_minutes(cell.end)), cell.columns)
        for cell in (model_day.cells if model_day else ())
        if cell.hold
    ]
    free: dict[int, tuple[int, int]] = {}
    for opening in open_intervals(practice, day):
        for minute in range(*opening, step):
            taken = {chair for span, chair, _ in uses if span[0] <= minute < span[1]}
            empty = [
                name
                for name, usable in chairs
                if name not in taken and any(s <= minute < e for s, e in usable)
            ]
            kept = sum(
                any(s <= minute < e and name in columns for (s, e), columns in holds)
                for name in empty
            )
            present = sum(any(s <= minute < e for s, e in shift) for shift in shifts)
            staffed = max(0, present - len(taken))
            held = min(kept, staffed)
            free[minute] = (held * step, min(len(empty) - kept, staffed - held) * step)
    return free


def _hour(
    problem: Problem,
    schedule: Schedule,
    day: date,
    hour: int,
    uses: list[Use],
    free: dict[int, tuple[int, int]],
) -> HourLoad:
    span = (hour * 60, hour * 60 + 60)
    minutes = [free.get(minute, (0, 0)) for minute in range(*span)]
    present = sum(
        overlap_minutes(piece, span)
        for doctor in problem.doctors
        for piece in present_intervals(problem.practice, doctor, day)
    )
    asked = sum(
        overlap_minutes((to_minutes(segment.start), to_minutes(segment.end)), span)
        for placement in schedule.placements
        if placement.date == day
        for segment in placement.segments
        if segment.doctor_time
    )
    return HourLoad(
        hour,
        sum(overlap_minutes(used, span) for used, _, proposed in uses if not proposed),
        sum(overlap_minutes(used, span) for used, _, proposed in uses if proposed),
        sum(held for held, _ in minutes),
        sum(left for _, left in minutes),
        asked,
        doctor_limit_minutes(problem, day, hour),
        present,
    )
