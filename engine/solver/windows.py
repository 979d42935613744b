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

Path = Literal["bands", "days", "pairs", "spread"]
PATHS: tuple[Path, ...] = ("bands", "days", "pairs", "spread")
"""Ways to improve: a few hours, a day, two days, all days along the smallest reduced costs."""


@dataclass(frozen=True, slots=True)
class Window:
    """A piece to open, and about how many ranked columns of it may take part."""

    piece: Piece
    columns: int
    path: Path


def windows(places: Places, paths: tuple[Path, ...], columns: int) -> Iterator[Window]:
    """One round: all windows, by kind."""
    days = range(places.days)
    if "bands" in paths:
        for day in days:
            for piece in places.bands(day, width=3, step=2):
                yield Window(piece, columns, "bands")
    if "days" in paths:
        for day in days:
            yield Window(Piece((day,)), columns, "days")
    if "pairs" in paths:
        pairs = sorted(combinations(days, 2), key=lambda pair: pair[1] - pair[0])
        for pair in pairs:
            yield Window(Piece(pair), columns * 3 // 2, "pairs")
    if "spread" in paths and places.days > 1:
        yield Window(Piece(tuple(days)), columns * 2, "spread")


def promise(
    window: Window, dual: Lagrangian, places: Places, values: Ints, at: Evaluation
) -> float:
    """Millipoints that its visits would save at the prices if each took its best place in it."""
    inside, _ = places.of(window.piece)
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
    inside, others = places.of(window.piece)
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
