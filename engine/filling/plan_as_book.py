"""A plan as the book of a new question: what is placed is booked, what is not waits."""

from collections.abc import Collection, Iterable

from engine.filling.block_kin import Kin
from engine.filling.block_order import BlockOrder
from engine.practice import Booking, Horizon, Policy, Problem, Visit
from engine.schedule import Placement, Schedule, Unplaced

NOBODY: frozenset[str] = frozenset()


def as_booking(problem: Problem, placed: Placement, *, movable: bool) -> Booking:
    """A placement as a booking: as the book has it where it keeps its time, else made today."""
    chair = next((piece.chair for piece in placed.segments if piece.chair is not None), None)
    booked = problem.booking_of.get(placed.visit)
    if booked is not None and (booked.date, booked.start) == (placed.date, placed.start):
        return booked.model_copy(update={"chair": chair, "movable": movable})
    return Booking(
        visit=problem.all_visits[placed.visit],
        date=placed.date,
        start=placed.start,
        chair=chair,
        movable=movable,
        booked_on=problem.as_of.date(),
    )


def may_move(problem: Problem, schedule: Schedule) -> frozenset[str]:
    """Visits of a plan that may still get another time: proposals, and movable bookings in place.

    A booking moves at most once: one that the plan has moved already stays where it is now.
    """
    moved = moved_once(problem, schedule)
    return frozenset(
        placed.visit
        for placed in schedule.placements
        if (booked := problem.booking_of.get(placed.visit)) is None
        or (booked.movable and placed.visit not in moved)
    )


def moved_once(problem: Problem, schedule: Schedule) -> frozenset[str]:
    """Bookings that have another time in the plan than in the book."""
    return frozenset(
        placed.visit
        for placed in schedule.placements
        if (booked := problem.booking_of.get(placed.visit)) is not None
        and (booked.date, booked.start) != (placed.date, placed.start)
    )


def plan_as_book(
    problem: Problem, schedule: Schedule, movable: Collection[str] = NOBODY
) -> Problem:
    """The question that is left when a plan stands: its placements are booked.

    Visits without a time wait, displaced bookings among them. Bookings of other dates are as they
    were, those within the plan's dates `movable` as named.
    """
    placed = schedule.placement_of
    bookings = [
        as_booking(problem, one, movable=one.visit in movable) for one in schedule.placements
    ]
    gone = set(schedule.displaced)
    bookings += [
        booking
        for booking in problem.bookings
        if booking.visit.id not in placed and booking.visit.id not in gone
    ]
    waiting = [visit for visit in problem.visits if visit.id not in placed]
    waiting += [problem.all_visits[name] for name in schedule.displaced]
    return problem.model_copy(update={"bookings": tuple(bookings), "visits": tuple(waiting)})


def all_waiting(schedule: Schedule) -> Schedule:
    """A plan as a schedule of its own `plan_as_book`: displaced bookings are visits there."""
    gone = tuple(Unplaced(visit=name, reason="no-room") for name in schedule.displaced)
    return schedule.model_copy(
        update={"unplaced": (*schedule.unplaced, *gone), "displaced": (), "inherited": ()}
    )


def part_of_plan(
    booked: Problem, horizon: Horizon, part: Horizon, asked: Iterable[str], policy: Policy
) -> Problem:
    """The question of some dates of a plan (`plan_as_book`): who is asked waits, all else stands.

    With those asked come the visits that they follow, and their households. What is booked on
    other dates binds them by their earliest and latest dates.
    """
    waiting = {visit.id for visit in booked.visits}
    wanted = Kin(booked).with_kin(asked, waiting)
    order = BlockOrder(booked, horizon)
    beside = order.beside(booked.bookings, part)
    linked = _linked(booked, wanted, part)
    bookings = []
    for booking in booked.bookings:
        if booking.date in part:
            visit = order.bind(booking.visit, beside) if booking.movable else booking.visit
            bookings.append(booking.model_copy(update={"visit": visit}))
        elif booking.visit.id in linked:
            bookings.append(booking)
    visits = [order.bind(visit, beside) for visit in booked.visits if visit.id in wanted]
    return booked.model_copy(
        update={"bookings": tuple(bookings), "visits": tuple(visits), "policy": policy}
    )


def _linked(booked: Problem, wanted: set[str], part: Horizon) -> set[str]:
    """Visits that some visit of the part follows."""
    here: list[Visit] = [visit for visit in booked.visits if visit.id in wanted]
    here += [booking.visit for booking in booked.bookings if booking.date in part]
    return {follows.visit for visit in here for follows in visit.follows}
