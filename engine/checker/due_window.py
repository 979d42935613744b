"""Not before the earliest, not after the latest date; nothing new before now."""

import datetime as dt
from collections.abc import Iterator

from engine.checker.book import Book
from engine.checker.report import Finding, finding
from engine.units import clock_text


def findings(book: Book) -> Iterator[Finding]:
    """Both dates themselves are allowed; so is a start in the very minute of `as_of`."""
    as_of = book.problem.as_of
    for entry in book.entries:
        found, visit = str(entry.date), entry.visit
        if visit.earliest is not None and entry.date < visit.earliest:
            text = f"{entry.id} lies before its earliest date {visit.earliest}"
            yield finding((entry,), entry.start, text, found, f"from {visit.earliest} on")
        if visit.latest is not None and entry.date > visit.latest:
            text = f"{entry.id} lies after its latest date {visit.latest}"
            yield finding((entry,), entry.start, text, found, f"until {visit.latest}")
        moment = dt.datetime.combine(entry.date, dt.time(entry.start // 60, entry.start % 60))
        if not entry.kept and moment < as_of:
            now = as_of.isoformat(sep=" ", timespec="minutes")
            text = f"{entry.id} starts before now ({now})"
            yield finding(
                (entry,), entry.start, text, f"{found} {clock_text(entry.start)}", f"from {now} on"
            )
