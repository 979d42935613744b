"""One visit after another, with the gap between them, and not without the first."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from engine.checker.book import Book, Entry
from engine.checker.report import Finding, finding
from engine.practice import Follows
from engine.practice.pattern import pattern_of
from engine.units import clock_text, to_minutes


@dataclass(frozen=True, slots=True)
class _Before:
    """The visit that comes first: where it stands, in this schedule or in the book outside it."""

    date: dt.date
    end: int
    entry: Entry | None
    kept: bool


def findings(book: Book) -> Iterator[Finding]:
    """A kept booking whose first visit was never placed stands in the book like that: inherited.

    Where the fill itself took the first visit away (displaced, moved) or put it wrong, it is not.
    """
    for entry in book.entries:
        for follows in entry.visit.follows:
            before = _before(book, follows.visit)
            if before is None:
                lost = follows.visit in book.problem.booking_of
                text = f"{entry.id} follows {follows.visit}, which has no time"
                allowed = f"after {follows.visit}"
                yield finding((entry,), entry.start, text, "no time", allowed, inherited=not lost)
                continue
            fault = _fault(book, entry, before, follows)
            if fault is not None:
                found, allowed = fault
                text = f"{entry.id} follows {follows.visit}: {found}, {allowed}"
                parties = (entry, before.entry) if before.entry else (entry,)
                yield finding(parties, entry.start, text, found, allowed, inherited=before.kept)


def _before(book: Book, visit: str) -> _Before | None:
    entry = book.entry_of.get(visit)
    if entry is not None:
        return _Before(entry.date, entry.end, entry, entry.kept)
    booking = book.problem.booking_of.get(visit)
    if booking is None or book.in_horizon(booking.date):
        return None
    start = to_minutes(booking.start)
    procedure = book.problem.procedures.get(booking.visit.procedure)
    if procedure is None:
        return _Before(booking.date, start, None, True)
    try:
        stages = pattern_of(procedure, booking.visit.minutes, book.practice.grid_minutes)
    except ValueError:
        return _Before(booking.date, start, None, True)
    return _Before(booking.date, start + stages[-1].end, None, True)


def _fault(book: Book, entry: Entry, before: _Before, follows: Follows) -> tuple[str, str] | None:
    gap = (entry.date - before.date).days
    if gap < 0:
        return f"{_days(-gap)} before it ({before.date})", "not before it"
    if gap == 0 and entry.start < before.end + follows.min_minutes:
        earliest = clock_text(before.end + follows.min_minutes)
        return f"starts at {clock_text(entry.start)}", f"not before {earliest}"
    if gap < follows.min_days:
        return f"{_days(gap)} after it", f"at least {_days(follows.min_days)}"
    working = _working_days(book, before.date, gap, follows.min_working_days)
    if working < follows.min_working_days:
        return f"{_days(working, 'working ')} after it", f"at least {follows.min_working_days}"
    if follows.max_days is not None and gap > follows.max_days:
        return f"{_days(gap)} after it", f"at most {_days(follows.max_days)}"
    return None


def _days(count: int, kind: str = "") -> str:
    return f"{count} {kind}day{'' if count == 1 else 's'}"


def _working_days(book: Book, first: dt.date, gap: int, enough: int) -> int:
    """Open days after `first` within `gap` days; counting stops at `enough`."""
    count = 0
    for offset in range(1, gap + 1):
        if count >= enough:
            break
        count += bool(book.open(first + dt.timedelta(days=offset)))
    return count
