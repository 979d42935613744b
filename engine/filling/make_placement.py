"""From stages, seats and floats to the segments of a placement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from engine.practice.pattern import StageTime
from engine.schedule import PlacedSegment, Placement
from engine.units import to_clock


@dataclass(frozen=True, slots=True)
class Seats:
    """Who and what serves a visit: chair and staff by stage, one doctor, floats by doctor time."""

    chairs: tuple[str | None, ...]
    staff: tuple[str | None, ...]
    doctor: str | None
    floats: tuple[int, ...]


def make_placement(
    visit_id: str, day: date, start: int, stages: Sequence[StageTime], seats: Seats
) -> Placement:
    """The placement of a visit at a minute of a date; doctor times begin after their floats."""
    segments = [
        segment
        for stage, floats in zip(stages, _by_stage(stages, seats.floats), strict=True)
        for segment in _segments(stage, start, floats, seats)
    ]
    return Placement(visit=visit_id, date=day, segments=tuple(segments))


def _by_stage(stages: Sequence[StageTime], floats: Sequence[int]) -> Iterator[Sequence[int]]:
    position = 0
    for stage in stages:
        yield floats[position : position + len(stage.doctor)]
        position += len(stage.doctor)


def _segments(
    stage: StageTime, start: int, floats: Sequence[int], seats: Seats
) -> Iterator[PlacedSegment]:
    chair, staff = seats.chairs[stage.index], seats.staff[stage.index]

    def piece(begin: int, end: int, with_doctor: bool) -> PlacedSegment:
        return PlacedSegment(
            stage=stage.index,
            start=to_clock(start + begin),
            end=to_clock(start + end),
            chair=chair,
            staff=staff,
            doctor=seats.doctor if with_doctor else None,
            doctor_time=with_doctor,
        )

    position = stage.start
    for time, float_minutes in zip(stage.doctor, floats, strict=True):
        begin = time.offset + float_minutes
        if position < begin:
            yield piece(position, begin, False)
        yield piece(begin, begin + time.minutes, True)
        position = begin + time.minutes
    if position < stage.end:
        yield piece(position, stage.end, False)
