"""A doctor is in the office: all through a visit that needs direct supervision."""

from collections.abc import Iterator

from engine.checker.book import Book
from engine.checker.report import Finding, finding
from engine.checker.spans import first_gap, spans_text
from engine.practice import Supervision
from engine.units import clock_text


def findings(book: Book) -> Iterator[Finding]:
    """Doctors may relieve each other. A doctor at lunch is in the office, one at a course not."""
    for entry in book.entries:
        if entry.procedure.supervision is not Supervision.DIRECT:
            continue
        present = book.doctors_in(entry.date)
        gap = first_gap((entry.start, entry.end), present)
        if gap is not None:
            found, allowed = clock_text(gap), spans_text(sorted(present))
            text = (
                f"no doctor is in the office during {entry.id} "
                f"({spans_text([(entry.start, entry.end)])}); doctors are in: {allowed}"
            )
            yield finding((entry,), gap, text, found, allowed)
