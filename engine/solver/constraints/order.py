"""Rule `order`: a visit that follows another comes after it, with its gap, and not without it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from engine.practice import Follows
from engine.practice.calendar import OpenDays
from engine.solver.model import Item, Model
from engine.solver.program import Ints, as_ints
from engine.solver.spans import spread
from engine.units import to_minutes
from engine.yardsticks import stages_of


@dataclass(frozen=True, slots=True)
class _Places:
    """Places that a visit may have on one date: start and end minutes, columns (-1: certain)."""

    start: Ints
    end: Ints
    column: Ints

    def ordered(self, by: Ints) -> "_Places":
        """The same in order of a minute."""
        order = np.argsort(by, kind="stable")
        return _Places(self.start[order], self.end[order], self.column[order])


_NONE = _Places(*[np.empty(0, dtype=np.int64)] * 3)


def add(model: Model) -> None:
    """Per follower and date: placed there at most as often as the other one is early enough.

    For every start of the follower, cumulatively over its starts of a date:
    followers up to this start <= predecessors whose end leaves the gap. Together with one such row
    per date for the longest gap this is exact, since each visit is placed at most once.
    """
    calendar = OpenDays(model.problem.practice)
    for item in model.items.values():
        for follows in item.visit.follows:
            _link(model, calendar, item, follows, _places_of(model, follows.visit))
    for booking in model.problem.bookings:
        if booking.visit.id in model.kept and not booking.movable:
            for follows in booking.visit.follows:
                if follows.visit in model.items:
                    _before_booking(model, calendar, booking.visit.id, follows)


def _places_of(model: Model, visit_id: str) -> dict[dt.date, _Places]:
    """Every place the visit may have in the horizon or has in the book, by date."""
    parts: dict[dt.date, list[tuple[Ints, int, Ints]]] = defaultdict(list)
    item = model.items.get(visit_id)
    if item is not None:
        for block in item.blocks:
            first = np.array([first for first, _ in block.ranges], dtype=np.int64)
            columns = block.first_column + np.arange(len(first))
            parts[model.days[block.day].day].append((first, item.kind.length, columns))
    booking = model.problem.booking_of.get(visit_id)
    if booking is not None:
        length = stages_of(model.problem, booking.visit)[-1].end
        column = item.keep if item else -1
        start = to_minutes(booking.start)
        parts[booking.date].append((as_ints([start]), length, as_ints([column])))
    return {
        day: _Places(
            np.concatenate([start for start, _, _ in here]),
            np.concatenate([start + length for start, length, _ in here]),
            np.concatenate([column for _, _, column in here]),
        )
        for day, here in sorted(parts.items())
    }


def allows(calendar: OpenDays, follows: Follows, before: dt.date, day: dt.date) -> bool:
    """True where the dates fit; on one date the minutes decide."""
    days = (day - before).days
    if days < follows.min_days or days < 0:
        return False
    if follows.max_days is not None and days > follows.max_days:
        return False
    working = follows.min_working_days
    return not working or calendar.between(before, day) >= working


def _link(
    model: Model, calendar: OpenDays, item: Item, follows: Follows, before: dict[dt.date, _Places]
) -> None:
    leaves_out = -1
    booked = follows.visit in model.problem.booking_of
    if item.booking is not None and not (booked and _book_allows(model, calendar, item, follows)):
        leaves_out = item.keep
        _stays(model, calendar, item, follows, before)
    for day, own in _places_of(model, item.visit.id).items():
        fitting = [date for date in before if allows(calendar, follows, date, day)]
        earlier = [before[date].column for date in fitting if date < day]
        if any((columns < 0).any() for columns in earlier):
            continue
        same = before[day].ordered(before[day].end) if day in fitting else _NONE
        predecessors = np.concatenate((*earlier, same.column))
        todays = own.ordered(own.start)
        taken = todays.column != leaves_out
        start, column = todays.start[taken], todays.column[taken]
        # How many of this date's places of the other visit are over in time, for each start.
        early = np.searchsorted(same.end, start - follows.min_minutes, side="right")
        # A row that the row of the next start implies is left out.
        telling = np.flatnonzero(np.append(early[1:] != early[:-1], len(early) > 0))
        known = early[telling] + len(predecessors) - len(same.end)
        certain = np.flatnonzero(predecessors < 0)
        if len(certain):  # from there on the other visit is over in any case
            telling, known = telling[known <= certain[0]], known[known <= certain[0]]
        row, own_place = spread(np.zeros_like(telling), telling + 1)
        other_row, other_place = spread(np.zeros_like(known), known)
        model.program.rows(
            "order",
            len(telling),
            [(row, column[own_place], 1), (other_row, predecessors[other_place], -1)],
            upper=0,
        )


def _stays(
    model: Model, calendar: OpenDays, item: Item, follows: Follows, before: dict[dt.date, _Places]
) -> None:
    """A booking may stay where the visit before it is early enough, or as the book has it.

    In the book it stands without the visit before it, or in the wrong order: that is inherited
    while the other one gets no time, or stays where it is.
    """
    booking, first = item.booking, model.items.get(follows.visit)
    if booking is None or first is None:
        return
    latest_end = to_minutes(booking.start) - follows.min_minutes
    early = [as_ints([first.unplaced if first.booking is None else first.keep])]
    for day, places in before.items():
        if allows(calendar, follows, day, booking.date):
            fits = (places.end <= latest_end) | (day != booking.date)
            early.append(places.column[fits])
    model.program.sum_at_most("order", [item.keep], np.concatenate(early))


def _book_allows(model: Model, calendar: OpenDays, item: Item, follows: Follows) -> bool:
    """False where both are in the book in the wrong order: an inherited clash, kept as it is."""
    before = model.problem.booking_of[follows.visit]
    assert item.booking is not None
    if not allows(calendar, follows, before.date, item.booking.date):
        return False
    over = to_minutes(before.start) + stages_of(model.problem, before.visit)[-1].end
    start = to_minutes(item.booking.start)
    return before.date < item.booking.date or start >= over + follows.min_minutes


def _before_booking(model: Model, calendar: OpenDays, booked_id: str, follows: Follows) -> None:
    """A frozen booking follows an item: the item may only be where the booking allows it.

    Nor may it be displaced if it is a booking.
    """
    booking, item = model.kept[booked_id], model.items[follows.visit]
    latest_end = to_minutes(booking.start) - follows.min_minutes
    for day, places in _places_of(model, follows.visit).items():
        unfit = np.ones(len(places.column), dtype=np.bool_)
        if allows(calendar, follows, day, booking.date):
            unfit = (places.end > latest_end) & (day == booking.date)
        for column in places.column[unfit & (places.column >= 0)].tolist():
            if column != item.keep:
                model.program.row("order", [column], upper=0)
    if item.booking is not None:
        model.program.row("order", [item.unplaced], upper=0)
