"""Visits that follow a visit which is not there: set aside too, since order is not to be guessed."""

from collections.abc import Collection, Iterable

from engine.files.origins import Origins
from engine.practice import Booking, Problem, Visit
from engine.problems import PracticeProblem, Severity


def settle_links(
    problem: Problem, set_aside: Collection[str], origins: Origins
) -> tuple[Problem, list[PracticeProblem]]:
    """The problem without dangling `follows`, and what that took.

    A pending visit goes with the visit it follows, and takes along what follows it in turn. A
    booking stays, since it is in the book, and loses the link. `set_aside`: ids that were there
    and had to be left out; any other missing id is unknown.
    """
    problems: list[PracticeProblem] = []
    gone = set(set_aside)
    visits = list(problem.visits)
    bookings = list(problem.bookings)
    while True:
        there = {visit.id for visit in visits} | {booking.visit.id for booking in bookings}
        dangling = [visit for visit in visits if _missing(visit, there)]
        for visit in dangling:
            problems += _lines(visit, there, gone, origins, f"visit {visit.id}")
        gone |= {visit.id for visit in dangling}
        visits = [visit for visit in visits if visit.id not in gone]
        for at, booking in enumerate(bookings):
            if _missing(booking.visit, there):
                label = f"booking {booking.visit.id}"
                problems += _lines(booking.visit, there, gone, origins, label)
                bookings[at] = _without(booking, there)
        if not dangling:
            break
    settled = problem.model_copy(update={"visits": tuple(visits), "bookings": tuple(bookings)})
    return settled, problems


def _missing(visit: Visit, there: Iterable[str]) -> list[str]:
    return [link.visit for link in visit.follows if link.visit not in there]


def _without(booking: Booking, there: Collection[str]) -> Booking:
    kept = tuple(link for link in booking.visit.follows if link.visit in there)
    return booking.model_copy(update={"visit": booking.visit.model_copy(update={"follows": kept})})


def _lines(
    visit: Visit, there: Collection[str], gone: Collection[str], origins: Origins, label: str
) -> list[PracticeProblem]:
    booked = label.startswith("booking")
    lines = []
    for missing in _missing(visit, there):
        code = "follows-set-aside" if missing in gone else "unknown-visit"
        why = "was set aside" if missing in gone else "is not there"
        lines.append(
            PracticeProblem(
                code,
                origins.translate(label),
                f"it follows visit {missing}, which {why}",
                "mend that visit, or remove it from column 'follows'"
                + (" (the booking is kept without it)" if booked else ""),
                Severity.KEPT if booked else Severity.SET_ASIDE,
            )
        )
    return lines
