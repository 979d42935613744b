"""Who and what is there when: hours, shifts, model days of a date. Minutes of local clock time."""

from datetime import date, timedelta

from engine.practice.base import WEEKDAYS, ClockTime
from engine.practice.model_days import ModelDay
from engine.practice.people import BlockKind, StaffBlock, StaffMember
from engine.practice.practice import Practice
from engine.practice.rooms import Chair
from engine.units import MINUTES_PER_DAY, Interval, merge, subtract, to_minutes


def _span(start: ClockTime | None, end: ClockTime | None) -> Interval:
    return (
        to_minutes(start) if start is not None else 0,
        to_minutes(end) if end is not None else MINUTES_PER_DAY,
    )


def open_intervals(practice: Practice, day: date) -> tuple[Interval, ...]:
    """Patient hours of a date; empty on a closure. Dated hours replace the weekly ones."""
    if any(closure.date == day for closure in practice.closures):
        return ()
    dated = [hours for hours in practice.hours if hours.date == day]
    weekly = [hours for hours in practice.hours if hours.weekday is WEEKDAYS[day.weekday()]]
    return merge(_span(hours.start, hours.end) for hours in dated or weekly)


def is_open(practice: Practice, day: date) -> bool:
    """True where patients are seen on that date."""
    return bool(open_intervals(practice, day))


def _away(block: StaffBlock, person: StaffMember, day: date) -> bool:
    named = not block.staff or person.id in block.staff
    return named and (day in block.dates or WEEKDAYS[day.weekday()] in block.weekdays)


def _shifts(person: StaffMember, day: date) -> list[Interval]:
    dated = [shift for shift in person.shifts if shift.date == day]
    weekly = [shift for shift in person.shifts if shift.weekday is WEEKDAYS[day.weekday()]]
    return [_span(shift.start, shift.end) for shift in dated or weekly]


def present_intervals(practice: Practice, person: StaffMember, day: date) -> tuple[Interval, ...]:
    """When a person works on patients: shifts less lunch, huddle, meetings, training, vacation."""
    away = (
        _span(block.start, block.end)
        for block in practice.staff_blocks
        if _away(block, person, day)
    )
    return subtract(_shifts(person, day), away)


def usable_intervals(practice: Practice, chair: Chair, day: date) -> tuple[Interval, ...]:
    """When a chair can hold a visit or its turnover: all day, less its own blocks."""
    holes = (_span(block.start, block.end) for block in chair.blocks if block.date == day)
    return subtract([(0, MINUTES_PER_DAY)], holes)


def model_day_on(practice: Practice, day: date) -> ModelDay | None:
    """The model day of a date: the dated choice, else the weekday's, else none (a free day)."""
    by_id = {model_day.id: model_day for model_day in practice.model_days}
    for choice in practice.model_day_dates:
        if choice.date == day:
            return by_id.get(choice.model_day)
    for choice in practice.model_day_dates:
        if choice.weekday is WEEKDAYS[day.weekday()]:
            return by_id.get(choice.model_day)
    return None


def working_days_between(practice: Practice, first: date, second: date) -> int:
    """Open days in (first, second]: from Friday to Monday it is 1 where the weekend is closed."""
    return sum(
        is_open(practice, first + timedelta(days=offset))
        for offset in range(1, (second - first).days + 1)
    )


class OpenDays:
    """`working_days_between` for many pairs of dates: every date is looked at once."""

    def __init__(self, practice: Practice) -> None:
        self._practice = practice
        self._open: dict[date, bool] = {}
        self._known: dict[tuple[date, date], int] = {}

    def between(self, first: date, second: date) -> int:
        """Open days in (first, second]."""
        if (first, second) not in self._known:
            days = [first + timedelta(days=k) for k in range(1, (second - first).days + 1)]
            self._known[first, second] = sum(map(self._is_open, days))
        return self._known[first, second]

    def _is_open(self, day: date) -> bool:
        if day not in self._open:
            self._open[day] = is_open(self._practice, day)
        return self._open[day]


_OUT_OF_OFFICE = (BlockKind.VACATION, BlockKind.TRAINING)


def in_office_intervals(practice: Practice, person: StaffMember, day: date) -> tuple[Interval, ...]:
    """When a person is in the building: shifts less vacation and training, lunch included."""
    away = (
        _span(block.start, block.end)
        for block in practice.staff_blocks
        if block.kind in _OUT_OF_OFFICE and _away(block, person, day)
    )
    return subtract(_shifts(person, day), away)
