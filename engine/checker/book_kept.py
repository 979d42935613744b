"""The book is kept: frozen bookings stay, few movable ones move, no clash is made worse."""

from collections.abc import Iterator

from engine.checker.book import Book
from engine.checker.head_count import shortages
from engine.checker.report import Finding, finding
from engine.units import clock_text, to_minutes


def findings(book: Book) -> Iterator[Finding]:
    """Never inherited: the book cannot break its own keeping."""
    yield from _frozen(book)
    yield from _too_many_moves(book)
    yield from _locked_chairs(book)
    yield from shortages(book)


def _frozen(book: Book) -> Iterator[Finding]:
    for entry in book.entries:
        booking = entry.booking
        if booking is not None and not booking.movable and not entry.kept:
            stands = f"{booking.date} {clock_text(to_minutes(booking.start))}"
            text = f"frozen booking {entry.id} is moved here from {stands}"
            found = f"{entry.date} {clock_text(entry.start)}"
            yield finding((entry,), entry.start, text, found, stands)
    for visit in dict.fromkeys(book.schedule.displaced):
        booking = book.problem.booking_of.get(visit)
        if booking is not None and not booking.movable:
            stands = f"{booking.date} {clock_text(to_minutes(booking.start))}"
            text = f"{stands}: frozen booking {visit} is displaced"
            yield Finding((visit,), booking.date, text, "displaced", stands)


def _too_many_moves(book: Book) -> Iterator[Finding]:
    most = book.problem.policy.max_moves
    moved = [entry for entry in book.entries if entry.booking is not None and not entry.kept]
    if most is None or len(moved) <= most:
        return
    visits = tuple(dict.fromkeys(entry.id for entry in moved))
    text = f"{len(moved)} bookings are moved, at most {most} may: {', '.join(visits)}"
    yield Finding(visits, None, text, str(len(moved)), f"at most {most}")


def _locked_chairs(book: Book) -> Iterator[Finding]:
    for hold in book.stage_holds:
        booking = hold.entry.booking
        if booking is None or not booking.chair_locked or not book.booked_stage(hold):
            continue
        if hold.chair != booking.chair:
            found, allowed = hold.chair or "no chair", booking.chair or ""
            text = f"booking {hold.entry.id} is locked to chair {allowed} but sits in {found}"
            yield finding((hold.entry,), hold.start, text, found, allowed, inherited=False)
