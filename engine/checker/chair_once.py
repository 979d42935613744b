"""One patient in a chair, turnover included, and none while it is blocked."""

from collections.abc import Iterator

from engine.checker.book import Book
from engine.checker.report import Finding, finding
from engine.checker.spans import clashing, first_gap, span_text, spans_text


def findings(book: Book) -> Iterator[Finding]:
    """Inherited where all parties are kept bookings in the chairs that the book gives them."""
    for (chair, day), holds in book.holds_of_chair.items():
        for first, second, minute in clashing(holds, book.chair_as_booked):
            found = f"{span_text(first)} and {span_text(second)}"
            yield finding(
                (first.entry, second.entry),
                minute,
                f"chair {chair} holds {found}",
                found,
                "one patient at a time, turnover included",
                inherited=book.chair_as_booked(first) and book.chair_as_booked(second),
            )
        if chair not in book.problem.chairs:
            continue
        usable = book.usable(chair, day)
        for hold in holds:
            gap = first_gap((hold.start, hold.until), usable)
            if gap is not None:
                yield finding(
                    (hold.entry,),
                    gap,
                    f"chair {chair} is blocked while it holds {span_text(hold)}",
                    span_text(hold),
                    spans_text(usable),
                    inherited=book.chair_as_booked(hold),
                )
