"""Starts on the practice's marks, and every border of a segment on the grid."""

from collections.abc import Iterator

from engine.checker.book import Book
from engine.checker.report import Finding, finding
from engine.units import clock_text, to_minutes


def findings(book: Book) -> Iterator[Finding]:
    """Marks count from midnight: with 15-minute marks, 09:15 is one and 09:20 is not."""
    mark, grid = book.practice.start_mark_minutes, book.practice.grid_minutes
    for entry in book.entries:
        at = clock_text(entry.start)
        if entry.start % mark:
            text = f"{entry.id} starts at {at}, off the {mark}-minute marks"
            yield finding((entry,), entry.start, text, at, f"every {mark} min")
        for segment in entry.placement.segments:
            borders = (to_minutes(segment.start), to_minutes(segment.end))
            off = next((border for border in borders if border % grid), None)
            if off is not None:
                text = f"{entry.id} has a segment border at {clock_text(off)}, off the grid"
                yield finding((entry,), off, text, clock_text(off), f"every {grid} min")
                break
