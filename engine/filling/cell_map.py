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

    def whose(self, rows: Minutes | int, start: int, end: int) -> Minutes:
        """The worst of OWN, NOBODYS, OTHERS on [start, end) of each chair, or of one."""
        found = self.counts[:, rows, end] - self.counts[:, rows, start]
        worst: Minutes = np.where(found[OTHERS] > 0, OTHERS, np.where(found[NOBODYS] > 0, 1, OWN))
        return worst


Taking = tuple[str, tuple[Acceptance | None, ...]]
"""A model day, and how each of its cells takes a class: dates alike in this have one map."""


def taking(problem: Problem, day: date, procedure_class: str) -> Taking | None:
    """How the cells of a date take a class; None on a date without model day: all is free."""
    model_day = model_day_on(problem.practice, day)
    if model_day is None:
        return None
    hows = (
        acceptance(cell, procedure_class, day, problem.as_of, problem.policy)
        for cell in model_day.cells
    )
    return model_day.id, tuple(hows)


def cell_map(problem: Problem, day: date, procedure_class: str) -> CellMap | None:
    """The map of a class on a date; None on a date without model day, where all time is free."""
    taken = taking(problem, day, procedure_class)
    return None if taken is None else map_of(problem, taken)


def map_of(problem: Problem, taken: Taking) -> CellMap:
    """The map of a class on the dates on which the cells take it like that."""
    name, hows = taken
    model_day = next(one for one in problem.practice.model_days if one.id == name)
    rows = {chair.id: index for index, chair in enumerate(problem.practice.chairs)}
    shape = (len(rows), MINUTES_PER_DAY)
    in_cell: Mask = np.zeros(shape, dtype=np.bool_)
    accepted: Mask = np.zeros(shape, dtype=np.bool_)
    own: Mask = np.zeros(shape, dtype=np.bool_)
    for cell, how in zip(model_day.cells, hows, strict=True):
        minutes = slice(to_minutes(cell.start), to_minutes(cell.end))
        for column in cell.columns:
            row = rows[column]
            in_cell[row, minutes] = True
            accepted[row, minutes] |= how is not None
            own[row, minutes] |= how is Acceptance.OWN
    counts = np.zeros((3, len(rows), MINUTES_PER_DAY + 1), dtype=np.int32)
    for whose, mask in ((OWN, own), (NOBODYS, ~in_cell), (OTHERS, in_cell & ~own)):
        np.cumsum(mask, axis=1, dtype=np.int32, out=counts[whose, :, 1:])
    return CellMap(run_until(~in_cell | accepted), counts)
