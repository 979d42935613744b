"""The segments of a visit: its procedure's pattern, scaled to the visit's own length."""

from dataclasses import dataclass

from engine.practice.people import Role
from engine.practice.procedures import Procedure, SegmentKind
from engine.practice.rooms import ChairKind


@dataclass(frozen=True, slots=True)
class DoctorTime:
    """Doctor time inside a stage: nominal minute of the visit, length, float."""

    offset: int
    minutes: int
    float_minutes: int


@dataclass(frozen=True, slots=True)
class StageTime:
    """One stage in minutes from the start of the visit; `busy_until` includes turnover."""

    index: int
    start: int
    end: int
    busy_until: int
    chair_kind: ChairKind | None
    role: Role | None
    skill: str | None
    doctor: tuple[DoctorTime, ...]


def pattern_of(procedure: Procedure, minutes: int | None, grid: int) -> tuple[StageTime, ...]:
    """The stages of a visit of this procedure.

    Without an own length, the catalogue pattern. With one, every segment is scaled so that the
    borders fall on the grid: border' = grid * round(border * minutes / total / grid), half up, and
    no segment gets shorter than one grid step. Floats shrink to what the next border allows.
    ValueError where the length cannot hold one grid step for each segment.
    """
    total = procedure.minutes
    wanted = total if minutes is None else minutes
    segments = [segment for stage in procedure.stages for segment in stage.segments]
    borders = [0]
    for segment in segments:
        borders.append(borders[-1] + segment.minutes)
    if wanted != total:
        borders = _scaled(borders, wanted, grid)
    stages: list[StageTime] = []
    position = 0
    for index, stage in enumerate(procedure.stages):
        first, last = position, position + len(stage.segments)
        stage_end = borders[last]
        doctor: list[DoctorTime] = []
        limit = stage_end
        for at in range(last - 1, first - 1, -1):
            segment = stage.segments[at - first]
            if segment.kind is SegmentKind.DOCTOR:
                length = borders[at + 1] - borders[at]
                room = limit - borders[at + 1]
                doctor.insert(0, DoctorTime(borders[at], length, min(segment.float_minutes, room)))
                limit = borders[at]
        stages.append(
            StageTime(
                index,
                borders[first],
                stage_end,
                stage_end + stage.turnover_minutes,
                stage.chair_kind,
                stage.role,
                stage.skill,
                tuple(doctor),
            )
        )
        position = last
    return tuple(stages)


def _scaled(borders: list[int], wanted: int, grid: int) -> list[int]:
    count, total = len(borders) - 1, borders[-1]
    if wanted < count * grid:
        raise ValueError(f"{wanted} min cannot hold {count} segments of at least {grid} min")
    scaled = [0]
    for index, border in enumerate(borders[1:], start=1):
        nearest = grid * ((2 * border * wanted + total * grid) // (2 * total * grid))
        latest = wanted - (count - index) * grid
        scaled.append(min(max(nearest, scaled[-1] + grid), latest))
    scaled[-1] = wanted
    return scaled
