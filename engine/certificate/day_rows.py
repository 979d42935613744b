"""One date in rows of minutes: chairs, people and doctors that are there, and when patients are."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from engine.certificate.certificate import Priced
from engine.certificate.clock_rows import Ints, Mask, lasts_until, marked
from engine.practice import Problem
from engine.practice.calendar import (
    in_office_intervals,
    open_intervals,
    present_intervals,
    usable_intervals,
)
from engine.units import Interval

ChairHold = tuple[str, int, int]
"""Chair, from minute, until minute (turnover included)."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Resources of one sort: `there` (members, 1440), `until` (members, 1441)."""

    ids: tuple[str, ...]
    there: Mask
    until: Ints

    def number(self, name: str) -> int | None:
        """The row of an id."""
        return self.ids.index(name) if name in self.ids else None

    def fits(self, row: int, start: int, end: int) -> bool:
        """True where the member is there for all of [start, end)."""
        return 0 <= start < 1440 and end <= int(self.until[row, start])


@dataclass(frozen=True, slots=True)
class DayRows:
    """Rows of one date. Chairs that frozen bookings hold for sure are not there meanwhile."""

    day: dt.date
    chairs: Rows
    staff: Rows
    doctors: Rows
    open_until: Ints
    office_until: Ints

    def of(self, what: Priced) -> Rows:
        """The rows of chairs, staff or doctors."""
        return {Priced.CHAIR: self.chairs, Priced.STAFF: self.staff}.get(what, self.doctors)


def read_day(problem: Problem, day: dt.date, taken: Iterable[ChairHold]) -> DayRows:
    """The rows of a date; `taken`: chairs that nothing else can have."""
    practice = problem.practice
    chairs = _rows((chair.id, usable_intervals(practice, chair, day)) for chair in practice.chairs)
    free = chairs.there.copy()
    for name, start, until in taken:
        row = chairs.number(name)
        if row is not None:
            free[row, start:until] = False
    office = [i for doctor in problem.doctors for i in in_office_intervals(practice, doctor, day)]
    return DayRows(
        day=day,
        chairs=Rows(chairs.ids, free, lasts_until(free)),
        staff=_rows((one.id, present_intervals(practice, one, day)) for one in practice.staff),
        doctors=_rows((one.id, present_intervals(practice, one, day)) for one in problem.doctors),
        open_until=lasts_until(marked(open_intervals(practice, day))),
        office_until=lasts_until(marked(office)),
    )


def _rows(there: Iterable[tuple[str, tuple[Interval, ...]]]) -> Rows:
    listed = list(there)
    masks = [marked(intervals) for _, intervals in listed]
    mask = np.array(masks, dtype=np.bool_).reshape(len(listed), 1440)
    return Rows(tuple(name for name, _ in listed), mask, lasts_until(mask))
