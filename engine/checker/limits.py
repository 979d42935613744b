"""Kits and machines: no more visits of limited procedures a day, or at once."""

import heapq
from collections.abc import Iterator, Sequence

from engine.checker.book import Book, Entry
from engine.checker.report import Finding, finding
from engine.practice import DailyLimit


def findings(book: Book) -> Iterator[Finding]:
    """Kept bookings count. A kit is free again in the minute the visit ends (no turnover)."""
    for entries in book.by_date.values():
        for limit in book.practice.limits:
            using = sorted(
                (entry for entry in entries if entry.procedure.code in limit.procedures),
                key=lambda entry: (entry.start, entry.end),
            )
            if limit.per_day is not None and len(using) > limit.per_day:
                found, allowed = str(len(using)), f"at most {limit.per_day} a day"
                text = f"{found} visits use {limit.id}, {allowed}"
                yield finding(using, using[-1].start, text, found, allowed)
            if limit.at_once is not None:
                yield from _at_once(limit, limit.at_once, using)


def _at_once(limit: DailyLimit, most: int, using: Sequence[Entry]) -> Iterator[Finding]:
    under_way: list[tuple[int, int, Entry]] = []
    for number, entry in enumerate(using):
        while under_way and under_way[0][0] <= entry.start:
            heapq.heappop(under_way)
        heapq.heappush(under_way, (entry.end, number, entry))
        if len(under_way) > most:
            parties = [party for _, _, party in sorted(under_way, key=lambda item: item[1])]
            found, allowed = str(len(parties)), f"at most {most} at once"
            names = ", ".join(party.id for party in parties)
            text = f"{names} use {limit.id} at once: {found}, {allowed}"
            yield finding(parties, entry.start, text, found, allowed)
