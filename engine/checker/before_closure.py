"""Nothing delicate in the last days before a closure, when nobody is there for what breaks."""

import datetime as dt
from collections.abc import Iterator

from engine.checker.book import Book
from engine.checker.report import Finding, finding


def findings(book: Book) -> Iterator[Finding]:
    """Counted in calendar days back from the closure: 1 bars the day before it."""
    closed = sorted({closure.date for closure in book.problem.practice.closures})
    for entry in book.entries:
        days = entry.procedure.days_before_closure
        soon = [date for date in closed if 0 < (date - entry.date).days <= days]
        if soon:
            left = (soon[0] - entry.date) // dt.timedelta(days=1)
            text = (
                f"{entry.id} ({entry.procedure.code}) is {left} day(s) before the closure on "
                f"{soon[0]}; it needs more than {days}"
            )
            yield finding((entry,), entry.start, text, f"{left} day(s)", f"more than {days}")
