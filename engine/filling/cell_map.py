"""Which minutes of which columns a class may use on a date, and which are kept for others."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from engine.filling.lanes import Mask, Minutes, run_until
from engine.practice import Problem
from engine.practice.calendar import model_day_on
from engine.practice.release import Acceptance, acceptance
from engine.units import MINUTES_PER_DAY, to_minutes

OWN, NOBODYS, OTHERS = 0, 1, 2
"""Whose time it is, the best first: the class's own, nobody's, released or fallback."""


@dataclass(frozen=True)
class CellMap:
    """By chair (in the order of the practice) and minute.

    `accepted_until`: first minute from there on in a cell that does not take the class. `counts`:
    running counts by whose time it is, so that a difference counts minutes of a range.
    """

    accepted_until: Minutes
    counts: NDArray[np.int32]

    def whose(self, row: int, start: int, end: int) -> int:
        """The worst of OWN, NOBODYS, OTHERS on [start, end) of a chair."""
        found = self.counts[:, row, end] - self.counts[:, row, start]
        if found[OTHERS]:
            return OTHERS
        return NOBODYS if found[NOBODYS] else OWN


def cell_map(problem: Problem, day: date, procedure_class: str) -> CellMap | None:
    """The map of a class; None on a date without model day, where all time is free."""
    model_day = model_day_on(problem.practice, day)
    if model_day is None:
        return None
    rows = {chair.id: index for index, chair in enumerate(problem.practice.chairs)}
    shape = (len(rows), MINUTES_PER_DAY)
    in_cell: Mask = np.zeros(shape, dtype=np.bool_)
    accepted: Mask = np.zeros(shape, dtype=np.bool_)
    own: Mask = np.zeros(shape, dtype=np.bool_)
    for cell in model_day.cells:
        how = acceptance(cell, procedure_class, day, problem.as_of, problem.policy)
        minutes = slice(to_minutes(cell.start), to_minutes(cell.end))
        for column in cell.columns:
            row = rows[column]
            in_cell[row, minutes] = True
            accepted[row, minutes] |= how is not None
            own[row, minutes] |= how is Acceptance.OWN
    kinds = np.stack([own, ~in_cell, in_cell & ~own])
    counts = np.zeros((3, len(rows), MINUTES_PER_DAY + 1), dtype=np.int32)
    counts[:, :, 1:] = kinds.cumsum(axis=2)
    return CellMap(run_until(~in_cell | accepted), counts)
