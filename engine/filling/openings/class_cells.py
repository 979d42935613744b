"""Which cells of all dates take a class, and where it uses up what is kept for others."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.filling.cell_map import OTHERS, CellMap
from engine.filling.lanes import Minutes
from engine.filling.openings.clock_axis import ClockAxis
from engine.filling.openings.free_time import Until
from engine.units import MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class ClassCells:
    """By position and chair of one kind. `until`: first minute from there on in a cell that does
    not take the class. `others`: running count of minutes in cells that take it by release or as
    fallback."""

    until: Until
    others: NDArray[np.int16]


def class_cells(
    axis: ClockAxis, rows: Minutes, map_on: Callable[[dt.date], CellMap | None]
) -> ClassCells:
    """The cells of a class in the columns `rows`; without model day all time is its own."""
    shape = (len(axis.dates) * axis.size, len(rows))
    until = np.full(shape, MINUTES_PER_DAY, dtype=np.int16)
    others = np.zeros(shape, dtype=np.int16)
    for number, day in enumerate(axis.dates):
        found = map_on(day)
        if found is not None:
            until[axis.part(number)] = found.accepted_until[rows][:, axis.minutes].T
            others[axis.part(number)] = found.counts[OTHERS, rows][:, axis.minutes].T
    return ClassCells(until, others)
