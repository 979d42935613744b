"""The link: items in a bucket are counts of starts in that bucket.

Buckets of a kind on a date are cut wherever any of its items' windows, wishes or clock hours
change, so an item may take every start of a bucket in which it has a column. Items with exact
starts have a column per start. Both families together are laminar (a start lies inside one
bucket), and for laminar families counting is exact: if exact items never exceed the starts at
their minute and the totals of each bucket agree, items and starts can be matched one to one.
"""

import numpy as np

from engine.solver.model import Model
from engine.solver.program import Ints
from engine.solver.spans import DAY_KEY, find


def bucket_of_starts(model: Model) -> Ints:
    """The number of the bucket of each start."""
    counts, buckets = model.counts, model.buckets
    borders = buckets.place * DAY_KEY + buckets.first
    return np.searchsorted(borders, counts.place * DAY_KEY + counts.minute, side="right") - 1


def exact_choices(model: Model) -> Ints:
    """Numbers of the choices of items that need exact starts."""
    exact = np.array([item.exact for item in model.items.values()], dtype=np.bool_)
    return np.flatnonzero(exact[model.choices.item])


def link_items(model: Model) -> None:
    """Per kind, date and bucket: items = starts; per minute: exact items <= starts."""
    counts, choices, program = model.counts, model.choices, model.program
    program.rows(
        "link",
        len(model.buckets.place),
        [(choices.bucket, choices.column, 1), (bucket_of_starts(model), counts.column, -1)],
        lower=0,
        upper=0,
    )
    exact = exact_choices(model)
    minutes, row = np.unique(
        choices.place[exact] * DAY_KEY + choices.first[exact], return_inverse=True
    )
    serving = find(minutes, counts.place * DAY_KEY + counts.minute)
    fits = serving >= 0
    program.rows(
        "link",
        len(minutes),
        [(row, choices.column[exact], 1), (serving[fits], counts.column[fits], -1)],
        upper=0,
    )
