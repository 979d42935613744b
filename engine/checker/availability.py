"""When the patient can come: the whole visit in one of the patient's available times."""

from collections.abc import Iterator

from engine.checker.book import Book
from engine.checker.report import Finding, finding
from engine.checker.spans import spans_text
from engine.units import to_minutes


def findings(book: Book) -> Iterator[Finding]:
    """None given: any time. Two windows that touch are two: a patient named them apart."""
    for entry in book.entries:
        if not entry.visit.availability:
            continue
        windows = [
            (to_minutes(window.start), to_minutes(window.end))
            for window in entry.visit.availability
            if window.on(entry.date.weekday())
        ]
        if not any(start <= entry.start and entry.end <= end for start, end in windows):
            found = spans_text([(entry.start, entry.end)])
            allowed = spans_text(windows, "not on that weekday")
            text = f"{entry.id} ({found}), but its patient is available {allowed}"
            yield finding((entry,), entry.start, text, found, allowed)
