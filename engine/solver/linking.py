"""The link: items in a bucket are counts of starts in that bucket.

Buckets of a kind on a date are cut wherever any of its items' windows, wishes or clock hours
change, so an item may take every start of a bucket in which it has a column. Items with exact
starts have a column per start. Both families together are laminar (a start lies inside one
bucket), and for laminar families counting is exact: if exact items never exceed the starts at
their minute and the totals of each bucket agree, items and starts can be matched one to one.
"""

from collections import defaultdict
from collections.abc import Iterable

from engine.solver.kinds import KindKey
from engine.solver.model import Model, Start


def starts_in(starts: Iterable[Start], first: int, last: int) -> list[int]:
    """Columns of the starts with first <= minute <= last."""
    return [start.column for start in starts if first <= start.minute <= last]


def link_items(model: Model, buckets: dict[tuple[KindKey, int], list[tuple[int, int]]]) -> None:
    """Per kind, date and bucket: items = starts; per minute: exact items <= starts."""
    exact: dict[tuple[KindKey, int], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    coarse: dict[tuple[KindKey, int], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for item in model.items.values():
        for choice in item.columns:
            place = (item.kind.key, choice.day)
            if item.exact:
                exact[place][choice.first].append(choice.column)
            else:
                coarse[place][choice.first].append(choice.column)
    program = model.program
    for place, starts in model.starts.items():
        for first, last in buckets[place]:
            inside = [
                column
                for minute, columns in exact[place].items()
                if first <= minute <= last
                for column in columns
            ]
            inside += coarse[place].get(first, [])
            program.equal_sums("link", inside, starts_in(starts, first, last))
        for minute, columns in exact[place].items():
            program.sum_at_most("link", columns, starts_in(starts, minute, minute))
