"""Rule `pattern`: a placed visit has its procedure's stages and doctor time, in order."""

from collections.abc import Mapping

from engine.schedule import PlacedSegment
from engine.solver.kinds import Kind
from engine.units import to_clock


def segments_of(
    kind: Kind,
    minute: int,
    doctor_offsets: tuple[int, ...],
    chairs: Mapping[int, str | None],
    staff: Mapping[int, str | None],
    doctor: str | None,
) -> tuple[PlacedSegment, ...]:
    """The segments of a visit that starts at `minute`; chairs and staff by stage index."""
    segments: list[PlacedSegment] = []
    offsets = iter(doctor_offsets)
    for stage in kind.stages:
        pieces: list[tuple[int, int, bool]] = []
        position = stage.start
        for time in stage.doctor:
            begin = next(offsets)
            pieces.append((position, begin, False))
            pieces.append((begin, begin + time.minutes, True))
            position = begin + time.minutes
        pieces.append((position, stage.end, False))
        segments += [
            PlacedSegment(
                stage=stage.index,
                start=to_clock(minute + start),
                end=to_clock(minute + end),
                chair=chairs.get(stage.index),
                doctor=doctor if doctor_time else None,
                staff=staff.get(stage.index),
                doctor_time=doctor_time,
            )
            for start, end, doctor_time in pieces
            if start < end
        ]
    return tuple(segments)
