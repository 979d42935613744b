"""One visit after the other at the prices: a whole solution in a moment, for others to better.

Visits that lose most by waiting choose first. Each takes its cheapest start at the prices that the
rows still allow, with the cheapest classes that are free. Prices make this far better than a queue:
a start that others need more is dear.
"""

import numpy as np

from engine.solver.arrays import Ints, Mask
from engine.solver.lagrangian import Evaluation, Lagrangian
from engine.solver.room import Room
from engine.solver.segments import Indices, Reals
from engine.solver.spans import spread

CANDIDATES = 80
"""Starts that a visit tries, cheapest first."""

BY_HALVES, OWN_COST = 0.05, 0.3
"""Shares of what a visit loses without a place: how far it may be above its worth at the prices,
and how much it counts in the order."""


def place_waiting(dual: Lagrangian, prices: Reals, values: Ints) -> Ints:
    """Those without a place in `values` take their cheapest free one, where prices say it pays."""
    at = dual.evaluate(prices)
    nowhere = np.isin(dual.choice_columns, dual.unplaced)
    worth = np.where(values[dual.unplaced] > 0, at.choice[nowhere], -np.inf)
    return Greedy(dual).place(values, at, ~nowhere, worth)


class Greedy:
    """Rows of one dual function by column, to place and check quickly."""

    def __init__(self, dual: Lagrangian) -> None:
        self._dual = dual
        columns = dual.arrays.matrix.tocsc()
        self._pointer, self._row, self._factor = columns.indptr, columns.indices, columns.data
        self._upper = dual.arrays.row_upper
        outer = np.zeros(dual.size, dtype=np.bool_)
        outer[dual.outer] = True
        rows = dual.arrays.matrix.tocoo()
        self._soft = np.zeros(len(self._upper), dtype=np.bool_)
        """Rows that a column of prices can loosen."""
        loosening = outer[rows.col] & (rows.data < 0)
        self._soft[rows.row[loosening]] = True
        self._looser: dict[int, int] = {}
        for row, column in zip(rows.row[loosening], rows.col[loosening], strict=True):
            self._looser.setdefault(int(row), int(column))
        self._room = Room(dual, ~self._soft & ~dual.balanced)

    def place(self, values: Ints, at: Evaluation, allowed: Mask, worth: Reals) -> Ints:
        """A solution with more visits placed than in `values`.

        `allowed`: over choices, where visits may go; `worth`: per item the most that a place may
        cost at the prices, minus infinity for those that stay as they are.
        """
        dual = self._dual
        result = values.copy()
        activity = dual.arrays.matrix @ result
        cost = np.where(allowed, at.choice, np.inf)
        worth, order = self._order(cost, allowed, worth)
        self._room.begin(activity, result)
        for _ in range(2):  # a follower finds its place once the visit before it has one
            order = [
                item
                for item in order
                if not self._place_one(item, result, activity, at, cost, worth)
            ]
        for row in np.flatnonzero((activity > self._upper) & self._soft):
            column = self._looser[int(row)]
            result[column] = min(
                dual.arrays.upper[column], result[column] + activity[row] - self._upper[row]
            )
        return result

    def _order(self, cost: Reals, allowed: Mask, worth: Reals) -> tuple[Reals, list[int]]:
        """(what a place may cost, items in the order in which they choose).

        Those that lose most without a place come first: by what prices say, and by their own cost,
        since prices leave no gain to a visit that a relaxation would place by halves. Whoever must
        come before a visit is as pressing as that visit, and goes ahead of it.
        """
        dual = self._dual
        own = np.where(allowed, dual.arrays.cost[dual.choice_columns], np.inf)
        loss = np.maximum(worth - dual.items.least(own), 0.0)
        loss[~np.isfinite(loss)] = 0.0
        worth = worth + BY_HALVES * loss
        pressing = worth - dual.items.least(cost)
        pressing[pressing > 0] += OWN_COST * loss[pressing > 0]
        depth = np.zeros(len(pressing), dtype=np.int64)
        for _ in dual.before_after:  # chains are short: this ends after a few rounds
            changed = False
            for first, later in dual.before_after:
                if max(pressing[first], 0.0) < pressing[later]:
                    worth[first] += pressing[later] - max(pressing[first], 0.0)
                    pressing[first], changed = pressing[later], True
                if depth[later] <= depth[first] < len(pressing):
                    depth[later], changed = depth[first] + 1, True
            if not changed:
                break
        return worth, [int(k) for k in np.lexsort((depth, -pressing)) if pressing[k] > 0]

    def _place_one(
        self,
        item: int,
        result: Ints,
        activity: Ints,
        at: Evaluation,
        cost: Reals,
        worth: Reals,
    ) -> bool:
        dual = self._dual
        for choice, start in self._candidates(item, at, cost, float(worth[item])):
            # The start first: rows that match visits with starts ask for it. One where a booking
            # stays.
            columns = list(dict.fromkeys((start, int(dual.choice_columns[choice]))))
            added: list[int] = []
            if not all(self._add(column, result, activity, added) for column in columns):
                self._undo(added, result, activity)
                continue
            uses = [int(use) for column in columns for use in dual.uses_of(column)]
            if all(self._serve(use, at, result, activity, added) for use in uses):
                result[dual.unplaced[item]] = 0
                self._count(int(dual.unplaced[item]), activity, -1)
                self._room.take(np.concatenate([self._rows_of(c) for c in added]), activity)
                return True
            self._undo(added, result, activity)
        return False

    def _candidates(
        self, item: int, at: Evaluation, cost: Reals, worth: float
    ) -> list[tuple[int, int]]:
        """(choice, start column), cheapest first."""
        dual = self._dual
        choices: Indices = dual.items.places(item)
        fitting = choices[cost[choices] < worth]
        bucket = dual.bucket_number[fitting]
        timed = bucket >= 0
        which, place = spread(*dual.bucket_starts[:, bucket[timed]])
        choice, start = fitting[timed][which], dual.start_columns[place]
        price = at.column[dual.choice_columns[choice]] + at.start[place]
        free = np.flatnonzero((price < worth) & ~self._room.closed[start])
        best = free[np.argsort(price[free], kind="stable")[:CANDIDATES]]
        pairs = list(
            zip(price[best].tolist(), choice[best].tolist(), start[best].tolist(), strict=True)
        )
        for stays in fitting[~timed].tolist():
            kept = dual.kept_of_choice(stays).tolist()
            pairs += [(float(cost[stays]), stays, column) for column in kept]
        return [(where, column) for _, where, column in sorted(pairs)]

    def _serve(
        self, use: int, at: Evaluation, result: Ints, activity: Ints, added: list[int]
    ) -> bool:
        """Let the cheapest class that is free serve a use."""
        shares = self._dual.shares_of(use)
        for share in shares[np.argsort(at.column[shares], kind="stable")]:
            if self._add(int(share), result, activity, added):
                return True
        return False

    def _add(self, column: int, result: Ints, activity: Ints, added: list[int]) -> bool:
        """One more of a column if its bound and its hard rows allow it."""
        if result[column] >= self._dual.arrays.upper[column]:
            return False
        span = slice(self._pointer[column], self._pointer[column + 1])
        rows, factors = self._row[span], self._factor[span]
        tight = (factors > 0) & (activity[rows] + factors > self._upper[rows])
        if (tight & ~self._soft[rows] & ~self._dual.balanced[rows]).any():
            return False
        activity[rows] += factors
        result[column] += 1
        added.append(column)
        return True

    def _rows_of(self, column: int) -> Ints:
        rows: Ints = self._row[self._pointer[column] : self._pointer[column + 1]]
        return rows

    def _undo(self, added: list[int], result: Ints, activity: Ints) -> None:
        for column in added:
            result[column] -= 1
            self._count(column, activity, -1)

    def _count(self, column: int, activity: Ints, times: int) -> None:
        span = slice(self._pointer[column], self._pointer[column + 1])
        activity[self._row[span]] += times * self._factor[span]
