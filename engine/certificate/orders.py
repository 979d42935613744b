"""Which visits follow which, and when that lets a visit begin."""

import datetime as dt
from collections.abc import Iterator

import numpy as np

from engine.certificate.clock_rows import Ints, Mask
from engine.practice import Follows, Horizon, Problem, Visit
from engine.practice.calendar import working_days_between
from engine.units import to_minutes
from engine.yardsticks import stages_of

Pair = tuple[str, str]
"""Who comes first, who follows."""


def days_allow(problem: Problem, follows: Follows, before: dt.date, day: dt.date) -> bool:
    """True where the dates are far enough apart, and not too far; a date may follow itself."""
    days = (day - before).days
    if days < max(0, follows.min_days):
        return False
    if follows.max_days is not None and days > follows.max_days:
        return False
    working = follows.min_working_days
    return not working or working_days_between(problem.practice, before, day) >= working


class Orders:
    """Orders between visits of these dates: with the book's certain places, and open ones."""

    def __init__(self, problem: Problem, horizon: Horizon) -> None:
        self._problem = problem
        self._certain: dict[str, tuple[dt.date, int, int]] = {}
        """Visits that are in one place for sure: date, start, end."""
        for booking in problem.bookings:
            if not booking.movable or booking.date not in horizon:
                start = to_minutes(booking.start)
                end = start + stages_of(problem, booking.visit)[-1].end
                self._certain[booking.visit.id] = (booking.date, start, end)
        self.open: dict[Pair, list[Follows]] = {}
        """Pairs of which neither is certain."""
        self._followers: dict[str, list[tuple[str, Follows]]] = {}
        booked = (b.visit for b in problem.bookings if b.date in horizon)
        for visit in (*problem.visits_for(horizon), *booked):
            for follows in visit.follows:
                if visit.id in self._certain:
                    self._followers.setdefault(follows.visit, []).append((visit.id, follows))
                elif follows.visit not in self._certain:
                    self.open.setdefault((follows.visit, visit.id), []).append(follows)

    def binds(self, visit: Visit) -> bool:
        """True where the visit comes before or after one that is certain."""
        after = any(follows.visit in self._certain for follows in visit.follows)
        return after or visit.id in self._followers

    def keep(self, visit: Visit, day: dt.date, starts: Ints, length: int) -> Mask:
        """The starts of a new or moved visit that what is certain leaves it."""
        fine = np.ones(len(starts), dtype=np.bool_)
        for follows, (before, _, end) in self._before(visit):
            fine &= days_allow(self._problem, follows, before, day)
            if day == before:
                fine &= starts >= end + follows.min_minutes
        for name, follows in self._followers.get(visit.id, ()):
            later, start, _ = self._certain[name]
            fine &= days_allow(self._problem, follows, day, later)
            if day == later:
                fine &= starts + length + follows.min_minutes <= start
        return fine

    def _before(self, visit: Visit) -> Iterator[tuple[Follows, tuple[dt.date, int, int]]]:
        for follows in visit.follows:
            if follows.visit in self._certain:
                yield follows, self._certain[follows.visit]
