"""Patients only in opening hours: the visit without its turnover lies in one open stretch."""

from collections.abc import Iterator

from engine.checker.book import Book
from engine.checker.report import Finding, finding
from engine.checker.spans import first_gap, spans_text


def findings(book: Book) -> Iterator[Finding]:
    """A closed date has no open stretch at all."""
    for entry in book.entries:
        hours = book.open(entry.date)
        span = (entry.start, entry.end)
        if first_gap(span, hours) is not None:
            found, allowed = spans_text([span]), spans_text(hours, "closed")
            text = f"{entry.id} ({found}) lies outside the opening hours ({allowed})"
            yield finding((entry,), entry.start, text, found, allowed)
