"""Starts of a kind of visit (procedure and length) that suit practice and procedure."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.filling.lanes import Minutes
from engine.filling.openings.clock_axis import ClockAxis
from engine.filling.rooms_and_people import RoomsAndPeople
from engine.practice.pattern import StageTime


@dataclass(frozen=True, slots=True)
class KindStarts:
    """Starts by date and minute: `day` (number of the date), `minute`, `at` (position), all (k,).

    `begins`: where the starts of each date begin, (dates + 1,). `seated_alone`: no two stages can
    ask for the same chair or person at the same time, so that each may be looked at alone.
    """

    stages: tuple[StageTime, ...]
    day: Minutes
    minute: Minutes
    at: Minutes
    begins: Minutes
    seated_alone: bool

    @property
    def length(self) -> int:
        """Minutes without the last turnover."""
        return self.stages[-1].end


def kind_starts(
    axis: ClockAxis,
    stages: tuple[StageTime, ...],
    starts_on: Callable[[dt.date], Minutes],
    staffing: RoomsAndPeople,
    procedure_class: str,
) -> KindStarts:
    """`starts_on`: the starts of a date, ascending."""
    minutes = [starts_on(day) for day in axis.dates]
    counts = np.array([len(starts) for starts in minutes], dtype=np.int64)
    day = np.repeat(np.arange(len(axis.dates), dtype=np.int64), counts)
    minute = np.concatenate(minutes) if minutes else np.empty(0, dtype=np.int64)
    return KindStarts(
        stages=stages,
        day=day,
        minute=minute,
        at=axis.at(day, minute),
        begins=np.concatenate(([0], counts.cumsum())).astype(np.int64),
        seated_alone=_seated_alone(stages, staffing, procedure_class),
    )


def _seated_alone(
    stages: tuple[StageTime, ...], staffing: RoomsAndPeople, procedure_class: str
) -> bool:
    for index, stage in enumerate(stages):
        for later in stages[index + 1 :]:
            if stage.busy_until <= later.start:
                continue
            if stage.chair_kind is not None and stage.chair_kind is later.chair_kind:
                return False
            if stage.role is not None and later.role is not None:
                first = staffing.staff_rows(stage.role, stage.skill)
                second = staffing.staff_rows(later.role, later.skill)
                if len(np.intersect1d(first, second)):
                    return False
    return True
