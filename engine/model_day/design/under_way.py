"""Rows that keep what is under way at each moment below what there is."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from engine.solver.program import Program
from engine.units import Interval

Weighted = tuple[Interval, int, int]
"""Span [start, end), column of the program, how much one of it is."""


def at_most(
    program: Program,
    rule: str,
    uses: Iterable[Weighted],
    size: int,
    relief: dict[int, int] | None = None,
    step: int = 5,
) -> None:
    """At every moment the uses under way are at most `size`.

    Rows only where a use begins, since nothing grows in between. `relief`: columns by step that
    add to the size; then there is a row for every step.
    """
    listed, upper = list(uses), program.upper.tolist()
    if relief is None:
        moments = sorted({start for (start, _), _, _ in listed})
    else:
        first = min((start for (start, _), _, _ in listed), default=0)
        last = max((end for (_, end), _, _ in listed), default=0)
        moments = list(range(first // step * step, last, step))
    by_moment: dict[int, dict[int, int]] = {moment: defaultdict(int) for moment in moments}
    for (start, end), column, amount in listed:
        for moment in moments_in(moments, start, end):
            by_moment[moment][column] += amount
    seen: set[tuple[tuple[int, int], ...]] = set()
    for moment in moments:
        entries = by_moment[moment]
        key = tuple(sorted(entries.items()))
        if not entries or (relief is None and key in seen):
            continue
        seen.add(key)
        columns, factors = list(entries), list(entries.values())
        if relief is not None and moment in relief:
            columns.append(relief[moment])
            factors.append(-1)
        if (
            relief is not None
            or sum(factor * upper[column] for column, factor in entries.items()) > size
        ):
            program.row(rule, columns, factors, upper=size)


def moments_in(moments: list[int], start: int, end: int) -> list[int]:
    """The sorted moments in [start, end)."""
    return moments[bisect_left(moments, start) : bisect_left(moments, end)]
