"""Order between the visits of a block and what is booked on other dates.

A model knows the visits that come before those of its dates, but not what follows them on other
dates: that is told to it as earliest and latest dates. A visit that must come soon after one on
another date is bound the same way, so that it is asked for in time.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from engine.practice import Booking, Follows, Horizon, Problem, Visit
from engine.practice.calendar import OpenDays


@dataclass(frozen=True, slots=True)
class Beside:
    """What is booked on other dates than those of a block."""

    dates: dict[str, dt.date]
    """When each of the bookings is."""
    followers: dict[str, list[tuple[Follows, dt.date]]]
    """By visit: how the bookings follow it, and when they are."""


class BlockOrder:
    """Tells how far the bookings beside a block bind the visits and bookings in it."""

    def __init__(self, problem: Problem, horizon: Horizon) -> None:
        self._calendar = OpenDays(problem.practice)
        self._horizon = horizon

    def beside(self, bookings: Iterable[Booking], block: Horizon) -> Beside:
        """The bookings on other dates. Nobody judges what follows outside the horizon."""
        others = [booking for booking in bookings if booking.date not in block]
        followers: dict[str, list[tuple[Follows, dt.date]]] = defaultdict(list)
        for booking in others:
            if booking.date in self._horizon:
                for follows in booking.visit.follows:
                    followers[follows.visit].append((follows, booking.date))
        return Beside({booking.visit.id: booking.date for booking in others}, dict(followers))

    def bind(self, visit: Visit, beside: Beside) -> Visit:
        """The visit, to be given in time for what follows it and soon after what it follows."""
        first, last = [visit.earliest], [visit.latest]
        for follows, date in beside.followers.get(visit.id, ()):
            last.append(self._last(follows, date))
            if follows.max_days is not None:
                first.append(date - dt.timedelta(days=follows.max_days))
        for follows in visit.follows:
            before = beside.dates.get(follows.visit)
            if before is not None:
                first.append(before + dt.timedelta(days=follows.min_days))
                if follows.max_days is not None:
                    last.append(before + dt.timedelta(days=follows.max_days))
        if len(first) == len(last) == 1:
            return visit
        known_first = [date for date in first if date is not None]
        known_last = [date for date in last if date is not None]
        return visit.model_copy(
            update={
                "earliest": max(known_first, default=None),
                "latest": min(known_last, default=None),
            }
        )

    def _last(self, follows: Follows, date: dt.date) -> dt.date:
        """The last date that leaves the gap; before the horizon where none of it does."""
        last = date - dt.timedelta(days=follows.min_days)
        while (
            last >= self._horizon.start
            and self._calendar.between(last, date) < follows.min_working_days
        ):
            last -= dt.timedelta(days=1)
        return last


def staying(booking: Booking, beside: Beside) -> Booking:
    """The booking as it is, frozen where another one on other dates follows it.

    It may neither be displaced, since the other one would be left without it, nor come too late.
    """
    if booking.movable and booking.visit.id in beside.followers:
        return booking.model_copy(update={"movable": False})
    return booking
