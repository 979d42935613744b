"""Bookings: planted visits that stand in the book already."""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from engine.generate.bundles import Bundle, Step
from engine.generate.draws import chance, pick, shuffled, whole
from engine.generate.planting import Field
from engine.generate.seat import Seat
from engine.generate.visits import Maker
from engine.practice import Booking, ChairKind, Confirmation, Problem, Visit, VisitList
from engine.schedule import Placement
from engine.units import to_clock

Booked = tuple[Booking, Seat]


def placement_of(visit: Visit, seat: Seat) -> Placement:
    """The planted place of a visit."""
    return Placement(visit=visit.id, date=seat.day, segments=seat.segments)


def booking_of(rng: np.random.Generator, visit: Visit, seat: Seat, today: dt.date) -> Booking:
    """The visit in the book: nearer dates are confirmed more often, and confirmed ones stay."""
    days = (seat.day - today).days
    chances = (0.2, 0.25, 0.55) if days <= 9 else (0.85, 0.1, 0.05)
    confirmation = pick(rng, tuple(Confirmation), chances)
    confirmed = confirmation is Confirmation.CONFIRMED
    movable = not confirmed and days > 3 and chance(rng, 0.4)
    asap = movable and chance(rng, 0.15)
    listed = VisitList.ASAP if asap else visit.listed
    if listed in (VisitList.UNSCHEDULED, VisitList.WILL_CALL):
        listed = VisitList.PENDING
    return Booking(
        visit=visit.model_copy(update={"listed": listed}),
        date=seat.day,
        start=to_clock(seat.start),
        chair=next((chair for chair in seat.chairs if chair is not None), None),
        movable=movable,
        chair_locked=not movable and chance(rng, 0.05),
        confirmation=confirmation,
        booked_on=today - dt.timedelta(days=whole(rng, 1, 56)),
    )


def book_week(
    field: Field, maker: Maker, bundles: Sequence[Bundle], dates: Sequence[dt.date]
) -> list[Booked]:
    """Plants the bundles on these dates and writes all of them into the book."""
    rng = maker.rng
    booked: list[Booked] = []
    for bundle, seats in shuffled(rng, field.plant_all(bundles, dates)):
        due = seats[0].day + dt.timedelta(days=whole(rng, -9, 4))
        visits = maker.visits_of(bundle, seats, due)
        for visit, seat in zip(visits, seats, strict=True):
            booked.append((booking_of(rng, visit, seat, maker.today), seat))
    return booked


def with_clashes(
    problem: Problem, maker: Maker, booked: Sequence[Booked], days: tuple[dt.date, dt.date]
) -> list[Booking]:
    """The book with two more bookings that clash, as real books have them, for the fill to keep.

    On the first of the days somebody sits in the chair of another patient ten minutes before that
    one is done; on the second there is an archwire change at the doctor's lunch.
    """
    double_day, lunch_day = days
    one_chair = sorted(
        (
            (booking, seat)
            for booking, seat in booked
            if booking.date == double_day
            and len(seat.stages) == 1
            and seat.stages[0].chair_kind is ChairKind.CLINIC
            and seat.end - seat.start >= 20
            and not problem.chairs[booking.chair or ""].overflow
        ),
        key=lambda entry: (entry[1].start, entry[0].visit.id),
    )
    first, seat = one_chair[len(one_chair) // 3]
    locked = first.model_copy(update={"movable": False, "chair_locked": True})
    bookings = [locked if booking is first else booking for booking, _ in booked]
    busy = {
        booking.chair
        for booking, other in booked
        if booking.date == lunch_day and other.start < 13 * 60 and other.end + 5 > 12 * 60
    }
    columns = [
        chair.id
        for chair in problem.practice.chairs
        if chair.kind is ChairKind.CLINIC and not chair.overflow
    ]
    free = next((chair for chair in columns if chair not in busy), columns[0])
    return [
        *bookings,
        _forced(maker, "ADJS", double_day, seat.end - 10, first.chair),
        _forced(maker, "ADJR", lunch_day, 12 * 60 + 15, free),
    ]


def _forced(maker: Maker, code: str, day: dt.date, start: int, chair: str | None) -> Booking:
    (visit,) = maker.visits_of(Bundle((Step(code),)), None, day)
    plain = visit.model_copy(
        update={"availability": (), "earliest": None, "latest": None, "listed": VisitList.PENDING}
    )
    return Booking(
        visit=plain,
        date=day,
        start=to_clock(start),
        chair=chair,
        chair_locked=True,
        confirmation=Confirmation.CONFIRMED,
        booked_on=maker.today - dt.timedelta(days=40),
    )
