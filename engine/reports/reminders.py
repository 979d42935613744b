"""Whom to remind: visits of tomorrow and of the coming week, the largest expected loss first.

Visits of one patient on one date stand together, at the place of their loss together: one call.

Expected loss is the chance of a miss times the chair and doctor minutes that a miss would cost,
as in the figure `lost_minutes` of the objective: at slot prices where the practice has them. Nobody
is booked twice for it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.kpi.filled import Filled
from engine.practice import AVERAGE_PERCENT, Problem, Visit
from engine.practice.calendar import is_open
from engine.schedule import Schedule

REMINDER_DAYS = 7
"""Of the list: the office works through it once a week, and through tomorrow's every day."""

PROPOSED = "proposed"
"""State of a new or moved time: its patient has not said yes, so nobody has been reminded yet."""

REMINDER_COLUMNS = (
    "order",
    "due",
    "patient",
    "visit",
    "procedure",
    "date",
    "start",
    "confirmation",
    "probability_of_miss",
    "minutes_at_stake",
    "slot_percent",
    "expected_lost_minutes",
)
"""Columns of reminders.csv."""


class Due(StrEnum):
    """When a visit is, seen from now."""

    TOMORROW = "tomorrow"
    COMING_WEEK = "coming week"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One visit. `minutes_at_stake`: chair and doctor minutes together.

    `worth_at_stake`: the same in minutes of an average slot.
    """

    due: Due
    patient: str
    visit: str
    procedure: str
    time: dt.datetime
    confirmation: str
    chance_of_miss: float
    minutes_at_stake: int
    worth_at_stake: float

    @property
    def day(self) -> tuple[str, dt.date]:
        """Patient and date: one reminder is enough for all visits of a day."""
        return self.patient, self.time.date()

    @property
    def expected_lost_minutes(self) -> float:
        """Chance of a miss times what the minutes at stake are worth."""
        return self.chance_of_miss * self.worth_at_stake

    @property
    def slot_percent(self) -> int:
        """Worth of its minutes, per cent of average ones."""
        share = self.worth_at_stake / self.minutes_at_stake if self.minutes_at_stake else 1.0
        return round(AVERAGE_PERCENT * share)

    def as_row(self, order: int) -> dict[str, Any]:
        """The row of reminders.csv."""
        values = (
            order,
            self.due.value,
            self.patient,
            self.visit,
            self.procedure,
            self.time.date(),
            f"{self.time:%H:%M}",
            self.confirmation,
            f"{self.chance_of_miss:.3f}",
            self.minutes_at_stake,
            self.slot_percent,
            f"{self.expected_lost_minutes:.2f}",
        )
        return dict(zip(REMINDER_COLUMNS, values, strict=True))


def list_reminders(problem: Problem, schedule: Schedule) -> tuple[Reminder, ...]:
    """Visits of the next open date, then of the rest of `REMINDER_DAYS` days from it on.

    In the dates of the schedule as it has them, on other dates as the book does.
    """
    filled = Filled(problem, schedule)
    tomorrow = _next_open_date(problem)
    last = tomorrow + dt.timedelta(days=REMINDER_DAYS - 1)
    found = []
    for visit, time, confirmation in _times(filled):
        if tomorrow <= time.date() <= last:
            due = Due.TOMORROW if time.date() == tomorrow else Due.COMING_WEEK
            chance = filled.costs.no_show(visit.id, time.date(), time.hour)
            at_stake = filled.costs.minutes_at_stake(visit.id)
            worth = filled.costs.worth_at_stake(visit.id, time.date(), time.hour)
            found.append(
                Reminder(
                    due,
                    visit.patient,
                    visit.id,
                    visit.procedure,
                    time,
                    confirmation,
                    chance,
                    at_stake,
                    worth,
                )
            )
    lost: defaultdict[tuple[str, dt.date], float] = defaultdict(float)
    for one in found:
        lost[one.day] += one.expected_lost_minutes
    found.sort(
        key=lambda one: (
            one.due is Due.COMING_WEEK,
            -lost[one.day],
            one.day,
            -one.expected_lost_minutes,
            one.time,
            one.visit,
        )
    )
    return tuple(found)


def _times(filled: Filled) -> Iterator[tuple[Visit, dt.datetime, str]]:
    """Every visit with a time, and what its patient has said."""
    for placed in filled.schedule.placements:
        booking = filled.problem.booking_of.get(placed.visit)
        kept = booking is not None and filled.is_kept(placed)
        said = booking.confirmation.value if booking is not None and kept else PROPOSED
        yield filled.visit_of(placed), dt.datetime.combine(placed.date, placed.start), said
    for booking in filled.problem.bookings:
        if booking.date not in filled.schedule.horizon:
            time = dt.datetime.combine(booking.date, booking.start)
            yield booking.visit, time, booking.confirmation.value


def _next_open_date(problem: Problem) -> dt.date:
    """The next open date after today; tomorrow where the practice never opens again."""
    today = problem.as_of.date()
    days = (today + dt.timedelta(days=ahead) for ahead in range(1, 367))
    return next((day for day in days if is_open(problem.practice, day)), today + dt.timedelta(1))
