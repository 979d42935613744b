"""Patient hours changed, with the shifts that go along."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Literal

from engine.practice import WEEKDAYS, Horizon, Practice, Problem, Shift, StaffMember
from engine.practice.calendar import is_open, open_intervals
from engine.problems import PracticeProblem
from engine.units import MINUTES_PER_DAY, Interval, clock_text, to_clock, to_minutes
from engine.what_if.asked import Asked, Claim, fault
from engine.what_if.changes.change import Times
from engine.what_if.changes.dated_hours import HOURS, reached, with_hours
from engine.what_if.changes.staff import shifts_on


class HoursChanged(Times):
    """Patients are seen from `start` to `end`; a missing one stays as it is.

    `shifts` follow: whoever is there when the practice opened (or closed) so far, comes as much
    earlier (stays as much longer). On a date of its own hours, shifts of the weekday are held
    against the weekday's: they only follow beyond those. Shorter hours leave the shifts alone.
    """

    kind: Literal["hours"]
    shifts: Literal["follow", "stay"] = "follow"

    def faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """Neither start nor end, dates, times, and hours that leave nothing of a date."""
        if self.start is None and self.end is None:
            yield fault("times", where, "gives neither start nor end", "give at least one of them")
        wrong = list(self.day_faults(asked, where))
        yield from wrong or self._nothing_left(asked, where)

    def _nothing_left(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """Dates that open after they close, or on which only a break would be left."""
        practice = asked.problem.practice
        for day in self.days(asked.horizon):
            hours = open_intervals(practice, day)
            if hours and not reached(hours, self._new(hours)):
                usual = ", ".join(f"{clock_text(a)}-{clock_text(b)}" for a, b in hours)
                yield fault(
                    "no-hours",
                    where,
                    f"leaves nothing of {day}, when patients are seen {usual}",
                    "give start and end, or close the date with kind = 'day_closed'",
                )

    def claims(self, asked: Asked) -> Iterator[Claim]:
        """The patient hours of each date."""
        for day in self.days(asked.horizon):
            yield Claim(HOURS, day)

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """Hours and shifts of each open date, written for that date."""
        practice = problem.practice
        for day in self.days(horizon):
            if is_open(practice, day):
                practice = self._on(practice, day)
        return problem.model_copy(update={"practice": practice})

    def _on(self, practice: Practice, day: dt.date) -> Practice:
        hours = open_intervals(practice, day)
        old = hours[0][0], hours[-1][1]
        new = self._new(hours)
        changed: dict[str, object] = {"hours": with_hours(practice, day, reached(hours, new))}
        if self.shifts == "follow":
            usual = _usual(practice, day, old)
            changed["staff"] = tuple(follow(one, day, old, usual, new) for one in practice.staff)
        return practice.model_copy(update=changed)

    def _new(self, hours: Sequence[Interval]) -> Interval:
        """Opening and closing."""
        return (
            hours[0][0] if self.start is None else to_minutes(self.start),
            hours[-1][1] if self.end is None else to_minutes(self.end),
        )


def follow(
    person: StaffMember, day: dt.date, old: Interval, usual: Interval, new: Interval
) -> StaffMember:
    """The person with longer shifts on that date, where they end before the new hours do.

    `old`: the hours of the date so far; `usual`: those that weekly shifts are made for, no shorter.
    What a shift has before opening and after closing (set-up, tidying) it keeps.
    """
    weekly = all(shift.date != day for shift in person.shifts)
    opens, closes = (
        (at,) if weekly else (before, at) for before, at in zip(old, usual, strict=True)
    )
    shifts = []
    for shift in shifts_on(person, day):
        start, end = to_minutes(shift.start), to_minutes(shift.end)
        opened = min((at for at in opens if start <= at), default=None)
        closed = max((at for at in closes if end >= at), default=None)
        if opened is not None:
            start = max(0, min(start, new[0] - (opened - start)))
        if closed is not None:
            end = min(MINUTES_PER_DAY - 1, max(end, new[1] + (end - closed)))
        shifts.append(Shift(date=day, start=to_clock(start), end=to_clock(end)))
    others = tuple(shift for shift in person.shifts if shift.date != day)
    return person.model_copy(update={"shifts": (*others, *shifts)})


def _usual(practice: Practice, day: dt.date, old: Interval) -> Interval:
    """From the earlier opening to the later closing of a date and of its weekday."""
    weekly = [hours for hours in practice.hours if hours.weekday is WEEKDAYS[day.weekday()]]
    return (
        min((old[0], *(to_minutes(hours.start) for hours in weekly))),
        max((old[1], *(to_minutes(hours.end) for hours in weekly))),
    )
