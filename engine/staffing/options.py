"""When a request can take place: everybody it is about is there and has nothing else."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from engine.practice import WEEKDAYS, Problem
from engine.practice.calendar import in_office_intervals, present_intervals
from engine.practice.staff_requests import StaffRequest
from engine.units import MINUTES_PER_DAY, Interval, subtract

STEP_MINUTES = 30
"""Meetings and training begin on half hours, or where people come and go."""


@dataclass(frozen=True, slots=True)
class Option:
    """A request at a time: who is away when. `dates` are the working days of it, in order."""

    request: StaffRequest
    people: tuple[str, ...]
    dates: tuple[dt.date, ...]
    span: Interval

    def away_on(self, day: dt.date) -> dict[str, list[Interval]]:
        """Who is away when on a date."""
        if day not in self.dates:
            return {}
        return {who: [self.span] for who in self.people}

    def clashes_with(self, other: "Option") -> bool:
        """True where somebody would have to be in both."""
        return (
            bool(set(self.people) & set(other.people))
            and bool(set(self.dates) & set(other.dates))
            and self.span[0] < other.span[1]
            and other.span[0] < self.span[1]
        )


def options_of(
    problem: Problem, request: StaffRequest, dates: tuple[dt.date, ...]
) -> tuple[Option, ...]:
    """Every time that the request could have on these dates, the earliest first."""
    days = [day for day in dates if _allowed(request, day)]
    people = request.staff or tuple(person.id for person in problem.practice.staff)
    found = _whole_days if request.days else _inside_days
    return tuple(found(problem, request, people, days))


def _allowed(request: StaffRequest, day: dt.date) -> bool:
    early = request.earliest is not None and day < request.earliest
    late = request.latest is not None and day > request.latest
    weekday = WEEKDAYS[day.weekday()]
    return not early and not late and (not request.weekdays or weekday in request.weekdays)


def _inside_days(
    problem: Problem, request: StaffRequest, people: tuple[str, ...], days: list[dt.date]
) -> Iterator[Option]:
    length = request.minutes or 0
    for day in days:
        starts = {
            start
            for low, high in _all_present(problem, people, day)
            if high - low >= length
            for start in (
                low,
                high - length,
                *range(-(-low // STEP_MINUTES) * STEP_MINUTES, high - length + 1, STEP_MINUTES),
            )
        }
        for start in sorted(starts):
            yield Option(request, people, (day,), (start, start + length))


def _all_present(problem: Problem, people: tuple[str, ...], day: dt.date) -> tuple[Interval, ...]:
    """When all of them work: the day less every minute at which one of them does not."""
    whole: Interval = (0, MINUTES_PER_DAY)
    absent: list[Interval] = []
    for who in people:
        present = present_intervals(problem.practice, problem.staff[who], day)
        absent += subtract([whole], present)
    return subtract([whole], absent)


def _whole_days(
    problem: Problem, request: StaffRequest, people: tuple[str, ...], days: list[dt.date]
) -> Iterator[Option]:
    """Working days of all of them, one after the other; days on which nobody works lie between."""
    working = [
        day
        for day in days
        if all(in_office_intervals(problem.practice, problem.staff[who], day) for who in people)
    ]
    length = request.days or 0
    for first in range(len(working) - length + 1):
        chosen = working[first : first + length]
        between = [day for day in days if chosen[0] <= day <= chosen[-1] and day not in chosen]
        if any(_works(problem, people, day) for day in between):
            continue  # some of them work on a day in between: that would be two absences
        yield Option(request, people, tuple(chosen), (0, MINUTES_PER_DAY))


def _works(problem: Problem, people: tuple[str, ...], day: dt.date) -> bool:
    return any(in_office_intervals(problem.practice, problem.staff[who], day) for who in people)
