"""What is opened in one step of the improvement, around the best solution."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from engine.solver.arrays import Ints, Mask
from engine.solver.lagrangian import Evaluation, Lagrangian
from engine.solver.places import Piece, Places
from engine.solver.segments import Reals

Path = Literal["dear", "bands", "days", "pairs", "spread"]
PATHS: tuple[Path, ...] = ("dear", "bands", "days", "pairs", "spread")
"""Ways to improve: around a visit that loses much (`dear.py`), a few hours, a day, two days, all
days along the smallest reduced costs."""


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces to open together, and about how many ranked columns of it may take part."""

    pieces: tuple[Piece, ...]
    columns: int
    path: Path

    @property
    def days(self) -> tuple[int, ...]:
        """Numbers of the dates in which it lies."""
        return tuple(sorted({day for piece in self.pieces for day in piece.days}))

    def text(self) -> str:
        """For people who follow the search."""
        return ", ".join(piece.text() for piece in self.pieces)

    def of(self, places: Places) -> tuple[Mask, Mask]:
        """(timed columns inside, other columns that belong there)."""
        masks = [places.of(piece) for piece in self.pieces]
        inside = np.logical_or.reduce([own for own, _ in masks])
        others = np.logical_or.reduce([other for _, other in masks])
        return inside, others


def windows(places: Places, paths: tuple[Path, ...], columns: int) -> Iterator[Window]:
    """One round: all windows, by kind."""
    days = range(places.days)
    if "bands" in paths:
        for day in days:
            for piece in places.bands(day, width=3, step=2):
                yield Window((piece,), columns, "bands")
    if "days" in paths:
        for day in days:
            yield Window((Piece((day,)),), columns, "days")
    if "pairs" in paths:
        pairs = sorted(combinations(days, 2), key=lambda pair: pair[1] - pair[0])
        for pair in pairs:
            yield Window((Piece(pair),), columns * 3 // 2, "pairs")
    if "spread" in paths and places.days > 1:
        yield Window((Piece(tuple(days)),), columns * 2, "spread")


def promise(
    window: Window, dual: Lagrangian, places: Places, values: Ints, at: Evaluation
) -> float:
    """Millipoints that its visits would save at the prices if each took its best place in it."""
    inside, _ = window.of(places)
    chosen = np.where(values[dual.choice_columns] > 0, at.choice, np.inf)
    open_to = np.where(inside[dual.choice_columns], at.choice, np.inf)
    saved = np.maximum(dual.items.least(chosen) - dual.items.least(open_to), 0.0)
    return float(saved[places.items_at(values, inside)].sum())


def open_window(
    window: Window,
    dual: Lagrangian,
    places: Places,
    values: Ints,
    reduced: Reals,
    most: float,
    busy: Mask,
) -> tuple[Mask, Mask]:
    """(columns to free, items that take part): what is in the piece, and visits without a place.

    `reduced`: reduced costs; a column above `most` (what could still be gained) stays fixed
    whatever the window, since no better solution uses it. `busy`: items of other windows.
    """
    inside, others = window.of(places)
    free = inside | others
    here = places.items_at(values, inside) & ~busy
    free[dual.choice_columns] &= here[dual.items.piece]
    costs = reduced[free & places.ranked]
    reach = most
    if len(costs) > window.columns:
        reach = min(most, float(np.partition(costs, window.columns)[window.columns]))
    free &= ~places.ranked | (reduced <= reach) | (values > 0)
    free[dual.unplaced] = here
    return free, here
