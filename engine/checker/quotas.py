"""No more of a class than the model day takes."""

from collections import defaultdict
from collections.abc import Iterator

from engine.checker.book import Book, Entry
from engine.checker.report import Finding, finding
from engine.practice.calendar import model_day_on


def findings(book: Book) -> Iterator[Finding]:
    """Kept bookings count. Where they alone are too many, every newcomer is one too many."""
    for day, entries in book.by_date.items():
        model_day = model_day_on(book.practice, day)
        if model_day is None:
            continue
        of_class: dict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(entries, key=lambda placed: placed.start):
            of_class[entry.procedure.procedure_class].append(entry)
        for quota in model_day.quotas:
            group = of_class.get(quota.procedure_class, [])
            if quota.at_most is not None and len(group) > quota.at_most:
                found, allowed = str(len(group)), f"at most {quota.at_most}"
                text = f"{found} visits of class {quota.procedure_class}"
                text = f"{text}; model day {model_day.id} takes {allowed}"
                last = group[-1]
                yield finding(group, last.start, text, found, allowed)
