"""Lab item in house, clearances given."""

from collections.abc import Iterator

from engine.checker.book import Book
from engine.checker.report import Finding, finding


def findings(book: Book) -> Iterator[Finding]:
    """Lab work may be used from the day after it arrives; a clearance on the day it is expected."""
    for entry in book.entries:
        found, ready = str(entry.date), entry.visit.lab_ready
        if ready is not None and entry.date <= ready:
            text = f"{entry.id} needs its lab item, in house on {ready}"
            yield finding((entry,), entry.start, text, found, f"after {ready}")
        for clearance in entry.visit.clearances:
            expected = clearance.expected
            if clearance.granted or (expected is not None and expected <= entry.date):
                continue
            allowed = f"from {expected} on" if expected else "not possible without it"
            when = f"expected on {expected}" if expected else "not expected on any date"
            text = f"{entry.id} waits for its {clearance.kind} clearance, {when}"
            yield finding((entry,), entry.start, text, found, allowed)
