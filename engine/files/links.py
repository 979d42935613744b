"""Visits that follow a visit which was set aside: they go too, since order is not to be guessed."""

from collections.abc import Collection

from engine.files.origins import Origins
from engine.files.replaced import replaced
from engine.practice import Booking, Problem, Visit
from engine.problems import PracticeProblem, Severity


def settle_links(
    problem: Problem, set_aside: Collection[str], origins: Origins
) -> tuple[Problem, list[PracticeProblem]]:
    """The problem without links to the ids that were set aside, and what that took.

    A pending visit goes with the visit it follows, and takes along what follows it in turn. A
    booking stays, since it is in the book, and loses the link.
    """
    there = {visit.id for visit in problem.visits}
    there |= {booking.visit.id for booking in problem.bookings}
    gone = set(set_aside) - there
    problems: list[PracticeProblem] = []
    visits = list(problem.visits)
    while dangling := [visit for visit in visits if _links_into(visit, gone)]:
        for visit in dangling:
            problems += _lines(visit, gone, origins, "visit")
        gone |= {visit.id for visit in dangling}
        visits = [visit for visit in visits if visit.id not in gone]
    for booking in problem.bookings:
        problems += _lines(booking.visit, gone, origins, "booking")
    bookings = tuple(_without(booking, gone) for booking in problem.bookings)
    return replaced(problem, visits=tuple(visits), bookings=bookings), problems


def _links_into(visit: Visit, gone: Collection[str]) -> list[str]:
    return [link.visit for link in visit.follows if link.visit in gone]


def _without(booking: Booking, gone: Collection[str]) -> Booking:
    if not _links_into(booking.visit, gone):
        return booking
    kept = tuple(link for link in booking.visit.follows if link.visit not in gone)
    return booking.model_copy(update={"visit": booking.visit.model_copy(update={"follows": kept})})


def _lines(
    visit: Visit, gone: Collection[str], origins: Origins, kind: str
) -> list[PracticeProblem]:
    booked = kind == "booking"
    remedy = "mend that visit first"
    if booked:
        remedy += "; the booking is kept and the order not watched"
    return [
        PracticeProblem(
            "booking-follows-set-aside" if booked else "follows-set-aside",
            origins.translate(f"{kind} {visit.id}"),
            f"follows visit '{missing}', which was set aside",
            remedy,
            Severity.KEPT if booked else Severity.SET_ASIDE,
        )
        for missing in _links_into(visit, gone)
    ]
