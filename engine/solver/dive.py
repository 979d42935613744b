"""Relax and fix: one piece of the horizon after the other at the prices of what is still to come.

The piece's own visits compete with what each could have later at the present prices ("elsewhere").
After a piece is fixed the prices of the rest are raised again, since what the piece did not take
must now find room there.
"""

from dataclasses import dataclass, replace

import numpy as np

from engine.solver.arrays import Ints, Mask, Restriction, restrict
from engine.solver.ascent import Ascent, Part
from engine.solver.chains import least_by_date
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
    barred: Mask
    """Choices in other pieces than the one that was set for the visit."""
    hard: Ints
    """A solution for the visits with such a piece."""

    @staticmethod
    def begin(dual: Lagrangian, places: Places, prices: Reals, base: Ints) -> "Dive":
        """Nothing but the book (`base`) is fixed; the search for prices goes on from these."""
        ascent = Ascent(dual)
        ascent.prices = prices.copy()
        values = base.copy()
        placed = values[dual.unplaced] == 0
        values[dual.unplaced] = 0
        closed = np.zeros(dual.size, dtype=np.bool_)
        barred = np.zeros(len(dual.choice_columns), dtype=np.bool_)
        return Dive(dual, places, Greedy(dual), ascent, values, placed, closed, barred, values)

    def set_pieces(self, values: Ints, pieces: list[Piece]) -> None:
        """Whoever has a place in `values` comes in that piece, while it is open."""
        dual = self.dual
        item, columns = dual.items.piece, dual.choice_columns
        there = np.full(len(columns), -1, dtype=np.int64)
        for number, piece in enumerate(pieces):
            there[self.places.of(piece)[0][columns] & (dual.bucket_number >= 0)] = number
        chosen = (values[columns] > 0) & (there >= 0) & ~self.placed[item]
        own = np.full(len(self.placed), -1, dtype=np.int64)
        own[item[chosen]] = there[chosen]
        self.hard = values
        self.barred = (there >= 0) & (own[item] >= 0) & (there != own[item])

    def renew(self, dual: Lagrangian, places: Places) -> None:
        """Go on with the rows that have come since; they come last and have no price yet."""
        if dual is self.dual:
            return
        prices = np.zeros(len(dual.right_side))
        prices[: len(self.ascent.prices)] = self.ascent.prices
        self.dual, self.places, self.greedy, self.ascent = dual, places, Greedy(dual), Ascent(dual)
        self.ascent.prices = prices

    def program_of(self, piece: Piece, most: int) -> tuple[Restriction, Ints]:
        """(the piece as a program of about `most` ranked columns, a first solution of it).

        Columns of small reduced cost take part. An item's `unplaced` column stands for elsewhere,
        at its price.
        """
        dual, arrays = self.dual, self.dual.arrays
        at = self.now()
        inside, others = self.places.of(piece)
        here_choice = inside[dual.choice_columns]
        elsewhere = dual.items.least(np.where(here_choice, np.inf, at.choice))
        self._add_followers(elsewhere, here_choice, at.choice)
        cost = arrays.cost.copy()
        known = np.isfinite(elsewhere)
        cost[dual.unplaced[known]] = np.rint(elsewhere[known]).astype(np.int64)
        free = (inside & ~self.closed) | others
        free[dual.choice_columns[~self.open_choices()]] = False
        free &= self._near(free, at, most)
        values = self.waiting()
        started = self._with_hard(values, inside)
        waits = known & (started[dual.unplaced] > 0)
        first = self.greedy.place(
            started,
            at,
            free[dual.choice_columns] & here_choice,
            np.where(waits, elsewhere, -np.inf),
        )
        free |= first != values
        here = np.zeros(len(self.placed), dtype=np.bool_)
        here[dual.items.piece[free[dual.choice_columns] & here_choice]] = True
        free[dual.unplaced] = here & ~self.placed
        return restrict(replace(arrays, cost=cost), free, values), first

    def _with_hard(self, values: Ints, inside: Mask) -> Ints:
        """With the hardest where they were placed at first, if the piece is a whole date."""
        dual, arrays = self.dual, self.dual.arrays
        days = np.unique(arrays.day[inside])
        there = (arrays.day == days[0]) if len(days) == 1 else inside
        if (there & self.places.timed & ~inside).any():
            return values
        started = np.where(there, self.hard, values)
        chosen = inside[dual.choice_columns] & (self.hard[dual.choice_columns] > 0)
        started[dual.unplaced[dual.items.piece[chosen]]] = 0
        broken = arrays.broken_rows(started) & ~arrays.broken_rows(values)
        return values if broken.any() else started

    def now(self) -> Evaluation:
        """All minima over what is still open; nothing for items that are placed."""
        at = self.dual.evaluate(self.ascent.prices)
        at.choice[~self.open_choices()] = np.inf
        at.item[:] = self.dual.items.least(at.choice)
        at.item[self.placed] = 0.0
        return at

    def open_choices(self) -> Mask:
        """Choices of items that are not placed yet, outside the closed pieces."""
        dual = self.dual
        choices: Mask = ~self.closed[dual.choice_columns] & ~self.placed[dual.items.piece]
        return choices & ~self.barred

    def waiting(self) -> Ints:
        """The solution so far; everybody who has no place yet is unplaced."""
        values = self.values.copy()
        values[self.dual.unplaced] = ~self.placed
        return values

    def _add_followers(self, elsewhere: Reals, here: Mask, cost: Reals) -> None:
        """Elsewhere is dearer for a visit that others follow, where waiting leaves them without."""
        dual, days = self.dual, self.places.days
        day = dual.arrays.day[dual.choice_columns]
        for chain in dual.chains:
            first, later = (dual.items.places(item) for item in (chain.first, chain.later))
            placed = self.placed[[chain.first, chain.later]].any()
            if placed or not here[first].any():
                continue
            inside = np.where(here[first], cost[first], np.inf)
            outside = np.where(here[first], np.inf, cost[first])
            elsewhere[chain.first] += chain.lost_by_waiting(
                least_by_date(inside, day[first], days),
                least_by_date(outside, day[first], days),
                least_by_date(cost[later], day[later], days),
            )

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
        self.placed &= self.values[dual.unplaced] == 0  # some may have left for want of a start
        self.placed |= part[dual.unplaced] & (self.values[dual.unplaced] == 0)
        self.values[dual.unplaced] = ~self.placed if last else 0
        timed = dual.bucket_number >= 0
        still = np.bincount(dual.items.piece, weights=self.open_choices() & timed) > 0
        self.barred &= still[dual.items.piece]  # whoever missed the piece may come in any

    def completed(self) -> Ints:
        """The solution so far; everybody who has no place yet takes the cheapest free one."""
        dual = self.dual
        at = self.now()
        nowhere = np.isin(dual.choice_columns, dual.unplaced)
        waiting = ~self.placed
        worth = np.where(waiting, self.dual.arrays.cost[dual.unplaced].astype(np.float64), -np.inf)
        values = self.waiting()
        return self.greedy.place(values, at, self.open_choices() & ~nowhere, worth)

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
            choices=self.open_choices(),
            outer=open_outer,
            right_side=dual.right_side - dual.activity(values),
            constant=float(arrays.cost @ values + arrays.constant),
        )
        self.ascent.value = -np.inf
        self.ascent.cycle(steps, rate)
