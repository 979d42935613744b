"""Windows around the visits that lose most: where they are, and where they had better be.

One patient past the end of treatment can cost more than all the rest of a week. Such a visit rarely
fails for want of room: whoever sits in its best hours could as well come at another time, or what
must come before it stands in the way. So its best hours, its present ones and those of its kin are
opened together, and on a date with few places of its kind the hours of those who hold them.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from engine.solver.arrays import Ints
from engine.solver.lagrangian import CLOSED, Evaluation, Lagrangian
from engine.solver.model import Item, Model
from engine.solver.places import Piece
from engine.solver.segments import Indices
from engine.solver.windows import Window

DEAREST = 16
"""Visits of one round."""

BEST_DATES = 2
"""Dates of a visit whose best hours are opened."""

OWN_COST = 0.3
"""Share of its own cost that counts besides what prices say: they leave no loss to a visit that a
relaxation would place by halves."""

FEW = 4
"""Visits that share a number by day: with more of them, one will be among those opened anyway."""

REACH = 1
"""Hours opened before and after the hours of a visit."""


def dear_windows(
    model: Model, dual: Lagrangian, values: Ints, at: Evaluation, columns: int, turn: int
) -> Iterator[Window]:
    """One window for each of the visits that lose most at the prices, the dearest first.

    `turn`: 0 opens the best dates of each visit, 1 those after them, and so on.
    """
    chosen, own = values[dual.choice_columns] > 0, dual.arrays.cost[dual.choice_columns]
    lost = dual.items.least(np.where(chosen, at.choice, np.inf)) - at.item
    lost += OWN_COST * dual.items.least(np.where(chosen, own, np.inf))
    kin, rivals = _kin_of(model), _Rivals(model, dual, values)
    for item in np.argsort(-lost, kind="stable")[:DEAREST].tolist():
        if lost[item] <= 0:
            return
        pieces: set[Piece] = set()
        for member in (item, *kin[item]):
            pieces.update(rivals.hours_of(member))
            for day, minute in _best(dual, at, member, turn):
                pieces.add(rivals.hours(member, day, minute, REACH))
                pieces.update(rivals.on_date(member, day))
        if pieces:
            yield Window(tuple(sorted(pieces, key=_by_time)), columns, "dear")


class _Rivals:
    """Where everybody is, and who uses up the same numbers by day: quotas and limits."""

    def __init__(self, model: Model, dual: Lagrangian, values: Ints) -> None:
        self._length = [item.kind.length for item in model.items.values()]
        self._scarce = [_scarce(model, item) for item in model.items.values()]
        taken = (values[dual.choice_columns] > 0) & (dual.bucket_number >= 0)
        columns = dual.choice_columns[taken]
        place = (dual.arrays.day[columns], dual.arrays.minute[columns])
        at = zip(place[0].tolist(), place[1].tolist(), strict=True)
        self._place: dict[int, tuple[int, int]] = dict(
            zip(dual.items.piece[taken].tolist(), at, strict=True)
        )
        self._users: dict[tuple[str, int], list[int]] = defaultdict(list)
        for item, (day, _) in self._place.items():
            for name in self._scarce[item]:
                self._users[name, day].append(item)

    def hours(self, item: int, day: int, minute: int, reach: int) -> Piece:
        """The clock hours that the item needs there, and so many before and after."""
        last = -(-(minute + self._length[item]) // 60) + reach
        return Piece((day,), max(0, minute // 60 - reach) * 60, min(24, last) * 60)

    def hours_of(self, item: int) -> list[Piece]:
        """The hours in which the item lies, if it has a place."""
        place = self._place.get(item)
        return [] if place is None else [self.hours(item, *place, REACH)]

    def on_date(self, item: int, day: int) -> list[Piece]:
        """The hours of those who use up the same quota or limit on a date."""
        few = [users for name in self._scarce[item] if len(users := self._users[name, day]) <= FEW]
        others = {other for users in few for other in users}
        return [self.hours(other, *self._place[other], 0) for other in sorted(others)]


def _scarce(model: Model, item: Item) -> list[str]:
    """Names of the numbers by day that a visit uses up."""
    procedure, practice = item.kind.procedure, model.problem.practice
    names = [f"limit {one.id}" for one in practice.limits if procedure.code in one.procedures]
    if any(procedure.procedure_class in facts.quotas for facts in model.days):
        names.append(f"class {procedure.procedure_class}")
    return names


def _kin_of(model: Model) -> dict[int, list[int]]:
    """By number of an item: those that must come before or after it, and its household."""
    kin: dict[int, set[int]] = defaultdict(set)
    households: dict[str, list[int]] = defaultdict(list)
    for item in model.items.values():
        for follows in item.visit.follows:
            other = model.items.get(follows.visit)
            if other is not None:
                kin[item.number].add(other.number)
                kin[other.number].add(item.number)
        if item.visit.household is not None:
            households[item.visit.household].append(item.number)
    for members in households.values():
        for member in members:
            kin[member].update(other for other in members if other != member)
    return defaultdict(list, {number: sorted(others) for number, others in kin.items()})


def _best(dual: Lagrangian, at: Evaluation, item: int, turn: int) -> Iterator[tuple[int, int]]:
    """The best start on each of the best dates of an item: day and minute."""
    choices: Indices = dual.items.places(item)
    timed = choices[(dual.bucket_number[choices] >= 0) & (at.choice[choices] < CLOSED)]
    columns = dual.choice_columns[timed]
    best: dict[int, int] = {}
    for place in np.argsort(at.choice[timed], kind="stable").tolist():
        day = int(dual.arrays.day[columns[place]])
        best.setdefault(day, int(dual.arrays.minute[columns[place]]))
    yield from list(best.items())[BEST_DATES * turn : BEST_DATES * (turn + 1)]


def _by_time(piece: Piece) -> tuple[tuple[int, ...], int, int]:
    return piece.days, piece.start, piece.end
