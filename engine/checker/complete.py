"""Every visit accounted for: one time or the unplaced list; every booking placed or displaced."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from engine.checker.book import Book
from engine.checker.report import Finding
from engine.practice import Visit


def _nowhere(visit: str, day: dt.date | None, what: str, found: str, allowed: str) -> Finding:
    when = f"{day}: " if day else ""
    return Finding((visit,), day, f"{when}{what}", found, allowed)


def findings(book: Book) -> Iterator[Finding]:
    """Never inherited: the list itself is made by the fill."""
    schedule, problem = book.schedule, book.problem
    placed = Counter(placement.visit for placement in schedule.placements)
    unplaced = Counter(entry.visit for entry in schedule.unplaced)
    displaced = Counter(schedule.displaced)
    booked = {
        visit: booking.date
        for visit, booking in problem.booking_of.items()
        if book.in_horizon(booking.date)
    }
    pending = {visit.id: visit for visit in problem.visits if visit.id not in problem.booking_of}
    yield from _dates(book)
    for visit in dict.fromkeys((*placed, *unplaced, *displaced)):
        if visit not in problem.all_visits:
            yield _nowhere(visit, None, f"visit {visit} is not in the problem", visit, "known ids")
        elif visit in problem.booking_of and visit not in booked:
            day = problem.booking_of[visit].date
            yield _nowhere(
                visit,
                day,
                f"booking {visit} lies outside the dates of the schedule but stands in it",
                str(day),
                _horizon_text(book),
            )
    for visit, asked in pending.items():
        if placed[visit] + unplaced[visit] or not _waits(book, asked):
            yield from _once(visit, None, placed[visit], unplaced[visit], "unplaced")
        if displaced[visit]:
            what = f"visit {visit} has no booking but stands among the displaced bookings"
            yield _nowhere(visit, None, what, "displaced", "placed or unplaced")
    for visit, date in booked.items():
        yield from _once(visit, date, placed[visit], displaced[visit], "displaced")
        if unplaced[visit]:
            what = f"booking {visit} stands on the unplaced list"
            yield _nowhere(visit, date, what, "unplaced", "placed or displaced")


def _waits(book: Book, visit: Visit) -> bool:
    """True for a visit whose earliest date comes after these dates: it may wait unlisted."""
    if visit.earliest is None:
        return False
    return (visit.earliest - book.schedule.start).days >= book.schedule.days


def _once(
    visit: str, day: dt.date | None, placed: int, listed: int, name: str
) -> Iterator[Finding]:
    if placed + listed == 1:
        return
    found = f"{_times(placed)} placed, {_times(listed)} {name}"
    what = f"{visit} is {found}" if placed + listed else f"{visit} is neither placed nor {name}"
    yield _nowhere(visit, day, what, found, f"once placed or once {name}")


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _horizon_text(book: Book) -> str:
    return f"{book.schedule.days} days from {book.schedule.start} on"


def _dates(book: Book) -> Iterator[Finding]:
    for placement in book.schedule.placements:
        if not book.in_horizon(placement.date):
            yield _nowhere(
                placement.visit,
                placement.date,
                f"{placement.visit} is placed outside the dates of the schedule",
                str(placement.date),
                _horizon_text(book),
            )
