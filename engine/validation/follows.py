"""Order between visits of one patient: what can never be kept, and what the book breaks."""

import datetime as dt
from collections.abc import Iterator

from engine.practice import Booking, Follows, Horizon, Problem, Visit
from engine.practice.calendar import working_days_between
from engine.practice.pattern import pattern_of
from engine.problems import PracticeProblem
from engine.units import clock_text, to_minutes
from engine.validation.codes import fault
from engine.validation.dates import day_text
from engine.validation.visits import fits_length

_LONGEST_SPAN_DAYS = 400
"""Working days are not counted over longer spans: any such gap is long enough."""


def order_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """Faults of `follows`, and circles among them."""
    for visit in problem.visits:
        where = f"visit {visit.id}"
        named = [link.visit for link in visit.follows]
        for id_ in dict.fromkeys(named):
            if named.count(id_) > 1:
                yield fault(
                    "follows-twice",
                    where,
                    f"follows visit '{id_}' {named.count(id_)} times",
                    "all of them bind; make them one",
                )
        for link in visit.follows:
            yield from _links(problem, visit, link)
    for booking in problem.bookings:
        for link in booking.visit.follows:
            yield from _booked_links(problem, booking, link)
    for circle in _circles(problem):
        for id_ in circle:
            if id_ not in problem.booking_of:
                yield fault(
                    "follows-cycle",
                    f"visit {id_}",
                    f"visits follow each other in a circle: {' after '.join((*circle, circle[0]))}",
                    "take one of the links out",
                )


def _links(problem: Problem, visit: Visit, link: Follows) -> Iterator[PracticeProblem]:
    where = f"visit {visit.id}"
    before = problem.all_visits.get(link.visit)
    if before is None:
        yield fault(
            "follows-unknown-visit",
            where,
            f"follows visit '{link.visit}', which is not in the input",
            "correct the id; drop the link if that visit is over",
        )
    elif before.patient != visit.patient:
        yield fault(
            "follows-other-patient",
            where,
            f"of patient '{visit.patient}' follows visit '{before.id}' of patient "
            f"'{before.patient}'",
            "link visits of one patient only",
        )
    fewest = max(link.min_days, link.min_working_days)
    if link.max_days is not None and link.max_days < fewest:
        yield fault(
            "follows-window-empty",
            where,
            f"follows visit '{link.visit}' by at least {fewest} and at most {link.max_days} days",
            "correct the numbers",
        )
    booking = problem.booking_of.get(link.visit)
    if booking is not None and not booking.movable and visit.latest is not None:
        first = dt.date.fromordinal(min(booking.date.toordinal() + fewest, dt.date.max.toordinal()))
        if first > visit.latest:
            yield fault(
                "follows-too-late",
                where,
                f"has to be by {day_text(visit.latest)} and {fewest} days after visit "
                f"'{link.visit}', which is booked on {day_text(booking.date)}",
                "move that booking, or give the visit a later latest date",
            )


def _booked_links(problem: Problem, booking: Booking, link: Follows) -> Iterator[PracticeProblem]:
    where = f"booking {booking.visit.id}"
    before = problem.all_visits.get(link.visit)
    if before is None:
        yield fault(
            "booking-follows-unknown",
            where,
            f"follows visit '{link.visit}', which is not in the input",
            "the booking is kept and the order not watched; drop the link if that visit is over",
        )
    elif before.patient != booking.visit.patient:
        yield fault(
            "booking-follows-other-patient",
            where,
            f"of patient '{booking.visit.patient}' follows visit '{before.id}' of patient "
            f"'{before.patient}'",
            "the booking is kept and the order not watched; link visits of one patient only",
        )
    else:
        earlier = problem.booking_of.get(link.visit)
        cause = _broken(problem, earlier, booking, link) if earlier is not None else None
        if cause is not None:
            yield fault(
                "book-order-broken",
                where,
                f"on {day_text(booking.date)} follows booking '{link.visit}': {cause}",
                "move one of the two",
            )


def _broken(problem: Problem, before: Booking, after: Booking, link: Follows) -> str | None:
    days = (after.date - before.date).days
    if days < 0:
        return f"that one is {-days} days later"
    if days < link.min_days:
        return f"{days} days later, at least {link.min_days} are needed"
    if link.max_days is not None and days > link.max_days:
        return f"{days} days later, at most {link.max_days} are allowed"
    if link.min_working_days and days <= _LONGEST_SPAN_DAYS:
        working = working_days_between(problem.practice, before.date, after.date)
        if working < link.min_working_days:
            return f"{working} open days later, at least {link.min_working_days} are needed"
    if days == 0 and fits_length(problem, before.visit):
        procedure = problem.procedures[before.visit.procedure]
        grid = problem.practice.grid_minutes
        end = to_minutes(before.start) + pattern_of(procedure, before.visit.minutes, grid)[-1].end
        start = to_minutes(after.start)
        if start < end + link.min_minutes:
            return (
                f"starts at {clock_text(start)}, {link.min_minutes} min after {clock_text(end)} "
                "is the soonest"
            )
    return None


def _circles(problem: Problem) -> list[tuple[str, ...]]:
    """Each circle of links once, beginning with its smallest id. Iterative: chains may be long."""
    links = {
        id_: [link.visit for link in visit.follows if link.visit in problem.all_visits]
        for id_, visit in problem.all_visits.items()
    }
    finished: set[str] = set()
    circles: list[tuple[str, ...]] = []
    for root, first in links.items():
        if root in finished:
            continue
        path, on_path = [root], {root: 0}
        stack = [iter(first)]
        while stack:
            following = next(stack[-1], None)
            if following is None:
                stack.pop()
                gone = path.pop()
                del on_path[gone]
                finished.add(gone)
            elif following in on_path:
                circle = path[on_path[following] :]
                least = circle.index(min(circle))
                circles.append(tuple(circle[least:] + circle[:least]))
            elif following not in finished:
                on_path[following] = len(path)
                path.append(following)
                stack.append(iter(links[following]))
    return list(dict.fromkeys(circles))
