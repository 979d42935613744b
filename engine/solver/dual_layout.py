"""What the dual function takes its minima over, read from a model once, as arrays.

Everything is a piece of a longer array: the shares of a use, the starts of a minute, the minutes of
a bucket, the choices of an item, the ways a booking can stay, the times at which a household meets.
"""

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from engine.solver.arrays import Ints, ProgramArrays
from engine.solver.chains import chains_of
from engine.solver.model import Model
from engine.solver.program import as_ints
from engine.solver.segments import Indices, Segments
from engine.solver.spans import DAY_KEY, spread

_ONCE = "household_once"
"""Rows of which each is one minimum over its columns of prices."""

_INNER_RULES = ("complete", "link", "uses", _ONCE)
"""Rows that stay: each item once, items are starts, uses are served, households meet once."""

UNPLACED, STAYS = -1, -2
"""Instead of a bucket: to stay unplaced; STAYS - k: to stay in the book as kept booking k."""


class DualLayout:
    """Columns by their part in the dual function, and the rows that are relaxed at a price."""

    def __init__(self, model: Model, arrays: ProgramArrays) -> None:
        self.arrays = arrays
        self.size = len(arrays.cost)
        self.dual_rows = _dual_rows(model)
        self.balanced = np.ones(len(arrays.row_upper), dtype=np.bool_)
        self.balanced[[*self.dual_rows, *model.strict_rows]] = False
        """Rows that are whole again once a visit has its start and everything it uses."""
        self.rows = arrays.matrix[self.dual_rows].astype(np.float64).tocsr()
        self.equal = arrays.row_lower[self.dual_rows] == arrays.row_upper[self.dual_rows]
        self.right_side = arrays.row_upper[self.dual_rows].astype(np.float64)
        self._read_uses(model)
        self._read_starts(model)
        self._read_items(model)
        self._read_kept(model)
        self._read_outer(model)

    def _read_uses(self, model: Model) -> None:
        table = model.use_table
        order = np.argsort(table.share_use, kind="stable")
        self.share_columns = table.share_column[order]
        served, sizes = np.unique(table.share_use, return_counts=True)
        self.shares = Segments.of(sizes)
        number = np.full(len(table.day), -1, dtype=np.int64)
        number[served] = np.arange(len(served))
        use = number[table.feed_use]
        fed = use >= 0
        entries = (np.ones(int(fed.sum())), (table.feed_column[fed], use[fed]))
        self.feeds = sparse.csr_matrix(entries, shape=(self.size, len(served)))
        """Start columns by uses: what a start needs."""

    def _read_starts(self, model: Model) -> None:
        counts = model.counts
        key = counts.place * DAY_KEY + counts.minute
        order = np.argsort(key, kind="stable")
        self.start_columns = counts.column[order]
        self._minute_keys, sizes = np.unique(key, return_counts=True)
        self.starts = Segments.of(sizes)

    def _read_items(self, model: Model) -> None:
        """Choices of each item: its buckets, to stay unplaced, to stay in the book."""
        choices, items = model.choices, list(model.items.values())
        places = np.stack((choices.place, choices.first, choices.last))
        ranges, bucket = np.unique(places, axis=1, return_inverse=True)
        low = np.searchsorted(self._minute_keys, ranges[0] * DAY_KEY + ranges[1])
        high = np.searchsorted(self._minute_keys, ranges[0] * DAY_KEY + ranges[2], side="right")
        self.bucket_minutes = spread(low, high)[1]
        self.buckets = Segments.of((high - low).astype(np.int64))
        begins = np.append(self.starts.starts, len(self.start_columns))
        self.bucket_starts = np.stack((begins[low], begins[high]))
        """First start of each bucket and the one after its last, in `start_columns`."""
        self.length = as_ints([item.kind.length for item in items])
        """Minutes of each item."""
        self.chains = chains_of(model)
        self.before_after = [(chain.first, chain.later) for chain in self.chains]
        """Pairs of items of which the second follows the first."""
        kept_number = {visit: number for number, visit in enumerate(model.kept_starts)}
        self.unplaced = as_ints([item.unplaced for item in items])
        movable = [item for item in items if item.keep >= 0]
        item = np.concatenate(
            (choices.item, np.arange(len(items)), as_ints([item.number for item in movable]))
        )
        column = np.concatenate(
            (choices.column, self.unplaced, as_ints([item.keep for item in movable]))
        )
        taken = np.concatenate(
            (
                bucket.reshape(-1),
                np.full(len(items), UNPLACED),
                as_ints([STAYS - kept_number[item.visit.id] for item in movable]),
            )
        )
        order = np.argsort(item, kind="stable")
        self.choice_columns, self.bucket_number = column[order], taken[order]
        self.items = Segments.of(np.bincount(item, minlength=len(items)).astype(np.int64))
        self.in_bucket = np.flatnonzero(self.bucket_number >= 0)
        self.bucket_of = self.bucket_number[self.in_bucket]
        self.stays = np.flatnonzero(self.bucket_number <= STAYS)
        self.stays_as = STAYS - self.bucket_number[self.stays]

    def _read_kept(self, model: Model) -> None:
        """Bookings in their place: one column, or one for each way the doctor can come."""
        kept = [[s.column for s in starts] for starts in model.kept_starts.values()]
        self.kept_columns = as_ints([column for columns in kept for column in columns])
        self.kept = Segments.of(as_ints([len(columns) for columns in kept]))
        self.keep_columns = as_ints([model.keep_column[visit] for visit in model.kept_starts])
        # Where there is one way only, the start is the booking's own column: count it once.
        self.own_cost = np.array(
            [0.0 if k == [c] else 1.0 for k, c in zip(kept, self.keep_columns, strict=True)]
        )
        self.frozen = np.flatnonzero(self.arrays.lower[self.keep_columns] == 1)
        """Numbers of the kept bookings that stay in any case."""

    def _read_outer(self, model: Model) -> None:
        """Groups of which at most one is taken; a column in no such row is a group of its own."""
        outer = np.ones(self.size, dtype=np.bool_)
        for columns in (self.share_columns, self.start_columns, self.choice_columns):
            outer[columns] = False
        outer[self.kept_columns] = False
        outer[self.keep_columns] = False
        matrix, group = self.arrays.matrix, np.arange(self.size)
        for row in np.flatnonzero(np.array(model.program.row_rule) == _ONCE):
            together = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
            if len(together):
                group[together] = together.min()
        columns = np.flatnonzero(outer)
        self.outer = columns[np.argsort(group[columns], kind="stable")]
        """Columns of prices (load, chains, households), those of a group side by side."""
        sizes = np.unique(group[self.outer], return_counts=True)[1]
        self.groups = Segments.of(sizes.astype(np.int64))
        """Of each group the cheapest column is taken, up to its bound, if it is below zero."""

    def starts_of_choice(self, choice: int) -> Indices:
        """Places in `start_columns` of the starts that a choice may take."""
        bucket = int(self.bucket_number[choice])
        if bucket < 0:
            return np.empty(0, dtype=np.int64)
        return np.arange(*self.bucket_starts[:, bucket])

    def kept_of_choice(self, choice: int) -> Indices:
        """Start columns by which a booking can stay, where the choice is to stay."""
        number = STAYS - int(self.bucket_number[choice])
        if number < 0:
            return np.empty(0, dtype=np.int64)
        columns: Indices = self.kept_columns[self.kept.places(number)]
        return columns

    def uses_of(self, start: int) -> Indices:
        """Numbers of the uses that a start column feeds."""
        span = slice(self.feeds.indptr[start], self.feeds.indptr[start + 1])
        uses: Indices = self.feeds.indices[span]
        return uses

    def shares_of(self, use: int) -> Indices:
        """Share columns of a use."""
        shares: Indices = self.share_columns[self.shares.places(use)]
        return shares


def _dual_rows(model: Model) -> Ints:
    """Rows at a price: all but the inner ones and the choice of a booking's doctor moments.

    Rows tighter than the rules have none, since a bound may not rest on them.
    """
    program = model.program
    choice_of_moments = set(_keeps_with_choice(model))
    rules = np.array(program.row_rule)
    rows = program.all_rows()
    priced = ~np.isin(rules, _INNER_RULES)
    priced[model.strict_rows] = False
    for row in np.flatnonzero((rules == "book_kept") & (rows.lower == 0) & (rows.upper == 0)):
        columns = rows.columns[rows.starts[row] : rows.starts[row + 1]].tolist()
        priced[row] = choice_of_moments.isdisjoint(columns)
    return np.flatnonzero(priced)


def _keeps_with_choice(model: Model) -> Iterator[int]:
    for visit, starts in model.kept_starts.items():
        if len(starts) > 1:
            yield model.keep_column[visit]
