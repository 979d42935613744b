"""Chairs or people of a date that stand in for each other in an interval model.

Where several are alike in everything a visit can ask for, one cumulative constraint over all of
them says what an interval for each would say, and who gets which is found afterwards: intervals of
which at most k overlap can always be given to k lanes.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from benchmarks.peers.openings import Openings
from engine.filling.lanes import Lanes, Mask
from engine.practice.calendar import model_day_on


@dataclass(frozen=True)
class Group:
    """Rows of the lanes of a date that are alike."""

    rows: tuple[int, ...]

    @property
    def row(self) -> int:
        """One that speaks for all."""
        return self.rows[0]


def chair_groups(openings: Openings, day: date) -> dict[int, Group]:
    """The group of each chair: of one kind, free at the same minutes, in the same cells."""
    model_day = model_day_on(openings.problem.practice, day)
    cells = () if model_day is None else model_day.cells
    chairs = openings.problem.practice.chairs
    keys = [
        (chair.kind, chair.overflow, *(cell.id for cell in cells if chair.id in cell.columns))
        for chair in chairs
    ]
    return _groups(keys, openings.occupancy.day_book(day).chairs)


def staff_groups(openings: Openings, day: date) -> dict[int, Group]:
    """The group of each person: of one role and the same skills, there at the same minutes."""
    keys = [(person.role, *sorted(person.skills)) for person in openings.problem.practice.staff]
    return _groups(keys, openings.occupancy.day_book(day).staff)


def free_minutes(lanes: Lanes, row: int) -> Mask:
    """Minutes of a row that new visits may have."""
    free: Mask = lanes.available[row] & (lanes.held[row] == 0) & ~lanes.withheld[row]
    return free


def runs(mask: Mask) -> list[tuple[int, int]]:
    """The intervals [start, end) of the true minutes."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _groups(keys: Sequence[tuple[object, ...]], lanes: Lanes) -> dict[int, Group]:
    alike: dict[object, list[int]] = defaultdict(list)
    for row, key in enumerate(keys):
        alike[key, free_minutes(lanes, row).tobytes()].append(row)
    return {row: Group(tuple(rows)) for rows in alike.values() for row in rows}
