"""holds.json of a practice folder: times that are kept for callers for a while.

While it is open, a hold stands in the book like a frozen booking, for every command that reads the
folder; afterwards it counts for nothing. A visit that is booked at another time keeps that one,
and a stand-in has the held time. One that is booked at the held time needs no hold.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from engine.files.atomic import write_text
from engine.files.problem_json import model_text, read_model
from engine.practice import Booking, Problem, Visit
from engine.practice.base import Frozen
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.schedule import Hold, Placement

HOLDS_FILE = "holds.json"


class HoldsFile(Frozen):
    """The content of the file."""

    holds: tuple[Hold, ...] = ()


def read_holds(folder: Path) -> tuple[Hold, ...]:
    """The holds of a practice folder; none where it has no such file, or is a single file.

    PracticeProblemsError with every fault of the file.
    """
    file = folder / HOLDS_FILE
    return read_model(file, HoldsFile).holds if file.is_file() else ()


def write_holds(folder: Path, holds: Iterable[Hold]) -> Path:
    """Write the file whole or not at all; its path."""
    file = folder / HOLDS_FILE
    write_text(file, model_text(HoldsFile(holds=tuple(holds))))
    return file


def with_holds(problem: Problem, holds: Iterable[Hold], now: dt.datetime) -> Problem:
    """The problem with open holds as frozen bookings.

    PracticeProblemsError where a hold is of another practice.
    """
    listed = tuple(holds)
    faults = tuple(_faults(problem, listed))
    if faults:
        raise PracticeProblemsError(faults)
    kept = [booking for hold in listed if hold.is_open(now) for booking in _bookings(problem, hold)]
    if not kept:
        return problem
    held = {booking.visit.id for booking in kept}
    visits = tuple(visit for visit in problem.visits if visit.id not in held)
    return problem.model_copy(update={"visits": visits, "bookings": (*problem.bookings, *kept)})


def stand_in_of(visit: str) -> str:
    """The id under which a time is held for a visit that is booked at another one."""
    return f"{visit[:59]}-held"


def held_times(problem: Problem, holds: Iterable[Hold]) -> dict[str, Placement]:
    """Open holds as they are held, by the visits that have them in a problem with its holds."""
    found = {}
    for hold in holds:
        name = stand_in_of(hold.visit.id)
        name = name if name in problem.booking_of else hold.visit.id
        booking, placement = problem.booking_of.get(name), hold.placement
        if hold.is_open(problem.as_of) and booking is not None and _has(booking, placement):
            found[name] = placement.model_copy(update={"visit": name})
    return found


def _has(booking: Booking, placement: Placement) -> bool:
    there = (placement.date, placement.start, placement.segments[0].chair)
    return (booking.date, booking.start, booking.chair) == there


def _bookings(problem: Problem, hold: Hold) -> Iterator[Booking]:
    visit, placement = hold.visit, hold.placement
    booked = problem.booking_of.get(visit.id)
    if booked is None:
        yield _booking(visit, placement)
    elif (booked.date, booked.start) != (placement.date, placement.start):
        name = stand_in_of(visit.id)
        # Of the visit only what takes the time: all else is said of it where it is booked.
        bare = Visit(
            id=name,
            patient=name,
            procedure=visit.procedure,
            minutes=visit.minutes,
            due=placement.date,
            required_doctor=visit.required_doctor,
        )
        yield _booking(bare, placement)


def _booking(visit: Visit, placement: Placement) -> Booking:
    return Booking(
        visit=visit,
        date=placement.date,
        start=placement.start,
        chair=placement.segments[0].chair,
    )


def _faults(problem: Problem, holds: tuple[Hold, ...]) -> Iterator[PracticeProblem]:
    remedy = f"take the hold out of {HOLDS_FILE}"
    for visit, count in Counter(hold.visit.id for hold in holds).items():
        if count > 1:
            cause = f"{count} times are held for this visit"
            yield PracticeProblem("duplicate-hold", f"{HOLDS_FILE} {visit}", cause, remedy)
    for hold in holds:
        where = f"{HOLDS_FILE} {hold.visit.id}"
        if hold.placement.visit != hold.visit.id:
            cause = "the time that is held is another visit's"
            yield PracticeProblem("hold-of-another-visit", where, cause, remedy)
        if hold.visit.procedure not in problem.procedures:
            cause = f"procedure '{hold.visit.procedure}' is not in practice.toml"
            yield PracticeProblem("hold-unknown-procedure", where, cause, remedy)
        known = problem.staff.keys() | problem.chairs.keys()
        named = {
            name
            for segment in hold.placement.segments
            for name in (segment.chair, segment.staff, segment.doctor)
            if name is not None
        }
        for name in sorted(named - known):
            cause = f"'{name}' is no chair and nobody in practice.toml"
            yield PracticeProblem("hold-unknown-resource", where, cause, remedy)
