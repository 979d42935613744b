"""The morning meeting: what a team should know of one date before the first patient comes.

No arithmetic of its own: chances and minutes are those of `PersonalCosts`, backups those of
`backups.csv`, doctor minutes and limits those of the figures.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from engine.filling.seat_bookings import seat_bookings
from engine.kpi.chair_spaces import emergency_spaces, free_in_hours
from engine.kpi.filled import Filled
from engine.practice import Horizon, Problem, Purpose
from engine.practice.calendar import model_day_on, open_intervals
from engine.reports.backups import SlotBackups, list_backups
from engine.reports.huddle_visits import HuddleVisit, Missing, missing_for, visits_on
from engine.reports.staff_changes import Change, changes_on
from engine.schedule import Hold, Schedule
from engine.units import Interval, subtract, to_minutes


@dataclass(frozen=True, slots=True)
class HeldCell:
    """A cell that is kept for emergencies, in one column; `free`: what of it is still open."""

    cell: str
    procedure_class: str
    chair: str
    free: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Huddle:
    """One date. Lists are in the order in which they are gone through.

    `unconfirmed`: largest expected loss first; `emergencies_left`: that still fit into the held
    cells (None: the practice has no such procedure); `holds`: times kept for callers that day.
    """

    filled: Filled
    day: dt.date
    hours: tuple[Interval, ...]
    visits: tuple[HuddleVisit, ...]
    late: tuple[HuddleVisit, ...]
    unconfirmed: tuple[HuddleVisit, ...]
    risky: tuple[SlotBackups, ...]
    starts: tuple[HuddleVisit, ...]
    debonds: tuple[HuddleVisit, ...]
    missing: tuple[Missing, ...]
    held_cells: tuple[HeldCell, ...]
    emergencies_left: int | None
    holds: tuple[Hold, ...]
    changes: tuple[Change, ...]


def schedule_of_book(problem: Problem, day: dt.date) -> Schedule:
    """The book of one date as a schedule: nothing new in it."""
    horizon = Horizon(start=day, days=1)
    return Schedule(start=day, days=1, placements=seat_bookings(problem, horizon))


def make_huddle(
    problem: Problem, schedule: Schedule, day: dt.date, holds: Iterable[Hold] = ()
) -> Huddle:
    """The meeting of a date of the schedule. `holds`: times kept for callers, open or over."""
    on_day = tuple(one for one in schedule.placements if one.date == day)
    # The figures of one date: the rest of the schedule is in the way of no question asked here.
    only = schedule.model_copy(update={"start": day, "days": 1, "placements": on_day})
    filled = Filled(problem, only)
    visits = visits_on(filled, day)
    today = problem.as_of.date()
    return Huddle(
        filled=filled,
        day=day,
        hours=open_intervals(problem.practice, day),
        visits=visits,
        late=_late(visits),
        unconfirmed=_unconfirmed(visits),
        risky=list_backups(problem, schedule, day),
        starts=tuple(one for one in visits if one.purpose is Purpose.START),
        debonds=tuple(one for one in visits if one.purpose is Purpose.DEBOND),
        missing=tuple(gap for one in visits for gap in missing_for(one, today)),
        held_cells=_held_cells(filled, day),
        emergencies_left=emergency_spaces(filled),
        holds=tuple(
            one for one in holds if one.is_open(problem.as_of) and one.placement.date == day
        ),
        changes=changes_on(problem.practice, day),
    )


def _late(visits: tuple[HuddleVisit, ...]) -> tuple[HuddleVisit, ...]:
    """Past a completion date, the longest first; then overdue ones, the longest first."""
    late = (one for one in visits if one.days_past_ecd or one.days_overdue)
    return tuple(sorted(late, key=lambda one: (-one.days_past_ecd, -one.days_overdue, one.start)))


def _unconfirmed(visits: tuple[HuddleVisit, ...]) -> tuple[HuddleVisit, ...]:
    waiting = (one for one in visits if not one.is_confirmed)
    return tuple(
        sorted(waiting, key=lambda one: (-one.chance_of_miss * one.worth_at_stake, one.start))
    )


def _held_cells(filled: Filled, day: dt.date) -> tuple[HeldCell, ...]:
    """Cells on hold with something left of them, by start and chair."""
    problem = filled.problem
    model_day = model_day_on(problem.practice, day)
    found = []
    for cell in model_day.cells if model_day is not None else ():
        if cell.hold:
            outside = [(0, to_minutes(cell.start)), (to_minutes(cell.end), 24 * 60)]
            for column in cell.columns:
                free = subtract(free_in_hours(filled, problem.chairs[column], day), outside)
                if free:
                    found.append(HeldCell(cell.id, cell.procedure_class, column, free))
    return tuple(sorted(found, key=lambda one: (one.free[0], one.chair)))
