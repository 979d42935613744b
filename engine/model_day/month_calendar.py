"""Days of a month held against the calendar: which dates a day type's weekdays are too many."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from engine.model_day.flow import WEEKS_A_MONTH
from engine.model_day.goals import DayTypeGoal, OtherDays
from engine.practice import WEEKDAYS, Problem
from engine.practice.calendar import is_open

DAYS_DATED = 365
"""For so many days dates are chosen; after them the weekdays alone count."""
_ODD = 0.1
"""A tenth of a day is what a month is planned to."""


def comes_a_month(day_type: DayTypeGoal) -> float:
    """How often the weekdays of a type come in an average month."""
    return len(day_type.weekdays) * WEEKS_A_MONTH


def worked_a_month(day_type: DayTypeGoal, planned: float) -> float:
    """Days a month that have the type's model day; `planned`: those that its places are for."""
    comes = comes_a_month(day_type)
    if day_type.other_days is OtherDays.SAME:
        return min(comes, day_type.at_most_a_month)
    return min(comes, planned)


def calendar_line(day_type: DayTypeGoal, planned: float) -> str | None:
    """What the calendar has beyond the plan, with numbers; None where the two agree."""
    comes, worked = comes_a_month(day_type), worked_a_month(day_type, planned)
    if not planned or comes <= planned + _ODD:
        return None
    head = f"{day_type.id}: its weekdays come {comes:.1f} times a month, planned are {planned:g}"
    parts = []
    if worked > planned + _ODD:
        parts.append(
            f"{worked:.1f} have the model day, so the calendar has {worked / planned - 1:.0%} more "
            "places than the goals ask for (plan more patient_days_per_month, or say other_days)"
        )
    if worked < comes - _ODD:
        what = "closed" if day_type.other_days is OtherDays.CLOSED else "open without a model day"
        parts.append(f"{comes - worked:.1f} a month are {what}, spread evenly")
    return "; ".join([head, *parts])


def other_dates(problem: Problem, day_type: DayTypeGoal, planned: float) -> tuple[dt.date, ...]:
    """Dates of the coming year on which the weekdays of a type are not such a day.

    Evenly spread: each calendar month has its share of the days worked, to a day. Dates with
    bookings are not closed, and a date for which the practice has a choice of its own is left out.
    """
    comes, worked = comes_a_month(day_type), worked_a_month(day_type, planned)
    if worked >= comes - _ODD:
        return ()
    booked = {one.date for one in problem.bookings}
    kept = booked if day_type.other_days is OtherDays.CLOSED else set()
    carried, others = 0.0, []
    for dates in _by_month(problem, day_type):
        due = carried + len(dates) * worked / comes
        count = max(0, min(len(dates), day_type.at_most_a_month, round(due)))
        chosen = _spread(dates, count, kept)
        carried = max(-1.0, min(1.0, due - len(chosen)))
        others += [day for day in dates if day not in chosen]
    return tuple(others)


def _by_month(problem: Problem, day_type: DayTypeGoal) -> list[list[dt.date]]:
    practice, today = problem.practice, problem.as_of.date()
    own = {choice.date for choice in practice.model_day_dates if choice.date is not None}
    months: dict[tuple[int, int], list[dt.date]] = defaultdict(list)
    for offset in range(1, DAYS_DATED + 1):
        day = today + dt.timedelta(days=offset)
        named = WEEKDAYS[day.weekday()] in day_type.weekdays
        if named and day not in own and is_open(practice, day):
            months[day.year, day.month].append(day)
    return list(months.values())


def _spread(dates: Sequence[dt.date], count: int, kept: Collection[dt.date]) -> set[dt.date]:
    """So many of the dates, evenly; those in `kept` whatever the count."""
    chosen = {day for day in dates if day in kept}
    rest = [day for day in dates if day not in chosen]
    more = max(0, count - len(chosen))
    return chosen | {rest[(2 * at + 1) * len(rest) // (2 * more)] for at in range(more)}
