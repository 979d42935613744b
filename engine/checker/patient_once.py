"""A patient is in one place: two visits of one patient never overlap."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from engine.checker.book import Book, Hold
from engine.checker.report import Finding, finding
from engine.checker.spans import clashing, span_text


def findings(book: Book) -> Iterator[Finding]:
    """Without turnover: a patient may walk from one chair straight to the next."""
    holds: dict[tuple[str, dt.date], list[Hold]] = defaultdict(list)
    for entry in book.entries:
        hold = Hold(entry, entry.start, entry.end, entry.end, 0, None)
        holds[entry.visit.patient, entry.date].append(hold)
    for (patient, _), group in holds.items():
        for first, second, minute in clashing(group, lambda hold: hold.entry.kept):
            found = f"{span_text(first)} and {span_text(second)}"
            text = f"patient {patient} is in {found}"
            parties = (first.entry, second.entry)
            yield finding(parties, minute, text, found, "one visit at a time")
