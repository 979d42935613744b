"""The dual function: every row a price, every visit its cheapest place at these prices.

Rows that say "each item once", "items in a bucket are starts in it" and "a use is served by one of
its classes" stay as they are; all others (capacity at every moment, quotas, limits, order,
households, doctor load) are relaxed at a price. What is left falls apart into one minimum for each
visit, so the value of thousands of columns takes milliseconds, and its best is the bound of the
linear relaxation, since each minimum has whole solutions anyway (A. Geoffrion, Lagrangean
relaxation for integer programming, Mathematical Programming Study 2, 1974).

Prices that are whole millipoints give a whole value, so a bound is exact arithmetic.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from engine.solver.arrays import Ints, Mask, ProgramArrays
from engine.solver.model import Model
from engine.solver.segments import Indices, Reals, Segments

_INNER_RULES = ("complete", "link", "uses")
"""Rows that stay: each item once, items are starts, uses are served."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All partial minima at some prices, millipoints."""

    column: Reals
    """Own cost of each column plus the prices of its relaxed rows."""
    use: Reals
    start: Reals
    """Cost of each start with everything it uses, in the order of `Lagrangian.start_columns`."""
    minute: Reals
    bucket: Reals
    choice: Reals
    """Cost of each choice of each item, in the order of `Lagrangian.choice_columns`."""
    item: Reals
    kept: Reals


class Lagrangian:
    """The dual function of a model; `fixed` gives the same for a part of it."""

    def __init__(self, model: Model, arrays: ProgramArrays) -> None:
        self.arrays = arrays
        self.size = len(arrays.cost)
        self._cost = arrays.cost.astype(np.float64)
        self.dual_rows = _dual_rows(model)
        self.balanced = np.ones(len(arrays.row_upper), dtype=np.bool_)
        self.balanced[self.dual_rows] = False
        """Rows that are whole again once a visit has its start and everything it uses."""
        self._rows = arrays.matrix[self.dual_rows].astype(np.float64).tocsr()
        self._columns = self._rows.T.tocsr()
        self.equal = arrays.row_lower[self.dual_rows] == arrays.row_upper[self.dual_rows]
        self.right_side = arrays.row_upper[self.dual_rows].astype(np.float64)
        self._read_uses(model)
        self._read_starts(model)
        self._read_items(model)
        self._read_kept(model)
        inner = np.zeros(self.size, dtype=np.bool_)
        for columns in (self.share_columns, self.start_columns, self.choice_columns):
            inner[columns] = True
        inner[self.kept_columns] = True
        inner[self.keep_columns] = True
        self.outer = np.flatnonzero(~inner)
        """Columns of prices (load, chains, households): each takes the better of its bounds."""

    def _read_uses(self, model: Model) -> None:
        uses = [use for use in model.uses.values() if use.shares]
        shares = [list(use.shares.values()) for use in uses]
        self.share_columns = _flat(shares)
        self._shares = Segments.of(np.array([len(s) for s in shares], dtype=np.int64))
        feeders = [use.feeders for use in uses]
        rows = _flat(feeders)
        columns = np.repeat(np.arange(len(uses)), [len(f) for f in feeders])
        ones = np.ones(len(rows))
        self._feeds = sparse.csr_matrix((ones, (rows, columns)), shape=(self.size, len(uses)))
        self._fed = self._feeds.T.tocsr()

    def _read_starts(self, model: Model) -> None:
        columns: list[int] = []
        sizes: list[int] = []
        self._minutes_of: dict[object, tuple[Indices, int]] = {}
        for place, starts in model.starts.items():
            ordered = sorted(starts, key=lambda start: start.minute)
            minutes, counts = np.unique(
                np.array([start.minute for start in ordered], dtype=np.int64), return_counts=True
            )
            self._minutes_of[place] = (minutes, len(sizes))
            columns += [start.column for start in ordered]
            sizes += counts.tolist()
        self.start_columns = np.array(columns, dtype=np.int64)
        self._starts = Segments.of(np.array(sizes, dtype=np.int64))

    def _read_items(self, model: Model) -> None:
        """Choices of each item: its buckets, to stay unplaced (-1), to stay in the book (-2)."""
        numbers: dict[tuple[object, int, int], int] = {}
        ranges: list[Indices] = []
        columns: list[int] = []
        buckets: list[int] = []
        sizes: list[int] = []
        kept_number = {visit: number for number, visit in enumerate(model.kept_starts)}
        for visit, item in model.items.items():
            for choice in item.columns:
                place = (item.kind.key, choice.day)
                key = (place, choice.first, choice.last)
                if key not in numbers:
                    minutes, offset = self._minutes_of[place]
                    low = np.searchsorted(minutes, choice.first)
                    high = np.searchsorted(minutes, choice.last, side="right")
                    numbers[key] = len(ranges)
                    ranges.append(np.arange(offset + low, offset + high))
                columns.append(choice.column)
                buckets.append(numbers[key])
            columns.append(item.unplaced)
            buckets.append(-1)
            if item.keep >= 0:
                columns.append(item.keep)
                buckets.append(-2 - kept_number[visit])
            sizes.append(len(item.columns) + 1 + (item.keep >= 0))
        self.choice_columns = np.array(columns, dtype=np.int64)
        self.items = Segments.of(np.array(sizes, dtype=np.int64))
        self.unplaced = np.array([i.unplaced for i in model.items.values()], dtype=np.int64)
        number = np.array(buckets, dtype=np.int64)
        self._bucket_number = number
        self._in_bucket = np.flatnonzero(number >= 0)
        self._bucket_of = number[self._in_bucket]
        self._stays = np.flatnonzero(number <= -2)
        self._stays_as = -2 - number[self._stays]
        self._bucket_minutes = np.concatenate(ranges) if ranges else np.empty(0, dtype=np.int64)
        self._buckets = Segments.of(np.array([len(r) for r in ranges], dtype=np.int64))

    def _read_kept(self, model: Model) -> None:
        """Bookings in their place: one column, or one for each way the doctor can come."""
        kept = [[s.column for s in starts] for starts in model.kept_starts.values()]
        self.kept_columns = _flat(kept)
        self._kept = Segments.of(np.array([len(k) for k in kept], dtype=np.int64))
        self.keep_columns = np.array(
            [model.keep_column[visit] for visit in model.kept_starts], dtype=np.int64
        )
        # Where there is one way only, the start is the booking's own column: count it once.
        self._own_cost = np.array(
            [0.0 if k == [c] else 1.0 for k, c in zip(kept, self.keep_columns, strict=True)]
        )
        self.frozen = _frozen(model)

    def evaluate(self, prices: Reals) -> Evaluation:
        """All minima at these prices (one for each dual row)."""
        column = self._cost + self._columns @ prices
        use = self._shares.least(column[self.share_columns])
        with_uses = column + self._feeds @ use
        start = with_uses[self.start_columns]
        minute = self._starts.least(start)
        bucket = self._buckets.least(minute[self._bucket_minutes])
        kept = self._kept.least(with_uses[self.kept_columns])
        kept += self._own_cost * with_uses[self.keep_columns]
        choice = column[self.choice_columns]
        choice[self._in_bucket] += bucket[self._bucket_of]
        choice[self._stays] = kept[self._stays_as]
        return Evaluation(
            column, use, start, minute, bucket, choice, self.items.least(choice), kept
        )

    def value(self, prices: Reals, at: Evaluation) -> float:
        """The bound in millipoints, the program's constant included."""
        outer = at.column[self.outer]
        free = np.minimum(outer * self.arrays.upper[self.outer], 0.0).sum()
        bound = at.item.sum() + at.kept[self.frozen].sum() + free - prices @ self.right_side
        return float(bound) + self.arrays.constant

    def slope(
        self, at: Evaluation, *, items: Mask | None = None, outer: Mask | None = None
    ) -> Reals:
        """What the cheapest places use of each dual row (its activity, right side not taken off).

        `items`, `outer`: only these items and outer columns take part; all if not given.
        """
        used = np.zeros(self.size)
        chosen = self.items.first_least(at.choice, at.item)
        if items is not None:
            chosen = chosen[items]
        used[self.choice_columns[chosen]] = 1.0
        taken = self._bucket_number[chosen]
        taken = taken[taken >= 0]
        in_minutes = at.minute[self._bucket_minutes]
        minute = self._bucket_minutes[self._buckets.first_least(in_minutes, at.bucket)]
        place = self._starts.first_least(at.start, at.minute)
        counts = np.bincount(taken, minlength=len(minute)).astype(np.float64)
        busy = np.flatnonzero(counts)
        np.add.at(used, self.start_columns[place[minute[busy]]], counts[busy])
        self._add_kept(used, at, chosen, everything=items is None)
        demand = self._fed @ used
        share = self._shares.first_least(at.column[self.share_columns], at.use)
        used[self.share_columns[share]] += demand
        outside = self.outer if outer is None else self.outer[outer]
        cheap = outside[at.column[outside] < 0]
        used[cheap] = self.arrays.upper[cheap]
        activity: Reals = self._rows @ used
        return activity

    def _add_kept(self, used: Reals, at: Evaluation, chosen: Indices, *, everything: bool) -> None:
        if not len(self.keep_columns):
            return
        with_uses = at.column[self.kept_columns] + (self._feeds @ at.use)[self.kept_columns]
        best = self._kept.first_least(with_uses, self._kept.least(with_uses))
        staying = np.zeros(len(self.keep_columns), dtype=np.bool_)
        if everything:
            staying[self.frozen] = True
        stays = np.isin(self._stays, chosen)
        staying[self._stays_as[stays]] = True
        used[self.keep_columns[staying]] = 1.0
        used[self.kept_columns[best[staying]]] = 1.0

    def reduced_costs(self, at: Evaluation) -> Reals:
        """For each column a lower bound on what the value rises if the column is used once.

        Shares: over the cheapest class of their use. Starts: over the dearest bucket they serve.
        Choices: over the cheapest choice of their item. Others: their own cost.
        """
        reduced = at.column.copy()
        reduced[self.share_columns] -= at.use[self._shares.piece]
        served = np.full(len(at.minute), -np.inf)
        np.maximum.at(served, self._bucket_minutes, at.bucket[self._buckets.piece])
        reduced[self.start_columns] = np.maximum(at.start - served[self._starts.piece], 0.0)
        reduced[self.choice_columns] = at.choice - at.item[self.items.piece]
        reduced[self.kept_columns] = 0.0
        reduced[self.keep_columns] = np.minimum(reduced[self.keep_columns], 0.0)
        return reduced

    def starts_of_choice(self, choice: int) -> Indices:
        """Places in `start_columns` of the starts that a choice may take."""
        bucket = int(self._bucket_number[choice])
        if bucket < 0:
            return np.empty(0, dtype=np.int64)
        minutes = self._bucket_minutes[self._buckets.places(bucket)]
        return np.concatenate([self._starts.places(int(minute)) for minute in minutes])

    def kept_of_choice(self, choice: int) -> Indices:
        """Start columns by which a booking can stay, where the choice is to stay."""
        number = -2 - int(self._bucket_number[choice])
        if number < 0:
            return np.empty(0, dtype=np.int64)
        columns: Indices = self.kept_columns[self._kept.places(number)]
        return columns

    def uses_of(self, start: int) -> Indices:
        """Numbers of the uses that a start column feeds."""
        span = slice(self._feeds.indptr[start], self._feeds.indptr[start + 1])
        uses: Indices = self._feeds.indices[span]
        return uses

    def shares_of(self, use: int) -> Indices:
        """Share columns of a use."""
        shares: Indices = self.share_columns[self._shares.places(use)]
        return shares

    def activity(self, values: Ints) -> Reals:
        """What a solution uses of each dual row."""
        used: Reals = self._rows @ values.astype(np.float64)
        return used

    def whole(self, prices: Reals) -> Reals:
        """The prices in whole millipoints, none below zero where the row has only an upper side."""
        rounded = np.rint(prices)
        return np.where(self.equal, rounded, np.maximum(rounded, 0.0))


def _frozen(model: Model) -> Indices:
    """Numbers of the kept bookings that stay in any case."""
    lower = model.program.lower
    stays = [lower[model.keep_column[visit]] == 1 for visit in model.kept_starts]
    return np.flatnonzero(np.array(stays, dtype=np.bool_))


def _dual_rows(model: Model) -> Indices:
    """Rows at a price: all but the inner ones and the choice of a booking's doctor moments."""
    program = model.program
    choice_of_moments = set(_keeps_with_choice(model))
    return np.array(
        [
            row
            for row, rule in enumerate(program.row_rule)
            if rule not in _INNER_RULES
            and not (
                rule == "book_kept"
                and program.row_lower[row] == program.row_upper[row] == 0
                and any(column in choice_of_moments for column in program.row_columns[row])
            )
        ],
        dtype=np.int64,
    )


def _keeps_with_choice(model: Model) -> Iterator[int]:
    for visit, starts in model.kept_starts.items():
        if len(starts) > 1:
            yield model.keep_column[visit]


def _flat(lists: list[list[int]]) -> Ints:
    return np.array([column for columns in lists for column in columns], dtype=np.int64)
