"""The first date that the book leaves to a visit which follows a booked one."""

from datetime import date, timedelta

from engine.practice import Follows, Problem, Visit
from engine.practice.calendar import OpenDays

_LONGEST_WAIT_DAYS = 366
"""A practice that does not open within a year of the first visit is not waited for."""


def first_after_booked(problem: Problem, visit: Visit) -> date:
    """Where its visits before it stay as they are booked; `date.min` where none is booked."""
    booked = ((link, problem.booking_of.get(link.visit)) for link in visit.follows)
    calendar = OpenDays(problem.practice)
    days = (_first(calendar, link, one.date) for link, one in booked if one is not None)
    return max(days, default=date.min)


def _first(calendar: OpenDays, link: Follows, before: date) -> date:
    day = before + timedelta(days=link.min_days)
    last = before + timedelta(days=_LONGEST_WAIT_DAYS)
    while day < last and calendar.between(before, day) < link.min_working_days:
        day += timedelta(days=1)
    return day
