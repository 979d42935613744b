"""Where a visit sits: its start, and who and what serves each stage."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from engine.practice import Procedure
from engine.practice.pattern import StageTime
from engine.schedule import PlacedSegment
from engine.units import to_clock


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a visit sits; `start`, `end` in minutes, without turnover."""

    procedure: Procedure
    stages: tuple[StageTime, ...]
    day: dt.date
    start: int
    chairs: tuple[str | None, ...]
    staff: tuple[str | None, ...]
    doctor: str | None
    doctor_starts: tuple[tuple[int, ...], ...]

    @property
    def end(self) -> int:
        """When the patient leaves."""
        return self.start + self.stages[-1].end

    @property
    def segments(self) -> tuple[PlacedSegment, ...]:
        """The pieces of the visit, doctor time apart."""
        pieces: list[PlacedSegment] = []
        for stage, chair, person, begins in zip(
            self.stages, self.chairs, self.staff, self.doctor_starts, strict=True
        ):
            borders = [self.start + stage.start]
            for piece, begin in zip(stage.doctor, begins, strict=True):
                borders += [begin, begin + piece.minutes]
            borders.append(self.start + stage.end)
            for at, (first, last) in enumerate(pairwise(borders)):
                if first < last:
                    with_doctor = at % 2 == 1
                    pieces.append(
                        PlacedSegment(
                            stage=stage.index,
                            start=to_clock(first),
                            end=to_clock(last),
                            chair=chair,
                            doctor=self.doctor if with_doctor else None,
                            staff=person,
                            doctor_time=with_doctor,
                        )
                    )
        return tuple(pieces)
