"""The sheet of a day, as on the wall: chairs as columns, the doctors beside them."""

from dataclasses import dataclass
from datetime import date

from engine.plot.day_list import DayRow, day_rows
from engine.plot.doctor_lane import NOBODY, LanePiece, lacks_doctor, lane_pieces
from engine.plot.names import Names, day_text
from engine.plot.scale import AXIS_PX, GUTTER_PX, Scale, column_width
from engine.plot.sheet_frame import (
    CellBox,
    Column,
    Shade,
    Tick,
    away_spans,
    cell_boxes,
    chair_columns,
    chair_shades,
    doctor_shades,
    scale_of,
    ticks,
)
from engine.plot.visit_blocks import NO_CHAIR, Block, blocks_of, busy_spans, stages_in
from engine.plot.visit_signs import NoShow
from engine.practice import Problem
from engine.practice.calendar import model_day_on
from engine.schedule import Placement, Schedule


@dataclass(frozen=True, slots=True)
class DaySheet:
    """Everything that is drawn on one day's page. Pixels, from the top left corner."""

    date: date
    title: str
    model_day: str
    width: float
    height: float
    gutter: float
    top: float
    bottom: float
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    shades: tuple[Shade, ...]
    cells: tuple[CellBox, ...]
    blocks: tuple[Block, ...]
    lanes: tuple[Column, ...]
    pieces: tuple[LanePiece, ...]
    placed: tuple[DayRow, ...]


def _lanes(problem: Problem, lacking: bool, left: float, width: float) -> tuple[Column, ...]:
    ids = [doctor.id for doctor in problem.doctors] + ([NOBODY] if lacking else [])
    return tuple(
        Column(name, "doctor" if name != NOBODY else "clash", "doctor", left + at * width, width)
        for at, name in enumerate(ids)
    )


def sheet_of(
    problem: Problem,
    schedule: Schedule,
    day: date,
    colours: dict[str, str],
    names: Names,
    no_show: NoShow | None = None,
) -> DaySheet:
    """Lay out one day of a schedule."""
    placements = tuple(p for p in schedule.placements if p.date == day)
    practice = problem.practice
    scale: Scale = scale_of(problem, day, placements)
    seatless = bool(stages_in(problem, placements, NO_CHAIR))
    lacking = lacks_doctor(placements)
    count = len(practice.chairs) + seatless + len(problem.doctors) + lacking
    width = column_width(count)
    columns = chair_columns(practice.chairs, width)
    if seatless:
        left = round(AXIS_PX + len(columns) * width, 1)
        columns = (*columns, Column(NO_CHAIR, "clash", "chair", left, width))
    lanes = _lanes(problem, lacking, AXIS_PX + len(columns) * width, width)
    shades: list[Shade] = []
    cells: list[CellBox] = []
    blocks: list[Block] = []
    for chair, column in zip(practice.chairs, columns, strict=False):
        shades += chair_shades(practice, chair, day, column, scale)
        spans = busy_spans(problem, placements, chair.id) + away_spans(practice, day)
        cells += cell_boxes(problem, day, column, scale, spans, colours)
    for column in columns:
        blocks += blocks_of(problem, placements, column, scale, colours, names, no_show)
    pieces: list[LanePiece] = []
    for lane in lanes:
        if lane.id != NOBODY:
            shades += doctor_shades(practice, lane.id, day, lane, scale)
        pieces += lane_pieces(problem, placements, lane, scale, colours, names)
    model_day = model_day_on(practice, day)
    return DaySheet(
        day,
        day_text(day),
        model_day.title if model_day else "",
        round(2 * AXIS_PX + count * width, 1),
        scale.height,
        GUTTER_PX,
        scale.y(scale.first),
        scale.y(scale.last),
        columns,
        ticks(scale),
        tuple(shades),
        tuple(cells),
        tuple(blocks),
        lanes,
        tuple(pieces),
        day_rows(problem, placements, names, no_show),
    )
