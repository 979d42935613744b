"""Uses of resources: what starts feed, which class serves it, and capacity at every moment."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from engine.solver.model import Lack, Model, Use, UseKey
from engine.solver.program import Ints, as_ints
from engine.solver.spans import DAY_KEY, active_at
from engine.solver.tables import UseTable

Sizes = Mapping[tuple[str, int], Mapping[int, int]]
"""Family and date -> class id -> members."""


def use_of(
    model: Model, family: str, day: int, start: int, end: int, allowed: tuple[tuple[int, int], ...]
) -> tuple[UseKey, Use]:
    """The use of [start, end) of a family, served by one of the allowed classes; new if needed."""
    key = UseKey(family, day, start, end, allowed)
    use = model.uses.get(key)
    if use is None:
        use = model.uses[key] = Use(len(model.uses), day, start, end, allowed)
    return key, use


def open_shares(model: Model) -> None:
    """One column per use and class that can serve it: sum over classes = sum over starts."""
    _drop_unfed(model)
    program, uses = model.program, list(model.uses.values())
    table = model.use_table = _table(model, uses)
    every = np.arange(len(uses))
    most = np.zeros(len(uses), dtype=np.int64)
    np.add.at(most, table.feed_use, program.upper[table.feed_column])
    prices = np.array([price for use in uses for _, price in use.allowed], dtype=np.int64)
    piece = table.share_use
    program.columns(
        len(piece), 0, most[piece], prices, day=table.day[piece], minute=table.start[piece]
    )
    entries: list[tuple[Ints, Ints, int | Ints]] = [
        (piece, table.share_column, 1),
        (table.feed_use, table.feed_column, -1),
    ]
    if model.use_slack:
        first = program.columns(len(uses), 0, most, 1, day=table.day)
        entries.append((every, first + every, 1))
        for use in uses:
            use.slack = first + use.number
    program.rows("uses", len(uses), entries, lower=0, upper=0)


def _drop_unfed(model: Model) -> None:
    """Uses that no start needs after all go; the others are numbered anew."""
    fed = np.zeros(len(model.uses), dtype=np.bool_)
    for numbers, _ in model.feeds:
        fed[numbers] = True
    fed[[use.number for use in model.uses.values() if use.owners]] = True
    number = np.cumsum(fed) - 1
    model.feeds = [(number[numbers], column) for numbers, column in model.feeds]
    model.uses = {key: use for key, use in model.uses.items() if fed[use.number]}
    for new, use in enumerate(model.uses.values()):
        use.number = new


def _table(model: Model, uses: list[Use]) -> UseTable:
    """Numbers the groups and shares, and gives every use its feeders and shares."""
    groups: dict[tuple[str, int], int] = {}
    group = [groups.setdefault((key.family, key.day), len(groups)) for key in model.uses]
    sizes = np.array([len(use.allowed) for use in uses], dtype=np.int64)
    classes = [class_id for use in uses for class_id, _ in use.allowed]
    first = model.program.size
    booked = [(use.number, column) for use in uses for column, _ in use.owners]
    feeds = [*model.feeds, (as_ints([u for u, _ in booked]), as_ints([c for _, c in booked]))]
    feed_use = np.concatenate([use for use, _ in feeds])
    feed_column = np.concatenate([column for _, column in feeds])
    order = np.argsort(feed_use, kind="stable")
    feed_use, feed_column = feed_use[order], feed_column[order]
    feeders = feed_column.tolist()
    fed = np.searchsorted(feed_use, np.arange(len(uses) + 1)).tolist()
    shared = np.concatenate(([0], np.cumsum(sizes))).tolist()
    for use, (low, high), (begin, end) in zip(uses, pairwise(fed), pairwise(shared), strict=True):
        use.feeders = feeders[low:high]
        use.shares = dict(zip(classes[begin:end], range(first + begin, first + end), strict=True))
    return UseTable(
        groups,
        np.array(group, dtype=np.int64),
        np.array([use.day for use in uses], dtype=np.int64),
        np.array([use.start for use in uses], dtype=np.int64),
        np.array([use.end for use in uses], dtype=np.int64),
        feed_use,
        feed_column,
        np.repeat(np.arange(len(uses)), sizes),
        np.array(classes, dtype=np.int64),
        first + np.arange(len(classes)),
    )


def share_capacity(model: Model, sizes: Sizes, rule: str) -> None:
    """For each class: at every moment at which a use begins, uses under way <= size.

    Checking beginnings is enough: load only rises there. A row whose uses all go on to the next
    beginning is implied by that one and left out. What shares a use runs side by side, so no count
    is larger than the classes that can serve it: where one member is all there is, counts become
    yes or no, on which a solver branches far better.
    """
    table = model.use_table
    size = _size_of_shares(table, sizes)
    taking = np.flatnonzero(size >= 0)
    use, size = table.share_use[taking], size[taking]
    _cap(model, sizes, taking, size)
    widest = int(table.share_class.max(initial=0)) + 1
    piece = (table.group[use] * widest + table.share_class[taking]) * DAY_KEY
    moments, at = np.unique(piece + table.start[use], return_index=True)
    share, moment = active_at(moments, piece + table.start[use], piece + table.end[use])
    # The last moment of a use is one after which load falls: only there a row says something new.
    telling = np.unique(np.searchsorted(moments, piece + table.end[use]) - 1)
    number = np.full(len(moments), -1, dtype=np.int64)
    number[telling] = np.arange(len(telling))
    row = number[moment]
    share, row = share[row >= 0], row[row >= 0]
    columns = table.share_column[taking][share]
    model.program.rows(rule, len(telling), [(row, columns, 1)], upper=size[at[telling]])


def _size_of_shares(table: UseTable, sizes: Sizes) -> Ints:
    """Members of the class of each share; -1 where its family and date are not named."""
    widest = int(table.share_class.max(initial=0)) + 1
    known = np.full((len(table.groups) + 1, widest), -1, dtype=np.int64)
    for place, classes in sizes.items():
        for class_id, size in classes.items():
            if place in table.groups and class_id < widest:
                known[table.groups[place], class_id] = size
    found: Ints = known[table.group[table.share_use], table.share_class]
    return found


def _cap(model: Model, sizes: Sizes, taking: Ints, size: Ints) -> None:
    program, table = model.program, model.use_table
    upper = program.upper
    columns = table.share_column[taking]
    upper[columns] = np.minimum(upper[columns], size)
    if not model.use_slack:
        everyone = np.zeros(len(table.group), dtype=np.int64)
        np.add.at(everyone, table.share_use[taking], size)
        named = np.array([number for p, number in table.groups.items() if p in sizes], np.int64)
        fed = np.flatnonzero(np.isin(table.group[table.feed_use], named))
        np.minimum.at(upper, table.feed_column[fed], everyone[table.feed_use[fed]])
        np.maximum(upper, program.lower, out=upper)


def lacking_intervals(model: Model, day: int, what: str) -> list[tuple[Lack, int, int]]:
    """Intervals of the date in which kept bookings go without staff or doctor."""
    found: list[tuple[Lack, int, int]] = []
    for lack in sorted(model.lacking):
        visit_id, kind_of_lack, index = lack
        booking = model.kept.get(visit_id)
        if booking is None or kind_of_lack != what or model.day_number[booking.date] != day:
            continue
        start = booking.start.hour * 60 + booking.start.minute
        kind = model.kinds[(booking.visit.procedure, booking.visit.minutes)]
        if what == "doctor":
            for time in kind.doctor:
                begin = start + time.offset
                found.append((lack, begin, begin + time.minutes))
        else:
            stage = kind.stages[index]
            found.append((lack, start + stage.start, start + stage.busy_until))
    return found
