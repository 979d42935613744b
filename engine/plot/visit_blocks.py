"""The blocks of a chair column: one per stage in that chair, with text, marks and doctor time."""

from dataclasses import dataclass

from engine.plot.doctor_lane import side_by_side
from engine.plot.lettering import Line, lines_in, text_width
from engine.plot.names import Names
from engine.plot.scale import DOCTOR_BAR_PX, GUTTER_PX, PX_PER_MINUTE, Scale
from engine.plot.sheet_frame import Column
from engine.plot.visit_signs import NoShow, Sign, signs_of, standing_of
from engine.practice import Problem
from engine.schedule import PlacedSegment, Placement
from engine.units import Interval, clock_text, to_minutes

NO_CHAIR = "no chair"
"""Column of kept bookings that need a chair and have none."""
_BADGE_PX = 13.0


@dataclass(frozen=True, slots=True)
class Badge:
    """A sign with its place: left edge, middle, width and height in pixels."""

    sign: Sign
    x: float
    middle: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Hatch:
    """Doctor time inside a block."""

    y: float
    height: float
    doctor: str


@dataclass(frozen=True, slots=True)
class Block:
    """A stage of a visit in a chair. `turnover` is the height of the pause below it, in pixels."""

    visit: str
    stage: int
    chair: str
    standing: str
    x: float
    y: float
    width: float
    height: float
    turnover: float
    fill: str
    lines: tuple[Line, ...]
    badges: tuple[Badge, ...]
    hatches: tuple[Hatch, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class StageInChair:
    """The segments of one stage of a placement."""

    placement: Placement
    segments: tuple[PlacedSegment, ...]

    @property
    def span(self) -> Interval:
        """[start, end) in minutes, without turnover."""
        return to_minutes(self.segments[0].start), to_minutes(self.segments[-1].end)


def stages_in(problem: Problem, placements: tuple[Placement, ...], chair: str) -> list[StageInChair]:
    """The stages that sit in a chair (or in none though they need one), earliest first."""
    found = []
    for placement in placements:
        stages = problem.procedures[problem.all_visits[placement.visit].procedure].stages
        for index in dict.fromkeys(segment.stage for segment in placement.segments):
            segments = tuple(part for part in placement.segments if part.stage == index)
            wanted = stages[index].chair_kind is not None
            if segments[0].chair == chair or (
                segments[0].chair is None and wanted and chair == NO_CHAIR
            ):
                found.append(StageInChair(placement, segments))
    return sorted(found, key=lambda stage: (*stage.span, stage.placement.visit))


def busy_spans(
    problem: Problem, placements: tuple[Placement, ...], chair: str
) -> tuple[Interval, ...]:
    """When a chair is taken, turnover included."""
    return tuple(
        (stage.span[0], stage.span[1] + _turnover(problem, stage))
        for stage in stages_in(problem, placements, chair)
    )


def _turnover(problem: Problem, stage: StageInChair) -> int:
    procedure = problem.procedures[problem.all_visits[stage.placement.visit].procedure]
    return procedure.stages[stage.segments[0].stage].turnover_minutes


def blocks_of(
    problem: Problem,
    placements: tuple[Placement, ...],
    column: Column,
    scale: Scale,
    colours: dict[str, str],
    names: Names,
    no_show: NoShow | None,
) -> tuple[Block, ...]:
    """The blocks of a column; stages that overlap (an inherited clash) stand side by side."""
    stages = stages_in(problem, placements, column.id)
    seats = side_by_side([stage.span for stage in stages])
    return tuple(
        _block(problem, stage, column, scale, colours, names, no_show, seat)
        for stage, seat in zip(stages, seats, strict=True)
    )


def _block(
    problem: Problem,
    stage: StageInChair,
    column: Column,
    scale: Scale,
    colours: dict[str, str],
    names: Names,
    no_show: NoShow | None,
    seat: tuple[int, int],
) -> Block:
    placement, segments = stage.placement, stage.segments
    visit = problem.all_visits[placement.visit]
    procedure = problem.procedures[visit.procedure]
    start, end = stage.span
    width = (column.width - GUTTER_PX - 4.0) / seat[1]
    x = column.x + GUTTER_PX + 1.0 + seat[0] * width
    y, height = scale.y(start), scale.y(end) - scale.y(start)
    signs = signs_of(problem, placement, no_show)
    badges = _badges(signs, x + width - 2.0, y + min(height / 2, 9.0), min(_BADGE_PX, height - 2))
    room = width - DOCTOR_BAR_PX - 7.0
    head = room - (x + width - badges[-1].x if badges else 0.0)
    who = names.of(visit.patient)
    part = f" {segments[0].stage + 1}/{len(procedure.stages)}" if len(procedure.stages) > 1 else ""
    code = procedure.code + part
    when = f"{clock_text(start)}–{clock_text(end)}"
    staff = names.of(segments[0].staff) if segments[0].staff else ""
    doctors = dict.fromkeys(names.of(s.doctor) for s in segments if s.doctor)
    people = " ".join(filter(None, (staff, *doctors)))
    rows = [(f"{who} {code}", who), (f"{when} {people}", f"{when} {staff}", when)]
    rows += [(procedure.title,)]
    one = (f"{clock_text(start)} {who} {code}", f"{who} {code}", who)
    return Block(
        visit.id,
        segments[0].stage,
        column.id,
        standing_of(problem, placement).value,
        round(x, 1),
        y,
        round(width, 1),
        height,
        _turnover(problem, stage) * PX_PER_MINUTE,
        colours[procedure.procedure_class],
        lines_in(rows, one, room, head, height),
        badges,
        tuple(_hatch(part_, scale) for part_ in segments if part_.doctor_time),
        ". ".join(
            (
                f"{when} {who}: {procedure.title} ({code}), visit {visit.id}",
                f"{column.id}, {people or 'nobody named'}",
                *(sign.sentence for sign in signs),
            )
        ),
    )


def _hatch(segment: PlacedSegment, scale: Scale) -> Hatch:
    start, end = to_minutes(segment.start), to_minutes(segment.end)
    return Hatch(scale.y(start), scale.y(end) - scale.y(start), segment.doctor or "")


def _badges(signs: tuple[Sign, ...], right: float, middle: float, size: float) -> tuple[Badge, ...]:
    badges = []
    for sign in signs:
        width = max(size, text_width(sign.text, size * 0.8) + 4.0)
        right -= width + 1.5
        badges.append(Badge(sign, round(right, 1), round(middle, 1), round(width, 1), size))
    return tuple(badges)
