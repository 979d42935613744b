"""A day opened, or closed."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from engine.practice import (
    WEEKDAYS,
    BlockKind,
    ClockTime,
    Closure,
    Horizon,
    Id,
    ModelDayDate,
    Practice,
    Problem,
    Shift,
    StaffBlock,
    StaffMember,
    Weekday,
)
from engine.practice.calendar import is_open, open_intervals, present_intervals
from engine.problems import PracticeProblem
from engine.units import Interval, merge, overlaps, to_clock, to_minutes
from engine.what_if.asked import Asked, Claim, fault
from engine.what_if.changes.change import Change, Days, span_faults, unknown, with_practice
from engine.what_if.changes.dated_hours import HOURS, reached, with_hours
from engine.what_if.changes.hours import follow
from engine.what_if.changes.staff import shifts_on


class DayOpened(Change):
    """Patients are also seen on `date`.

    `like`: with the hours, model day, shifts and lunches of that weekday; `start` and `end` win
    over its hours, and shifts follow. Without it a closure is lifted and the date is as its weekday
    always is. `staff`: who works, without a shift on that date from opening to closing; none named:
    everybody who has a shift.
    """

    rank: ClassVar[int] = 0

    kind: Literal["day_opened"]
    date: dt.date
    like: Weekday | None = None
    start: ClockTime | None = None
    end: ClockTime | None = None
    staff: tuple[Id, ...] = ()

    def faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """A date outside or open anyway, no hours, unknown people, times, and nobody who works."""
        wrong = list(self._own_faults(asked, where))
        yield from wrong
        if not wrong and not asked.staff and not self._worked(asked):
            yield fault(
                "nobody-works",
                where,
                f"nobody works on {self.date} while it is open",
                "name staff, or give like with a weekday on which people work",
            )

    def _own_faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        practice, days = asked.problem.practice, asked.horizon.dates
        yield from unknown("staff", self.staff, (*asked.problem.staff, *asked.staff), where)
        if self.date not in asked.horizon:
            yield fault(
                "date-outside",
                where,
                f"{self.date} is outside the dates that are filled, {days[0]} to {days[-1]}",
                "choose a date inside, or fill other dates",
            )
        elif is_open(practice, self.date):
            yield fault(
                "date-open",
                where,
                f"patients are seen on {self.date} anyway",
                "choose a closed date, or change its hours with kind = 'hours'",
            )
        span = self._span(practice)
        if span is None:
            yield fault(
                "times",
                where,
                f"{self.date} has no hours of its own, and neither like nor start and end say them",
                "give like with an open weekday, or start and end",
            )
        else:
            reversed_times = list(span_faults(span, where))
            yield from reversed_times
            if not reversed_times and not self._open(practice, span):
                yield fault(
                    "no-hours",
                    where,
                    f"its times fall into a break of {self.like or WEEKDAYS[self.date.weekday()]}",
                    "give a start before the break, or an end after it",
                )

    def claims(self, asked: Asked) -> Iterator[Claim]:
        """The patient hours of the date."""
        yield Claim(HOURS, self.date)

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """Hours, shifts, lunches and model day, written for that date."""
        usual = self._usual(problem.practice)
        closures = tuple(one for one in problem.practice.closures if one.date != self.date)
        practice = problem.practice.model_copy(update={"closures": closures})
        span = self._span(practice)
        if span is not None:
            changed: dict[str, object] = {
                "hours": with_hours(practice, self.date, self._open(practice, span))
            }
            if self.like is not None:
                changed |= _as_weekday(practice, self.date, self.like)
            practice = practice.model_copy(update=changed)
            people = tuple(self._at_work(one, usual, span) for one in practice.staff)
            practice = practice.model_copy(update={"staff": people})
        others = tuple(one.id for one in practice.staff if one.id not in self.staff)
        if self.staff and others:
            block = StaffBlock(kind=BlockKind.VACATION, staff=others, dates=(self.date,))
            blocks = (*practice.staff_blocks, block)
            practice = practice.model_copy(update={"staff_blocks": blocks})
        return problem.model_copy(update={"practice": practice})

    def _worked(self, asked: Asked) -> bool:
        """Whether anybody is there while the opened date is open."""
        practice = self.apply(asked.problem, asked.horizon).practice
        return any(
            overlaps(shift, hours)
            for person in practice.staff
            for shift in present_intervals(practice, person, self.date)
            for hours in open_intervals(practice, self.date)
        )

    def _at_work(
        self, person: StaffMember, usual: Sequence[Interval], span: Interval
    ) -> StaffMember:
        """Shifts follow the hours; whoever is named and has none works all of them."""
        if shifts_on(person, self.date):
            old = (usual[0][0], usual[-1][1]) if usual else span
            return follow(person, self.date, old, old, span)
        if person.id not in self.staff:
            return person
        shift = Shift(date=self.date, start=to_clock(span[0]), end=to_clock(span[1]))
        return person.model_copy(update={"shifts": (*person.shifts, shift)})

    def _span(self, practice: Practice) -> Interval | None:
        """Minutes from opening to closing; None where nothing says them."""
        spans = self._usual(practice)
        if not spans and (self.start is None or self.end is None):
            return None
        return (
            spans[0][0] if self.start is None else to_minutes(self.start),
            spans[-1][1] if self.end is None else to_minutes(self.end),
        )

    def _usual(self, practice: Practice) -> tuple[Interval, ...]:
        """Its own hours, or those of the weekday that it is like."""
        weekday = self.like or WEEKDAYS[self.date.weekday()]
        return merge(
            (to_minutes(one.start), to_minutes(one.end))
            for one in practice.hours
            if one.weekday is weekday or (self.like is None and one.date == self.date)
        )

    def _open(self, practice: Practice, span: Interval) -> list[Interval]:
        usual = self._usual(practice)
        return reached(usual, span) if usual else [span]


class DayClosed(Days):
    """No patient is seen on these dates; whoever is booked gets another time."""

    kind: Literal["day_closed"]

    def faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """No date named, dates."""
        if not self.dates and not self.weekdays:
            yield fault("no-date", where, "names no date", "give dates or weekdays")
        yield from self.day_faults(asked, where)

    def claims(self, asked: Asked) -> Iterator[Claim]:
        """The patient hours of each date."""
        return self.day_claims(asked, (HOURS,))

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """A closure each."""
        closed = tuple(Closure(date=day, reason="scenario") for day in self.days(horizon))
        return with_practice(problem, closures=(*problem.practice.closures, *closed))


def _as_weekday(practice: Practice, day: dt.date, weekday: Weekday) -> dict[str, object]:
    """Shifts, time away and model day of a weekday, written for one date."""
    own = WEEKDAYS[day.weekday()]
    people = tuple(
        person.model_copy(
            update={
                "shifts": (
                    *(shift for shift in person.shifts if shift.date != day),
                    *(
                        Shift(date=day, start=shift.start, end=shift.end)
                        for shift in person.shifts
                        if shift.weekday is weekday
                    ),
                )
            }
        )
        for person in practice.staff
    )
    weekly = tuple(
        block.model_copy(update={"weekdays": (), "dates": (day,)})
        for block in practice.staff_blocks
        if weekday in block.weekdays and own not in block.weekdays and day not in block.dates
    )
    changed: dict[str, object] = {
        "staff": people,
        "staff_blocks": (*practice.staff_blocks, *weekly),
    }
    named = [one.model_day for one in practice.model_day_dates if one.weekday is weekday]
    if named:
        others = tuple(one for one in practice.model_day_dates if one.date != day)
        changed["model_day_dates"] = (*others, ModelDayDate(model_day=named[0], date=day))
    return changed
