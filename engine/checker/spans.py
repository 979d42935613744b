"""The checker's own arithmetic of half-open minutes [start, end): touching is not overlapping.

Deliberately not that of `engine.units`: a slip there must not hide from the judge.
"""

from collections.abc import Callable, Iterable, Iterator

from engine.checker.book import Hold
from engine.units import clock_text

Span = tuple[int, int]


def first_gap(wanted: Span, intervals: Iterable[Span]) -> int | None:
    """The first minute of `wanted` that no interval holds; None where all are held."""
    reached, end = wanted
    for start, stop in sorted(intervals):
        if reached >= end or start > reached:
            break
        reached = max(reached, stop)
    return None if reached >= end else reached


def clashing(
    holds: Iterable[Hold], booked: Callable[[Hold], bool]
) -> Iterator[tuple[Hold, Hold, int]]:
    """Pairs that hold the same thing in the same minute, with the first such minute.

    One sweep: each hold is compared with the furthest-reaching earlier one of the book and of the
    others. So every hold that clashes with anything is named at least once, in linear time.
    """
    furthest: dict[bool, Hold] = {}
    for hold in sorted(holds, key=lambda held: (held.start, held.until)):
        for earlier in tuple(furthest.values()):
            if earlier.until > hold.start:
                yield earlier, hold, hold.start
        kind = booked(hold)
        if kind not in furthest or hold.until > furthest[kind].until:
            furthest[kind] = hold


def span_text(hold: Hold) -> str:
    """`V12 (09:00-09:20, turnover to 09:25)`."""
    turnover = f", turnover to {clock_text(hold.until)}" if hold.until > hold.end else ""
    return f"{hold.entry.id} ({clock_text(hold.start)}-{clock_text(hold.end)}{turnover})"


def spans_text(intervals: Iterable[Span], nothing: str = "never") -> str:
    """`08:00-12:00, 13:00-17:00`."""
    return ", ".join(f"{clock_text(s)}-{clock_text(e)}" for s, e in intervals) or nothing
