"""The days of two schedules beside each other, only those on which anything differs."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from engine.plot.day_sheet import DaySheet, sheets_of
from engine.plot.day_view import DayView
from engine.plot.names import Names, day_text
from engine.plot.palette import class_colours
from engine.practice import Problem
from engine.practice.calendar import is_open
from engine.risk.visit_costs import PersonalCosts
from engine.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Side:
    """A problem with its schedule."""

    problem: Problem
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class TwinDay:
    """One date on both sides; `changed`: visits on one side alone, or at another time."""

    date: date
    title: str
    changed: int
    before: tuple[DaySheet, ...]
    after: tuple[DaySheet, ...]


def twin_days(before: Side, after: Side, names: Names) -> tuple[TwinDay, ...]:
    """A pair of sheets for each date on which a visit or an open hour differs."""
    found = []
    for day in before.schedule.horizon.dates:
        old, new = _times(before, day), _times(after, day)
        open_now = is_open(after.problem.practice, day)
        if old == new and is_open(before.problem.practice, day) == open_now:
            continue
        sheets = [_sheets(side, day, names) for side in (before, after)]
        changed = len({visit for visit, _ in old ^ new})
        found.append(TwinDay(day, day_text(day), changed, *sheets))
    return tuple(found)


def _times(side: Side, day: date) -> set[tuple[str, object]]:
    return {(one.visit, one.start) for one in side.schedule.placements if one.date == day}


def _sheets(side: Side, day: date, names: Names) -> tuple[DaySheet, ...]:
    """The day's pages; none where it is closed and empty."""
    placements = tuple(one for one in side.schedule.placements if one.date == day)
    if not placements and not is_open(side.problem.practice, day):
        return ()
    no_show = cache(PersonalCosts(side.problem, side.schedule.horizon).no_show)
    colours = class_colours(side.problem)
    return sheets_of(DayView(side.problem, day, placements, colours, names, no_show))
