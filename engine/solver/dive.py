"""Relax and fix: one piece of the horizon after the other at the prices of what is still to come.

The piece's own visits compete with what each could have later at the present prices ("elsewhere").
After a piece is fixed the prices of the rest are raised again, since what the piece did not take
must now find room there.
"""

from dataclasses import dataclass, replace

import numpy as np

from engine.solver.arrays import Ints, Mask, Restriction, restrict
from engine.solver.ascent import Ascent, Part
from engine.solver.greedy import Greedy
from engine.solver.lagrangian import Evaluation, Lagrangian
from engine.solver.places import Piece, Places
from engine.solver.segments import Reals


@dataclass(slots=True)
class Dive:
    """A solution under construction: timed columns closed so far, items placed so far."""

    dual: Lagrangian
    places: Places
    greedy: Greedy
    ascent: Ascent
    values: Ints
    placed: Mask
    """Items with a place in a closed piece."""
    closed: Mask
    """Timed columns of closed pieces."""

    @staticmethod
    def begin(dual: Lagrangian, places: Places, prices: Reals, base: Ints) -> "Dive":
        """Nothing but the book (`base`) is fixed; the search for prices goes on from these."""
        ascent = Ascent(dual)
        ascent.prices = prices.copy()
        values = base.copy()
        placed = values[dual.unplaced] == 0
        values[dual.unplaced] = 0
        closed = np.zeros(dual.size, dtype=np.bool_)
        return Dive(dual, places, Greedy(dual), ascent, values, placed, closed)

    def renew(self, dual: Lagrangian, places: Places) -> None:
        """Go on with the rows that have come since; they come last and have no price yet."""
        if dual is self.dual:
            return
        prices = np.zeros(len(dual.right_side))
        prices[: len(self.ascent.prices)] = self.ascent.prices
        self.dual, self.places, self.greedy, self.ascent = dual, places, Greedy(dual), Ascent(dual)
        self.ascent.prices = prices

    def with_piece(self, restriction: Restriction, answer: Ints) -> Ints:
        """The solution so far and one of the piece."""
        values = self.values.copy()
        values[restriction.columns] = answer
        return values

    def program_of(self, piece: Piece, most: int) -> tuple[Restriction, Ints]:
        """(the piece as a program of about `most` ranked columns, a first solution of it).

        Columns of small reduced cost take part. An item's `unplaced` column stands for elsewhere,
        at its price.
        """
        dual, arrays = self.dual, self.dual.arrays
        at = self._now()
        inside, others = self.places.of(piece)
        here_choice = inside[dual.choice_columns]
        elsewhere = dual.items.least(np.where(here_choice, np.inf, at.choice))
        cost = arrays.cost.copy()
        known = np.isfinite(elsewhere)
        cost[dual.unplaced[known]] = np.rint(elsewhere[known]).astype(np.int64)
        free = (inside & ~self.closed) | others
        free[dual.choice_columns[~self._open_choices()]] = False
        free &= self._near(free, at, most)
        values = self.values.copy()
        values[dual.unplaced] = ~self.placed
        first = self.greedy.place(
            values, at, free[dual.choice_columns] & here_choice, np.where(known, elsewhere, -np.inf)
        )
        free |= first > values
        here = np.zeros(len(self.placed), dtype=np.bool_)
        here[dual.items.piece[free[dual.choice_columns] & here_choice]] = True
        free[dual.unplaced] = here & ~self.placed
        return restrict(replace(arrays, cost=cost), free, values), first

    def _now(self) -> Evaluation:
        at = self.dual.evaluate(self.ascent.prices)
        at.choice[~self._open_choices()] = np.inf
        at.item[:] = self.dual.items.least(at.choice)
        at.item[self.placed] = 0.0
        return at

    def _open_choices(self) -> Mask:
        """Choices of items that are not placed yet, outside the closed pieces."""
        dual = self.dual
        choices: Mask = ~self.closed[dual.choice_columns] & ~self.placed[dual.items.piece]
        return choices

    def _near(self, free: Mask, at: Evaluation, most: int) -> Mask:
        """Columns of a reduced cost so small that about `most` of the free ones remain."""
        reduced = self.dual.reduced_costs(at)
        ranked = self.places.ranked
        costs = reduced[free & ranked]
        if len(costs) <= most:
            return np.ones(len(free), dtype=np.bool_)
        near: Mask = ~ranked | (reduced <= np.partition(costs, most)[most])
        return near

    def fix(self, piece: Piece, restriction: Restriction, values: Ints, *, last: bool) -> None:
        """Take the piece's solution; what it left elsewhere stays open until the last piece."""
        dual = self.dual
        self.values = values
        inside, _ = self.places.of(piece)
        self.closed |= inside
        part = np.zeros(dual.size, dtype=np.bool_)
        part[restriction.columns] = True
        self.placed |= part[dual.unplaced] & (self.values[dual.unplaced] == 0)
        self.values[dual.unplaced] = ~self.placed if last else 0

    def completed(self) -> Ints:
        """The solution so far; everybody who has no place yet takes the cheapest free one."""
        dual = self.dual
        at = self._now()
        nowhere = np.isin(dual.choice_columns, dual.unplaced)
        waiting = ~self.placed
        worth = np.where(waiting, self.dual.arrays.cost[dual.unplaced].astype(np.float64), -np.inf)
        values = self.values.copy()
        values[dual.unplaced] = waiting
        return self.greedy.place(values, at, self._open_choices() & ~nowhere, worth)

    def reprice(self, steps: int, rate: float) -> None:
        """Raise the prices of what is still open."""
        dual, arrays = self.dual, self.dual.arrays
        values = self.values.copy()
        values[dual.unplaced] = 0
        # Columns of prices may be taken anew on a date that is not closed altogether.
        over = np.unique(arrays.day[self.places.timed & ~self.closed])
        open_outer = np.isin(arrays.day[dual.outer], np.append(over, -1))
        values[dual.outer[open_outer]] = 0
        met = np.bincount(dual.groups.piece, weights=values[dual.outer]) > 0
        open_outer &= ~met[dual.groups.piece]
        self.ascent.part = Part(
            items=~self.placed,
            choices=self._open_choices(),
            outer=open_outer,
            right_side=dual.right_side - dual.activity(values),
            constant=float(arrays.cost @ values + arrays.constant),
        )
        self.ascent.value = -np.inf
        self.ascent.cycle(steps, rate)
