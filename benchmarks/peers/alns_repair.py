"""How the large neighbourhood search puts visits back: the best saving, or the greatest regret.

Every place comes from the engine's own occupancy, so that a repaired week keeps all hard rules.
Regret-k: J.-Y. Potvin and J.-M. Rousseau, "A parallel route building algorithm for the vehicle
routing and scheduling problem with time windows", European Journal of Operational Research 66
(1993) 331-340, doi 10.1016/0377-2217(93)90221-8.
"""

from collections.abc import Callable
from datetime import date
from itertools import islice

from numpy.random import Generator

from benchmarks.peers.alns_state import Board, State
from benchmarks.peers.running_price import Piece
from engine.filling.room_for_follower import leaves_room, pressing_followers
from engine.practice import Visit

WAITING = 8
"""Visits without a time that are offered the freed room beside those taken out."""
TRIES = 12
"""Starts of a date that are tried for two visits that belong together."""
Choice = tuple[int, int, int]
"""Millipoints, free minutes left beside the visit, minute of the day."""
Rank = Callable[[list[int], int], int]
"""From the best prices of a visit and its price without a time: the greatest is placed first."""


def best_saving(state: State, rng: Generator) -> State:
    """Whom being placed saves most comes first."""
    return _repair(state, rng, 1, lambda prices, without: without - prices[0])


def regret_2(state: State, rng: Generator) -> State:
    """Who loses most by getting the second best date comes first."""
    return _repair(state, rng, 2, _regret)


def regret_3(state: State, rng: Generator) -> State:
    """Who loses most over the second and the third best date comes first."""
    return _repair(state, rng, 3, _regret)


def any_order(state: State, rng: Generator) -> State:
    """In random order, each at its best start."""
    return _repair(state, rng, 1, None)


OPERATORS: tuple[Callable[[State, Generator], State], ...] = (
    best_saving,
    regret_2,
    regret_3,
    any_order,
)


def _regret(prices: list[int], without: int) -> int:
    return sum(min(other, without) - prices[0] for other in prices[1:])


class _Options:
    """The best dates of one visit as the book stands; looked up only as far as needed.

    Prices only rise while visits are put in, so that a date is looked at again only when it is
    among the best.
    """

    def __init__(self, board: Board, visit: Visit) -> None:
        self.board, self.visit = board, visit
        self.looked = 0
        self.found: dict[date, list[Choice]] = {}
        self.stale: set[date] = set()

    def prices(self, count: int) -> list[int]:
        """Prices of the `count` best dates, ascending; the price of no time for those missing."""
        days = self.board.cheapest_days[self.visit.id]
        without = self.board.without[self.visit.id]
        while True:
            best = sorted((choices[0][0], day) for day, choices in self.found.items())[:count]
            old = [day for _, day in best if day in self.stale]
            if old:
                self._look(old[0])
            elif self.looked < len(days) and (
                len(best) < count or days[self.looked][0] < best[-1][0]
            ):
                self._look(days[self.looked][1])
                self.looked += 1
            else:
                return [price for price, _ in best] + [without] * (count - len(best))

    def forget(self) -> None:
        """Everything may have changed."""
        self.looked = 0
        self.found.clear()

    def _look(self, day: date) -> None:
        self.found.pop(day, None)
        self.stale.discard(day)
        board, visit = self.board, self.visit
        starts = board.starts(visit, day)
        if len(starts):
            gaps = board.occupancy.tightness(visit, day, starts)
            hours = {int(hour) for hour in starts // 60}
            price = {hour: board.price.personal(visit, day, hour) for hour in hours}
            self.found[day] = sorted(
                (price[start // 60] + self._wants(day, start), int(gap), start)
                for start, gap in zip(starts.tolist(), gaps, strict=True)
            )

    def place(self) -> Piece | None:
        """The visit at its best start, in the book."""
        board, visit = self.board, self.visit
        day = min(self.found, key=lambda one: (self.found[one][0][0], one))
        followers = pressing_followers(board.occupancy, visit)
        first = None
        for _, _, start in islice(self.found[day], TRIES if followers else 1):
            placement = board.occupancy.place_at(visit, day, start)
            if placement is None:
                continue
            if not followers or leaves_room(board.occupancy, placement, followers):
                return board.price.piece(placement)
            first = first or placement
        return None if first is None else board.price.piece(first)

    def _wants(self, day: date, start: int) -> int:
        """Wished times and the household, as far as it has its time."""
        price, visit = self.board.price, self.visit
        end = start + self.board.minutes[visit.id]
        missed = not price.wish_met(visit, day, start, end)
        wanted = price.of["preferences_missed"] * missed
        for other in self.board.relatives.get(visit.id, ()):
            where = self.board.start_of(other)
            if where is not None:
                near = (
                    where[0] == day
                    and abs(where[1] - start) <= self.board.problem.policy.together_minutes
                )
                return wanted + (0 if near else price.of["households_apart"])
        return wanted


def _repair(state: State, rng: Generator, count: int, rank: Rank | None) -> State:
    """Puts in what is out and some more; `rank` of the `count` best prices, None: at random."""
    board = state.board
    board.show(state)
    repaired = state.copy()
    out = list(dict.fromkeys(state.out))
    rest = [name for name in state.unplaced if name not in state.out]
    out += [rest[k] for k in rng.permutation(len(rest))[:WAITING]]
    options = {name: _Options(board, board.pending[name]) for name in out}
    while (name := _next(board, options, rng, count, rank)) is not None:
        piece = options.pop(name).place()
        if piece is None:
            continue
        board.book(piece)
        repaired.put_in(piece)
        for option in options.values():
            option.stale.add(piece.placement.date)
        for follower, _ in board.occupancy.followers(name):
            if follower in options:
                options[follower].forget()
    repaired.out = []
    return repaired


def _next(
    board: Board, options: dict[str, _Options], rng: Generator, count: int, rank: Rank | None
) -> str | None:
    """Whose turn it is; None where nobody can be placed at a gain."""
    if rank is None:
        names = list(options)
        order: list[int] = rng.permutation(len(names)).tolist()
        for k in order:
            if options[names[k]].prices(1)[0] < board.without[names[k]]:
                return names[k]
        return None
    ranked: list[tuple[int, str]] = [
        (rank(prices, board.without[name]), name)
        for name, option in options.items()
        if (prices := option.prices(count))[0] < board.without[name]
    ]
    return max(ranked)[1] if ranked else None
