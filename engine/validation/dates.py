"""Dates that stand for the practice's ordinary life, and how dates are written in messages."""

import datetime as dt

from engine.practice import WEEKDAYS, Horizon, Problem

DAYS_LOOKED_AHEAD = 28
"""Four weeks hold every weekday in every shape that weekly hours and shifts can give it."""

LONGEST_HORIZON_DAYS = 400


def days_from(start: dt.date, count: int) -> tuple[dt.date, ...]:
    """`count` dates from `start` on, fewer at the end of the calendar."""
    left = dt.date.max.toordinal() - start.toordinal() + 1
    return tuple(start + dt.timedelta(days=offset) for offset in range(min(count, left)))


def is_sound(horizon: Horizon) -> bool:
    """True where the horizon has 1 to 400 days inside the calendar."""
    if not 1 <= horizon.days <= LONGEST_HORIZON_DAYS:
        return False
    return len(days_from(horizon.start, horizon.days + 1)) == horizon.days + 1


def first_date(problem: Problem, horizon: Horizon | None) -> dt.date:
    """The first date on which a visit can be placed."""
    today = problem.as_of.date()
    return today if horizon is None else max(today, horizon.start)


def ordinary_dates(problem: Problem, horizon: Horizon | None) -> tuple[dt.date, ...]:
    """The dates of the horizon and the four weeks from its first date on."""
    ahead = set(days_from(first_date(problem, horizon), DAYS_LOOKED_AHEAD))
    return tuple(sorted(ahead.union(horizon.dates if horizon is not None else ())))


def day_text(day: dt.date) -> str:
    """`Tue 2026-12-01`."""
    return f"{WEEKDAYS[day.weekday()].capitalize()} {day.isoformat()}"
