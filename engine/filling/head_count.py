"""Where the book lacks people already, nothing new takes more of them.

A kept booking without an assistant or doctor still needs one. In each of its minutes, a new visit
may use people of that kind only while all who need one or are one of them are no more than the
people present: whoever is short then gets someone, and nobody new pays for the old clash.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from engine.filling.lanes import Lanes, Mask
from engine.units import MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class Need:
    """Somebody of a group is needed on [start, end); `who` is None where nobody is to be had."""

    group: frozenset[str]
    who: str | None
    start: int
    end: int


def withhold_scarce(lanes: Lanes, needs: Iterable[Need]) -> None:
    """Withhold, in `lanes`, everybody of a lacking need's group where the group is used up."""
    all_needs = tuple(needs)
    scarce: Mask = np.zeros_like(lanes.withheld)
    for group in {need.group for need in all_needs if need.who is None}:
        rows = [lanes.row[name] for name in group]
        lacking: Mask = np.zeros(MINUTES_PER_DAY, dtype=np.bool_)
        used = np.zeros(MINUTES_PER_DAY, dtype=np.int64)
        for need in all_needs:
            if need.who is None and need.group <= group:
                lacking[need.start : need.end] = True
            if need.group <= group or need.who in group:
                used[need.start : need.end] += 1
        used_up = lacking & (used >= lanes.available[rows].sum(axis=0))
        scarce[rows] |= used_up
    for row in np.flatnonzero((scarce != lanes.withheld).any(axis=1)):
        lanes.withhold(int(row), scarce[row])
