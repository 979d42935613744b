"""What all changes share: on which dates, at which times, and how they change a problem."""

import datetime as dt
from abc import abstractmethod
from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from engine.practice import WEEKDAYS, ClockTime, Frozen, Horizon, Problem, Weekday
from engine.problems import PracticeProblem
from engine.units import MINUTES_PER_DAY, Interval, to_minutes
from engine.what_if.asked import Asked, Claim, fault


class Change(Frozen):
    """One change of a scenario. `rank`: those of a lower one are made first, then as written."""

    rank: ClassVar[int] = 2

    @abstractmethod
    def faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """Everything wrong with the change itself."""

    @abstractmethod
    def claims(self, asked: Asked) -> Iterator[Claim]:
        """What it decides; only asked where it has no faults."""

    @abstractmethod
    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """The problem with the change made; only asked where it has no faults."""


class Days(Change):
    """A change on `dates`, and on every open date of these `weekdays`; none named: all dates."""

    dates: tuple[dt.date, ...] = ()
    weekdays: tuple[Weekday, ...] = ()

    def days(self, horizon: Horizon) -> tuple[dt.date, ...]:
        """The dates it is about, closed ones included."""
        if not self.dates and not self.weekdays:
            return horizon.dates
        named = {day for day in horizon.dates if WEEKDAYS[day.weekday()] in self.weekdays}
        return tuple(sorted(named.union(self.dates)))

    def day_faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """Dates outside of those that are filled, closed ones, and weekdays without a date."""
        first, last = asked.horizon.dates[0], asked.horizon.dates[-1]
        for day in self.dates:
            if day not in asked.horizon:
                yield fault(
                    "date-outside",
                    where,
                    f"{day} is outside the dates that are filled, {first} to {last}",
                    "choose a date inside, or fill other dates",
                )
            elif not asked.is_open(day):
                yield fault(
                    "date-closed",
                    where,
                    f"no patients are seen on {day}",
                    "choose an open date, or open it in the same scenario",
                )
        for weekday in self.weekdays:
            named = [d for d in asked.open_dates if WEEKDAYS[d.weekday()] is weekday]
            if not named:
                yield fault(
                    "no-date",
                    where,
                    f"no open date from {first} to {last} is a {weekday}",
                    "choose another weekday, or open it in the same scenario",
                )

    def day_claims(self, asked: Asked, whats: Collection[str]) -> Iterator[Claim]:
        """Each thing on each date, for the times of the change."""
        for day in self.days(asked.horizon):
            for what in whats:
                yield Claim(what, day, self.span())

    def span(self) -> Interval:
        """Minutes of the day that the change is about."""
        return 0, MINUTES_PER_DAY


class Times(Days):
    """A change on dates from `start` to `end`; a missing one is the start or end of the day."""

    start: ClockTime | None = None
    end: ClockTime | None = None

    def span(self) -> Interval:
        """Minutes of the day that the change is about."""
        start = 0 if self.start is None else to_minutes(self.start)
        return start, MINUTES_PER_DAY if self.end is None else to_minutes(self.end)

    def day_faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """Those of dates, and times that end before they begin."""
        yield from super().day_faults(asked, where)
        yield from span_faults(self.span(), where)


def span_faults(span: Interval, where: str) -> Iterator[PracticeProblem]:
    """At most one: the times are empty or reversed."""
    if span[0] >= span[1]:
        yield fault(
            "times", where, "its times end before they begin", "give an end after the start"
        )


def unknown(
    what: str, names: Collection[str], known: Collection[str], where: str
) -> Iterator[PracticeProblem]:
    """A fault for each id that is not known."""
    for name in dict.fromkeys(names):
        if name not in known:
            yield fault(
                f"unknown-{what.replace(' ', '-')}",
                where,
                f"names {what} '{name}', which the practice does not have",
                f"use one of {', '.join(known) or 'nothing: it has none'}",
            )


def taken(what: str, name: str, known: Collection[str], where: str) -> Iterator[PracticeProblem]:
    """A fault where a new id is in use."""
    if name in known:
        yield fault(
            "id-taken",
            where,
            f"adds {what} '{name}', and the practice has one of that id",
            "choose an id that is not in use",
        )


def with_practice(problem: Problem, **changed: Any) -> Problem:
    """The problem with some fields of its practice replaced."""
    practice = problem.practice.model_copy(update=changed)
    return problem.model_copy(update={"practice": practice})
