"""The doctor lane: one column per doctor, one patient at a time."""

from dataclasses import dataclass

from engine.plot.day_view import DayView
from engine.plot.lettering import Line, lines_in
from engine.plot.sheet_frame import Column
from engine.plot.side_by_side import side_by_side
from engine.schedule import PlacedSegment, Placement
from engine.units import Interval, clock_text, to_minutes

NOBODY = "no doctor"
"""Lane of doctor time that the book asks for and nobody can give."""
REMOTE = "remote"
_EDGE_PX = 3.0


@dataclass(frozen=True, slots=True)
class LanePiece:
    """One piece of doctor time."""

    visit: str
    doctor: str
    x: float
    y: float
    width: float
    height: float
    fill: str
    lines: tuple[Line, ...]
    sentence: str


def lacks_doctor(placements: tuple[Placement, ...]) -> bool:
    """True where a kept booking has doctor time without a doctor."""
    return any(
        segment.doctor_time and segment.doctor is None
        for placement in placements
        for segment in placement.segments
    )


def lane_pieces(view: DayView, lane: Column) -> tuple[LanePiece, ...]:
    """The doctor time of one lane; pieces that overlap (a clash, or units) stand side by side."""
    given = [
        (placement, segment)
        for placement in view.placements
        for segment in placement.segments
        if segment.doctor_time and (segment.doctor or NOBODY) == lane.id
    ]
    spans = [(to_minutes(segment.start), to_minutes(segment.end)) for _, segment in given]
    seats = side_by_side(spans)
    return tuple(
        _piece(view, lane, placement.visit, segment, (span, seat))
        for (placement, segment), span, seat in zip(given, spans, seats, strict=True)
    )


def _piece(
    view: DayView,
    lane: Column,
    visit_id: str,
    segment: PlacedSegment,
    where: tuple[Interval, tuple[int, int]],
) -> LanePiece:
    (start, end), (place, places) = where
    scale, names = view.scale, view.names
    visit = view.problem.all_visits[visit_id]
    procedure = view.problem.procedures[visit.procedure]
    width = (lane.width - 2 * _EDGE_PX) / places
    height = scale.y(end) - scale.y(start)
    chair = names.of(segment.chair) if segment.chair else REMOTE
    who = names.of(visit.patient)
    when = f"{clock_text(start)}–{clock_text(end)}"
    one = (f"{who} {procedure.code} {chair}", f"{who} {chair}", f"{chair} {who}")
    return LanePiece(
        visit.id,
        lane.id,
        round(lane.x + _EDGE_PX + place * width, 1),
        scale.y(start),
        round(width, 1),
        height,
        view.colours[procedure.procedure_class],
        lines_in((one, (when,)), one, width - 8.0, width - 8.0, height),
        f"{when} {names.of(lane.id)}: {who}, {procedure.title}, {chair}",
    )
