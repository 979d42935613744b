"""The dual function: every row a price, every visit its cheapest place at these prices.

Rows that say "each item once", "items in a bucket are starts in it", "a use is served by one of its
classes" and "a household meets once" stay as they are; all others (capacity at every moment,
quotas, limits, order, who of a household is where, doctor load) are relaxed at a price. What is
left falls apart into one minimum for each visit and household, so the value of thousands of columns
takes milliseconds, and its best is the bound of the linear relaxation, since each minimum has whole
solutions anyway (A. Geoffrion, Lagrangean relaxation for integer programming, Mathematical
Programming Study 2, 1974).

Prices that are whole millipoints give a whole value, so a bound is exact arithmetic.
"""

from dataclasses import dataclass

import numpy as np

from engine.solver.arrays import Ints, Mask, ProgramArrays
from engine.solver.dual_layout import DualLayout
from engine.solver.model import Model
from engine.solver.segments import Indices, Reals

CLOSED = 1e15
"""Millipoints of a column that is not there: above all others, yet exact to a tenth."""


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


class Lagrangian(DualLayout):
    """The dual function of a model; slopes and values of a part of it for what is still open."""

    def __init__(self, model: Model, arrays: ProgramArrays) -> None:
        super().__init__(model, arrays)
        self._cost = arrays.cost.astype(np.float64)
        self._columns = self.rows.T.tocsr()
        self._fed = self.feeds.T.tocsr()
        gone = arrays.upper == 0
        self._gone_starts = np.flatnonzero(gone[self.start_columns])
        self._gone_choices = np.flatnonzero(gone[self.choice_columns])

    def evaluate(self, prices: Reals) -> Evaluation:
        """All minima at these prices (one for each dual row)."""
        column = self._cost + self._columns @ prices
        use = self.shares.least(column[self.share_columns])
        with_uses = column + self.feeds @ use
        start = with_uses[self.start_columns]
        start[self._gone_starts] = CLOSED
        minute = self.starts.least(start)
        bucket = self.buckets.least(minute[self.bucket_minutes])
        kept = self.kept.least(with_uses[self.kept_columns])
        kept += self.own_cost * with_uses[self.keep_columns]
        choice = column[self.choice_columns]
        choice[self.in_bucket] += bucket[self.bucket_of]
        choice[self.stays] = kept[self.stays_as]
        choice[self._gone_choices] = CLOSED
        return Evaluation(
            column, use, start, minute, bucket, choice, self.items.least(choice), kept
        )

    def value(self, prices: Reals, at: Evaluation) -> float:
        """The bound in millipoints, the program's constant included."""
        bound = at.item.sum() + at.kept[self.frozen].sum() - prices @ self.right_side
        return float(bound) + self.outside(at) + self.arrays.constant

    def outside(self, at: Evaluation, outer: Mask | None = None) -> float:
        """What the columns of prices take off; `outer`: only these of them."""
        return float(np.minimum(self.groups.least(self._worth(at, outer)), 0.0).sum())

    def _worth(self, at: Evaluation, outer: Mask | None) -> Reals:
        worth: Reals = at.column[self.outer] * self.arrays.upper[self.outer]
        if outer is not None:
            worth[~outer] = np.inf
        return worth

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
        taken = self.bucket_number[chosen]
        taken = taken[taken >= 0]
        in_minutes = at.minute[self.bucket_minutes]
        minute = self.bucket_minutes[self.buckets.first_least(in_minutes, at.bucket)]
        place = self.starts.first_least(at.start, at.minute)
        counts = np.bincount(taken, minlength=len(minute)).astype(np.float64)
        busy = np.flatnonzero(counts)
        np.add.at(used, self.start_columns[place[minute[busy]]], counts[busy])
        self._add_kept(used, at, chosen, everything=items is None)
        demand = self._fed @ used
        share = self.shares.first_least(at.column[self.share_columns], at.use)
        used[self.share_columns[share]] += demand
        worth = self._worth(at, outer)
        least = self.groups.least(worth)
        cheap = self.outer[self.groups.first_least(worth, least)[least < 0]]
        used[cheap] = self.arrays.upper[cheap]
        activity: Reals = self.rows @ used
        return activity

    def _add_kept(self, used: Reals, at: Evaluation, chosen: Indices, *, everything: bool) -> None:
        if not len(self.keep_columns):
            return
        with_uses = at.column[self.kept_columns] + (self.feeds @ at.use)[self.kept_columns]
        best = self.kept.first_least(with_uses, self.kept.least(with_uses))
        staying = np.zeros(len(self.keep_columns), dtype=np.bool_)
        if everything:
            staying[self.frozen] = True
        stays = np.isin(self.stays, chosen)
        staying[self.stays_as[stays]] = True
        used[self.keep_columns[staying]] = 1.0
        used[self.kept_columns[best[staying]]] = 1.0

    def reduced_costs(self, at: Evaluation) -> Reals:
        """For each column a lower bound on what the value rises if the column is used once.

        Shares: over the cheapest class of their use. Starts: over the dearest bucket they serve.
        Choices: over the cheapest choice of their item. Times of a household: over its cheapest.
        Others: their own cost.
        """
        reduced = at.column.copy()
        reduced[self.share_columns] -= at.use[self.shares.piece]
        served = np.full(len(at.minute), -np.inf)
        np.maximum.at(served, self.bucket_minutes, at.bucket[self.buckets.piece])
        reduced[self.start_columns] = np.maximum(at.start - served[self.starts.piece], 0.0)
        reduced[self.choice_columns] = at.choice - at.item[self.items.piece]
        worth = self._worth(at, None)
        together = np.minimum(self.groups.least(worth), 0.0)[self.groups.piece]
        several = np.bincount(self.groups.piece)[self.groups.piece] > 1
        reduced[self.outer[several]] -= together[several]
        reduced[self.kept_columns] = 0.0
        reduced[self.keep_columns] = np.minimum(reduced[self.keep_columns], 0.0)
        return reduced

    def activity(self, values: Ints) -> Reals:
        """What a solution uses of each dual row."""
        used: Reals = self.rows @ values.astype(np.float64)
        return used

    def whole(self, prices: Reals) -> Reals:
        """The prices in whole millipoints, none below zero where the row has only an upper side."""
        rounded = np.rint(prices)
        return np.where(self.equal, rounded, np.maximum(rounded, 0.0))
