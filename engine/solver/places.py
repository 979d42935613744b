"""Which columns belong together in time and item: what a piece of the horizon opens."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.solver.arrays import Ints, Mask, ProgramArrays
from engine.solver.lagrangian import Lagrangian
from engine.solver.model import Model

LATEST_USE = 120
"""Minutes after its start within which a visit's last use begins."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Starts of some days (by number) at minutes [start, end), which are whole clock hours."""

    days: tuple[int, ...]
    start: int = 0
    end: int = 1440

    def text(self) -> str:
        """For people who follow the search."""
        days = "-".join(str(day + 1) for day in self.days)
        hours = "" if self.end - self.start >= 1440 else f" {self.start // 60}-{self.end // 60} h"
        return f"day {days}{hours}"


class Places:
    """Masks over columns for pieces, and over items for where they are."""

    def __init__(self, model: Model, dual: Lagrangian) -> None:
        self.arrays: ProgramArrays = dual.arrays
        self._dual = dual
        self.days = len(model.days)
        self._hours = [
            (facts.open[0][0] // 60, -(-facts.open[-1][1] // 60)) if facts.open else (0, 0)
            for facts in model.days
        ]
        size = dual.size
        self.timed = np.zeros(size, dtype=np.bool_)
        """Choices and counts: they lie in a piece by their start."""
        counts = (dual.start_columns, dual.kept_columns, dual.keep_columns)
        for columns in (dual.choice_columns, *counts):
            self.timed[columns] = True
        self.ranked = np.zeros(size, dtype=np.bool_)
        """Columns that a reduced cost ranks: choices, counts, shares."""
        for columns in (dual.choice_columns, dual.start_columns, dual.share_columns):
            self.ranked[columns] = True

    def day_pieces(self, day: int, most: int) -> list[Piece]:
        """A date cut at clock hours into pieces of about `most` starts and choices."""
        first, last = self._hours[day]
        inside = (self.arrays.day == day) & self.timed
        hour = self.arrays.minute[inside] // 60
        counts = np.bincount(hour, minlength=max(last, 1))
        cuts, held = [first], 0
        for number in range(first, last):
            if held and held + counts[number] > most:
                cuts.append(number)
                held = 0
            held += int(counts[number])
        return [Piece((day,), low * 60, high * 60) for low, high in pairwise([*cuts, last])]

    def bands(self, day: int, width: int, step: int) -> list[Piece]:
        """Overlapping pieces of a date, each `width` hours long."""
        first, last = self._hours[day]
        return [
            Piece((day,), low * 60, (low + width) * 60)
            for low in range(first, max(first + 1, last - width + step), step)
        ]

    def of(self, piece: Piece) -> tuple[Mask, Mask]:
        """(timed columns inside the piece, other columns that belong to it)."""
        arrays = self.arrays
        on_day = np.isin(arrays.day, piece.days)
        within = on_day & (arrays.minute >= piece.start)
        inside = within & (arrays.minute < piece.end) & self.timed
        near = (arrays.minute == -1) | (within & (arrays.minute < piece.end + LATEST_USE))
        others: Mask = on_day & ~self.timed & near
        return inside, others

    def items_at(self, values: Ints, inside: Mask) -> Mask:
        """Items that are placed in the piece, or nowhere."""
        dual = self._dual
        chosen = values[dual.choice_columns] > 0
        unplaced = np.isin(dual.choice_columns, dual.unplaced)
        here: Mask = np.zeros(len(dual.items.starts), dtype=np.bool_)
        here[dual.items.piece[chosen & (inside[dual.choice_columns] | unplaced)]] = True
        return here
