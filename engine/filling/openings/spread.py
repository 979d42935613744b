"""Which of many possible starts are offered: cheap ones, on different days and half-days."""

from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np

from engine.filling.lanes import Minutes
from engine.filling.openings.answers import NOON

GAP_PLACES = 1 << 12
"""Room for free minutes beside a cost, so that one whole number orders by both."""

Order = tuple[int, int, int, int]
"""Of a start: cost, days away from the due date, free minutes left beside it, place in the
calendar."""


class HalfDays:
    """The starts by half-day, in each the cheapest first, of equals the tightest, the earliest.

    `day`, `minute`, `cost`, `gap`: by start, in the order of the calendar. `away_days`: of each
    start, days between its date and the due date, which decide between half-days of one cost.
    """

    def __init__(
        self, day: Minutes, minute: Minutes, cost: Minutes, gap: Minutes, away_days: Minutes
    ) -> None:
        self._key = cost * GAP_PLACES + np.minimum(gap, GAP_PLACES - 1)
        half = 2 * day + (minute >= NOON)
        self._begins = np.flatnonzero(np.diff(half, prepend=-1))
        self._ends = np.append(self._begins[1:], len(half))
        self._number: list[int] = half[self._begins].tolist()
        self._cost, self._away, self._gap = cost, away_days, gap
        self._tried: dict[int, Iterator[int]] = {}

    def best(self) -> list[int]:
        """The best start of each half-day, as an index."""
        if not len(self._key):
            return []
        least = np.minimum.reduceat(self._key, self._begins)
        lengths = self._ends - self._begins
        hits = np.flatnonzero(self._key == np.repeat(least, lengths))
        segments = np.searchsorted(self._begins, hits, side="right") - 1
        _, first = np.unique(segments, return_index=True)
        best: list[int] = hits[first].tolist()
        return best

    def next_after(self, segment: int) -> int | None:
        """The next best start of a half-day, after `best` and those already given."""
        if segment not in self._tried:
            begin, end = int(self._begins[segment]), int(self._ends[segment])
            ordered = np.argsort(self._key[begin:end], kind="stable") + begin
            self._tried[segment] = iter(ordered[1:].tolist())
        return next(self._tried[segment], None)

    def order(self, indices: list[int]) -> list[Order]:
        """What decides between starts, of each."""
        chosen = np.array(indices, dtype=np.int64)
        columns = (self._cost[chosen], self._away[chosen], self._gap[chosen], chosen)
        return list(zip(*(column.tolist() for column in columns), strict=True))

    def half_day(self, segment: int) -> tuple[int, int]:
        """Number of the date; 0 for the morning, 1 for the afternoon."""
        return divmod(self._number[segment], 2)


def spread(halves: HalfDays, count: int, is_seated: Callable[[int], bool]) -> list[int]:
    """Up to `count` starts, the best first; `is_seated` has the last word on each.

    Each is on a date of its own while there are dates left, and mornings and afternoons take turns
    as far as at most half of them (rounded up) are of one kind while there are others. Of what that
    leaves the cheapest, then the nearest to the due date, the tightest, the earliest.
    """
    heads = dict(enumerate(halves.order(halves.best())))
    ranked = sorted(heads, key=heads.__getitem__)
    place = {segment: halves.half_day(segment) for segment in heads}
    chosen: list[Order] = []
    on_date, of_half = Counter[int](), Counter[int]()
    most = -(-count // 2)
    while ranked and len(chosen) < count:
        segment = _next(ranked, place, on_date, {half for half in (0, 1) if of_half[half] >= most})
        ranked.remove(segment)
        if not is_seated(heads[segment][-1]):
            following = halves.next_after(segment)
            if following is not None:
                heads[segment] = halves.order([following])[0]
                ranked = sorted((*ranked, segment), key=heads.__getitem__)
            continue
        chosen.append(heads[segment])
        date, half = place[segment]
        on_date[date] += 1
        of_half[half] += 1
    return [index for *_, index in sorted(chosen)]


def _next(
    ranked: list[int], place: dict[int, tuple[int, int]], on_date: Counter[int], full: set[int]
) -> int:
    """The first half-day in rank order whose date is chosen least, then whose kind is not full."""
    best, least = ranked[0], (len(ranked), True)
    for segment in ranked:
        date, half = place[segment]
        rank = (on_date[date], half in full)
        if rank < least:
            best, least = segment, rank
        if rank == (0, False):
            break
    return best
