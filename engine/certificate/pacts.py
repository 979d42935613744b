"""Prices between visits: what one pays for its place so that another need not.

A *pact* binds a household, or two visits of which one follows the other. Each member pays
something, above or below zero, for each place; a place without a time costs nothing. The pact is
worth the most that its members can pay together in places that go together, less the price of a
household that comes apart: so much the bound takes off. Whatever is paid, no schedule stays below.

    order:      worth = max over (before, after) that may be so of paid + paid
    household:  worth = max(most paid in places together, most paid anywhere - price of apart)
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from engine.certificate.certificate import Priced
from engine.certificate.clock_rows import NEVER, Ints, Mask
from engine.certificate.orders import Orders, Pair, days_allow
from engine.certificate.price_table import PriceTable
from engine.practice import Follows, Horizon, Problem
from engine.yardsticks import prices_of


@dataclass(slots=True)
class Whereabouts:
    """Places of the members: `possible` (members, dates, columns of `step` minutes)."""

    rows: dict[str, int]
    dates: tuple[dt.date, ...]
    step: int
    possible: Mask
    stay: dict[str, tuple[int, int]]
    """Date and column of the book's place."""
    certain: frozenset[str]
    """Frozen bookings: they have a time whatever happens."""

    def paid(self, table: PriceTable, of: Priced, name: str, other: str) -> Ints:
        """What a member pays under one pact in each of its places, (dates, columns)."""
        prices = np.zeros(self.possible.shape[1:], dtype=np.int64)
        for number, day in enumerate(self.dates):
            row = table.row(of, name, day, other)
            if row is not None:
                prices[number] = row[:: self.step]
        return prices

    def only_possible(self, name: str, prices: Ints) -> Ints:
        """`-NEVER` where the member cannot be."""
        return np.where(self.possible[self.rows[name]], prices, -NEVER)


class Pacts:
    """The households and orders of a problem, by their members' visits."""

    def __init__(self, problem: Problem, horizon: Horizon) -> None:
        self._problem = problem
        self._apart = prices_of(problem)["households_apart"]
        self.orders = Orders(problem, horizon)
        self.households = _households(problem, horizon)
        names = {name for pair in self.orders.open for name in pair}
        names.update(name for members in self.households.values() for name in members)
        self.members: tuple[str, ...] = tuple(sorted(names))

    def is_known(self, of: Priced, name: str, other: str) -> bool:
        """True where the visit is bound to `other` by such a pact."""
        if of is Priced.HOUSEHOLD:
            return name in self.households.get(other, ())
        return (name, other) in self.orders.open or (other, name) in self.orders.open

    def payments(self, table: PriceTable, where: Whereabouts) -> tuple[Ints, int]:
        """What every member pays in every place, and what all pacts together are worth."""
        total = np.zeros(where.possible.shape, dtype=np.int64)
        worth = 0
        priced = table.pacts()
        for household, members in self.households.items():
            paid = {name: np.zeros(where.possible.shape[1:], dtype=np.int64) for name in members}
            if (Priced.HOUSEHOLD, household) in priced:
                for name in members:
                    paid[name] = where.paid(table, Priced.HOUSEHOLD, name, household)
                    total[where.rows[name]] += paid[name]
            worth += self._household_worth(members, paid, where)
        for (first, second), follows in self.orders.open.items():
            if not priced & {(Priced.ORDER, first), (Priced.ORDER, second)}:
                continue
            before = where.paid(table, Priced.ORDER, first, second)
            after = where.paid(table, Priced.ORDER, second, first)
            total[where.rows[first]] += before
            total[where.rows[second]] += after
            worth += self._order_worth((first, second), follows, (before, after), where)
        return total, worth

    def _household_worth(
        self, members: tuple[str, ...], paid: dict[str, Ints], where: Whereabouts
    ) -> int:
        width = self._problem.policy.together_minutes // where.step + 1
        anywhere = 0
        together = np.zeros(where.possible.shape[1:], dtype=np.int64)
        for name in members:
            own = where.only_possible(name, paid[name])
            most = int(own.max(initial=-NEVER))
            anywhere += most if name in where.certain else max(0, most)
            together = np.maximum(together + _most_within(own, width), -NEVER)
        return max(int(together.max(initial=-NEVER)), anywhere - self._apart)

    def _order_worth(
        self, pair: Pair, follows: list[Follows], paid: tuple[Ints, Ints], where: Whereabouts
    ) -> int:
        """The follower has a time only where the first has one, unless it stays in the book."""
        first, second = pair
        before, after = where.only_possible(first, paid[0]), where.only_possible(second, paid[1])
        early, late = before.max(axis=1, initial=-NEVER), after.max(axis=1, initial=-NEVER)
        found = [0, int(early.max(initial=0))]
        if second in where.stay:
            kept = int(paid[1][where.stay[second]])
            found.append(kept)
            if first in where.stay:
                found.append(kept + int(paid[0][where.stay[first]]))
        for one, day in enumerate(where.dates):
            for other in range(one, len(where.dates)):
                later = where.dates[other]
                if not all(days_allow(self._problem, f, day, later) for f in follows):
                    continue
                if other > one:
                    found.append(int(early[one] + late[other]))
                else:
                    shift = self._shift(first, follows, where.step)
                    found.append(_most_in_order(before[one], after[one], shift))
        return max(found)

    def _shift(self, first: str, follows: list[Follows], step: int) -> int:
        """Columns from the start of the first to the soonest start of the other that day."""
        visit = self._problem.all_visits[first]
        length = visit.minutes or self._problem.procedures[visit.procedure].minutes
        return -(-(length + max(one.min_minutes for one in follows)) // step)


def _most_within(prices: Ints, width: int) -> Ints:
    """For each column the most of it and the `width` - 1 columns after it."""
    most = prices.copy()
    for shift in range(1, min(width, prices.shape[1])):
        np.maximum(most[:, :-shift], prices[:, shift:], out=most[:, :-shift])
    return most


def _most_in_order(before: Ints, after: Ints, shift: int) -> int:
    if shift >= len(after):
        return -NEVER
    so_far = np.maximum.accumulate(before)[: len(before) - shift]
    return int((so_far + after[shift:]).max())


def _households(problem: Problem, horizon: Horizon) -> dict[str, tuple[str, ...]]:
    """Two visits or more, not all of them frozen."""
    members: dict[str, list[str]] = defaultdict(list)
    open_ones: set[str] = set()
    for visit in problem.visits_for(horizon):
        if visit.household is not None:
            members[visit.household].append(visit.id)
            open_ones.add(visit.household)
    for booking in problem.bookings:
        household = booking.visit.household
        if household is not None and booking.date in horizon:
            members[household].append(booking.visit.id)
            if booking.movable:
                open_ones.add(household)
    return {
        household: tuple(names)
        for household, names in members.items()
        if len(names) >= 2 and household in open_ones
    }
