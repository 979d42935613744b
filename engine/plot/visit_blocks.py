"""The blocks of a chair column: one per stage in that chair, with text, marks and doctor time."""

from dataclasses import dataclass

from engine.plot.block_text import block_lines, block_sentence
from engine.plot.day_view import DayView
from engine.plot.lettering import Line, text_width
from engine.plot.scale import DOCTOR_BAR_PX, GUTTER_PX, PX_PER_MINUTE, Scale
from engine.plot.sheet_frame import Column
from engine.plot.side_by_side import side_by_side
from engine.plot.stages_in_chair import StageInChair, stages_in
from engine.plot.visit_signs import Sign, signs_of, standing_of
from engine.schedule import PlacedSegment
from engine.units import to_minutes

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


def blocks_of(view: DayView, column: Column) -> tuple[Block, ...]:
    """The blocks of a column; stages that overlap (an inherited clash) stand side by side."""
    stages = stages_in(view, column.id)
    seats = side_by_side([stage.span for stage in stages])
    return tuple(
        _block(view, stage, column, seat) for stage, seat in zip(stages, seats, strict=True)
    )


def _block(view: DayView, stage: StageInChair, column: Column, seat: tuple[int, int]) -> Block:
    scale, (start, end) = view.scale, stage.span
    width = (column.width - GUTTER_PX - 4.0) / seat[1]
    x = column.x + GUTTER_PX + 1.0 + seat[0] * width
    y, height = scale.y(start), scale.y(end) - scale.y(start)
    signs = signs_of(view.problem, stage.placement, view.no_show)
    badges = _badges(signs, x + width - 2.0, y + min(height / 2, 9.0), min(_BADGE_PX, height - 2))
    room = width - DOCTOR_BAR_PX - 7.0
    head = room - (x + width - badges[-1].x if badges else 0.0)
    return Block(
        stage.placement.visit,
        stage.index,
        column.id,
        standing_of(view.problem, stage.placement).value,
        round(x, 1),
        y,
        round(width, 1),
        height,
        stage.turnover_minutes * PX_PER_MINUTE,
        view.colours[stage.procedure.procedure_class],
        block_lines(view.names, stage, room, head, height),
        badges,
        tuple(_hatch(segment, scale) for segment in stage.segments if segment.doctor_time),
        block_sentence(view.names, stage, column.id, signs),
    )


def _hatch(segment: PlacedSegment, scale: Scale) -> Hatch:
    start, end = to_minutes(segment.start), to_minutes(segment.end)
    return Hatch(scale.y(start), scale.y(end) - scale.y(start), segment.doctor or "")


def _badges(signs: tuple[Sign, ...], right: float, middle: float, size: float) -> tuple[Badge, ...]:
    """From the right edge of the block inwards."""
    badges = []
    for sign in signs:
        width = max(size, text_width(sign.text, size * 0.8) + 4.0)
        right -= width + 1.5
        badges.append(Badge(sign, round(right, 1), round(middle, 1), round(width, 1), size))
    return tuple(badges)
