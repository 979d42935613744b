"""What is opened in one step of the search: all of some days, and the visits that may go there."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.solver.arrays import Ints, Mask, ProgramArrays
from engine.solver.model import Model
from engine.units import Interval

BAND_MINUTES, BAND_STEP = 180, 120
"""Bands of hours overlap, so that a visit at a border is inside one of them."""

LATEST_USE = 120
"""Minutes after its start within which a visit's last use begins."""


@dataclass(frozen=True, slots=True)
class Window:
    """What a step opens: days by number, or a band of minutes [start, end) of one day."""

    days: tuple[int, ...]
    band: Interval | None = None


class Neighbourhoods:
    """Masks of free columns around a solution."""

    def __init__(self, model: Model, arrays: ProgramArrays) -> None:
        self._arrays = arrays
        self._days = len(model.days)
        self._hours = [
            (facts.open[0][0], facts.open[-1][1]) if facts.open else (0, 0) for facts in model.days
        ]
        self._is_count = np.zeros(len(arrays.cost), dtype=np.bool_)
        self._is_count[[start.column for start in model.all_starts()]] = True
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

    def windows(self) -> Iterator[Window]:
        """Bands of hours, single days, all days, neighbouring pairs, all days again, and so on."""
        for day, (opens, closes) in enumerate(self._hours):
            for start in range(opens, max(opens + 1, closes - BAND_MINUTES // 3), BAND_STEP):
                yield Window((day,), (start, start + BAND_MINUTES))
        for width in range(1, max(2, self._days)):
            for first in range(self._days - width + 1):
                yield Window(tuple(range(first, first + width)))
            if self._days > 1:
                yield self.every_day

    @property
    def every_day(self) -> Window:
        """The window over all days."""
        return Window(tuple(range(self._days)))

    def around(self, values: Ints, window: Window) -> Mask:
        """Everything in the window, for the visits that are there now or nowhere."""
        day, minute = self._arrays.day, self._arrays.minute
        inside = np.isin(day, window.days)
        places = inside
        if window.band is not None:
            start, end = window.band
            places = inside & (minute >= start) & (minute < end)
            # What a visit uses may begin after the visit does: its doctor time, its second room.
            inside &= (minute == -1) | ((minute >= start) & (minute < end + LATEST_USE))
        chosen = np.flatnonzero((self._item >= 0) & (values > 0) & (day >= 0))
        takes_part = np.ones(len(self._unplaced), dtype=np.bool_)
        takes_part[self._item[chosen]] = places[chosen]
        counts = self._is_count
        free: Mask = inside & (self._item == -1) & (~counts | places)
        free |= places & (self._item >= 0) & takes_part[self._item]
        free[self._unplaced[takes_part]] = True
        return free
