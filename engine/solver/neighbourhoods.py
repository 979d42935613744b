"""What is opened in one step of the search: all of some days, and the visits that may go there."""

from collections.abc import Iterator

import numpy as np

from engine.solver.arrays import Ints, Mask, ProgramArrays
from engine.solver.model import Model


class Neighbourhoods:
    """Masks of free columns around a solution."""

    def __init__(self, model: Model, arrays: ProgramArrays) -> None:
        self._arrays = arrays
        self._days = len(model.days)
        self._item = np.full(len(arrays.cost), -1, dtype=np.int64)
        self._unplaced = np.array([i.unplaced for i in model.items.values()], dtype=np.int64)
        for number, item in enumerate(model.items.values()):
            columns = [choice.column for choice in item.columns]
            if item.keep >= 0:
                columns.append(item.keep)
            self._item[columns] = number
            self._item[item.unplaced] = number

    def all_columns(self) -> Mask:
        """Nothing is fixed: a solve of it bounds the whole problem."""
        return np.ones(len(self._arrays.cost), dtype=np.bool_)

    def seats_only(self, model: Model) -> Mask:
        """Places and counts are fixed; shares and pricing columns are free."""
        free = self.all_columns()
        free[self._item >= 0] = False
        for start in model.all_starts():
            free[start.column] = False
        for starts in model.kept_starts.values():
            for start in starts:
                free[start.column] = True
        return free

    def windows(self) -> Iterator[tuple[int, ...]]:
        """Single days, all days, neighbouring pairs, all days again, and so on."""
        for width in range(1, max(2, self._days)):
            for first in range(self._days - width + 1):
                yield tuple(range(first, first + width))
            if self._days > 1:
                yield tuple(range(self._days))

    def around(self, values: Ints, days: tuple[int, ...]) -> Mask:
        """Everything on these days, for the visits that are there now or nowhere."""
        day = self._arrays.day
        on_days = np.isin(day, days)
        placed_day = np.full(len(self._unplaced), -1, dtype=np.int64)
        chosen = np.flatnonzero((self._item >= 0) & (values > 0))
        placed_day[self._item[chosen]] = day[chosen]
        takes_part = (placed_day == -1) | np.isin(placed_day, days)
        free: Mask = on_days & ((self._item == -1) | takes_part[self._item])
        free[self._unplaced[takes_part]] = True
        return free
