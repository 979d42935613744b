"""Procedures at their times of day: one of the allowed times of the weekday holds."""

from collections.abc import Iterator

from engine.checker.book import Book, Entry
from engine.checker.report import Finding, finding
from engine.checker.spans import spans_text
from engine.practice import WEEKDAYS, AllowedTime, Binds
from engine.units import to_minutes


def _holds(allowed: AllowedTime, entry: Entry) -> bool:
    opens, closes = to_minutes(allowed.start), to_minutes(allowed.end)
    if allowed.binds is Binds.START:
        return opens <= entry.start < closes
    if allowed.binds is Binds.END:
        return opens < entry.end <= closes
    return opens <= entry.start and entry.end <= closes


def findings(book: Book) -> Iterator[Finding]:
    """Where times are given but none for the weekday, the procedure is not given on that day."""
    for entry in book.entries:
        weekday = WEEKDAYS[entry.date.weekday()]
        times = [
            allowed
            for allowed in entry.procedure.allowed_times
            if not allowed.weekdays or weekday in allowed.weekdays
        ]
        if not entry.procedure.allowed_times or any(_holds(time, entry) for time in times):
            continue
        found = spans_text([(entry.start, entry.end)])
        allowed = (
            ", ".join(
                f"{time.binds} in {spans_text([(to_minutes(time.start), to_minutes(time.end))])}"
                for time in times
            )
            or f"not on {weekday}"
        )
        text = f"{entry.id} ({found}): {entry.procedure.code} is given {allowed}"
        yield finding((entry,), entry.start, text, found, allowed)
