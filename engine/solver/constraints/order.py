"""Rule `order`: a visit that follows another comes after it, with its gap, and not without it."""

import datetime as dt
from dataclasses import dataclass

from engine.practice import Follows
from engine.practice.calendar import working_days_between
from engine.solver.model import Item, Model
from engine.units import to_minutes
from engine.yardsticks import stages_of


@dataclass(frozen=True, slots=True)
class _Place:
    """A place that a visit may have: date, start and end minute, column (-1: certain)."""

    day: dt.date
    start: int
    end: int
    column: int


def add(model: Model) -> None:
    """Per follower and date: placed there at most as often as the other one is early enough.

    For every start of the follower, cumulatively over its starts of a date:
    followers up to this start <= predecessors whose end leaves the gap. Together with one such row
    per date for the longest gap this is exact, since each visit is placed at most once.
    """
    for item in model.items.values():
        for follows in item.visit.follows:
            _link(model, item, follows, _places_of(model, follows.visit))
    for booking in model.problem.bookings:
        if booking.visit.id in model.kept and not booking.movable:
            for follows in booking.visit.follows:
                if follows.visit in model.items:
                    _before_booking(model, booking.visit.id, follows)


def _places_of(model: Model, visit_id: str) -> list[_Place]:
    """Every place the visit may have in the horizon or has in the book."""
    places: list[_Place] = []
    item = model.items.get(visit_id)
    if item is not None:
        for choice in item.columns:
            day = model.days[choice.day].day
            end = choice.first + item.kind.length
            places.append(_Place(day, choice.first, end, choice.column))
    booking = model.problem.booking_of.get(visit_id)
    if booking is not None:
        start = to_minutes(booking.start)
        end = start + stages_of(model.problem, booking.visit)[-1].end
        places.append(_Place(booking.date, start, end, item.keep if item else -1))
    return places


def _allows(model: Model, follows: Follows, before: _Place, day: dt.date, start: int) -> bool:
    days = (day - before.day).days
    if days < follows.min_days or days < 0:
        return False
    if follows.max_days is not None and days > follows.max_days:
        return False
    if follows.min_working_days:
        practice = model.problem.practice
        if working_days_between(practice, before.day, day) < follows.min_working_days:
            return False
    return days > 0 or start >= before.end + follows.min_minutes


def _link(model: Model, item: Item, follows: Follows, before: list[_Place]) -> None:
    own = _places_of(model, item.visit.id)
    if not _book_allows(model, item, follows):
        own = [place for place in own if place.column != item.keep]
    for day in sorted({place.day for place in own}):
        todays = sorted((p for p in own if p.day == day), key=lambda place: place.start)
        so_far: list[int] = []
        for index, place in enumerate(todays):
            so_far.append(place.column)
            early = [b for b in before if _allows(model, follows, b, day, place.start)]
            following = todays[index + 1] if index + 1 < len(todays) else None
            if following is not None and early == [
                b for b in before if _allows(model, follows, b, day, following.start)
            ]:
                continue  # implied by the row of the next start
            if not any(b.column < 0 for b in early):
                model.program.sum_at_most("order", list(so_far), [b.column for b in early])


def _book_allows(model: Model, item: Item, follows: Follows) -> bool:
    """False where both are in the book in the wrong order: an inherited clash, kept as it is."""
    before = model.problem.booking_of.get(follows.visit)
    if item.booking is None or before is None:
        return True
    start = to_minutes(before.start)
    end = start + stages_of(model.problem, before.visit)[-1].end
    place = _Place(before.date, start, end, -1)
    return _allows(model, follows, place, item.booking.date, to_minutes(item.booking.start))


def _before_booking(model: Model, booked_id: str, follows: Follows) -> None:
    """A frozen booking follows an item: the item may only be where the booking allows it."""
    booking = model.kept[booked_id]
    start = to_minutes(booking.start)
    for place in _places_of(model, follows.visit):
        fits = _allows(model, follows, place, booking.date, start)
        item = model.items[follows.visit]
        if not fits and place.column >= 0 and place.column != item.keep:
            model.program.row("order", [place.column], upper=0)
