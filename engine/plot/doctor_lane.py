"""The doctor lane: one column per doctor, one patient at a time."""

from dataclasses import dataclass

from engine.plot.lettering import Line, lines_in
from engine.plot.names import Names
from engine.plot.scale import Scale
from engine.plot.sheet_frame import Column
from engine.practice import Problem
from engine.schedule import Placement
from engine.units import Interval, clock_text, to_minutes

NOBODY = "no doctor"
"""Lane of doctor time that the book asks for and nobody can give."""
REMOTE = "remote"


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


def side_by_side(spans: list[Interval]) -> list[tuple[int, int]]:
    """For each span its place and the number of places, so that overlapping spans stand apart.

    Spans that touch nobody else get (0, 1). Greedy colouring from the earliest start on uses as
    many places as overlap at the busiest minute of a chain of overlapping spans.
    """
    answer = [(0, 1)] * len(spans)
    cluster: list[int] = []
    places: list[int] = []
    seat: dict[int, int] = {}
    reach = -1

    def close() -> None:
        for member in cluster:
            answer[member] = (seat[member], len(places))

    for index in sorted(range(len(spans)), key=lambda at: spans[at]):
        start, end = spans[index]
        if start >= reach:
            close()
            cluster, places = [], []
        free = next((at for at, until in enumerate(places) if until <= start), len(places))
        if free == len(places):
            places.append(end)
        else:
            places[free] = end
        seat[index] = free
        cluster.append(index)
        reach = max(reach, end)
    close()
    return answer


def lacks_doctor(placements: tuple[Placement, ...]) -> bool:
    """True where a kept booking has doctor time without a doctor."""
    return any(
        segment.doctor_time and segment.doctor is None
        for placement in placements
        for segment in placement.segments
    )


def lane_pieces(
    problem: Problem,
    placements: tuple[Placement, ...],
    column: Column,
    scale: Scale,
    colours: dict[str, str],
    names: Names,
) -> tuple[LanePiece, ...]:
    """The doctor time of one lane; pieces that overlap (a clash, or units) stand side by side."""
    given = [
        (placement, segment)
        for placement in placements
        for segment in placement.segments
        if segment.doctor_time and (segment.doctor or NOBODY) == column.id
    ]
    spans = [(to_minutes(segment.start), to_minutes(segment.end)) for _, segment in given]
    pieces = []
    for (placement, segment), (start, end), (place, of) in zip(
        given, spans, side_by_side(spans), strict=True
    ):
        visit = problem.all_visits[placement.visit]
        procedure = problem.procedures[visit.procedure]
        width = (column.width - 6.0) / of
        height = scale.y(end) - scale.y(start)
        chair = names.of(segment.chair) if segment.chair else REMOTE
        who = names.of(visit.patient)
        one = (f"{who} {procedure.code} {chair}", f"{who} {chair}", who)
        rows = (one, (f"{clock_text(start)}–{clock_text(end)}",))
        pieces.append(
            LanePiece(
                visit.id,
                column.id,
                round(column.x + 3.0 + place * width, 1),
                scale.y(start),
                round(width, 1),
                height,
                colours[procedure.procedure_class],
                lines_in(rows, one, width - 8.0, width - 8.0, height),
                f"{clock_text(start)}–{clock_text(end)} {names.of(column.id)}: {who}, "
                f"{procedure.title}, {chair}",
            )
        )
    return tuple(pieces)
