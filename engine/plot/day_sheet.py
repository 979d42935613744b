"""The sheet of a day, as on the wall: chairs as columns, the doctors beside them."""

from dataclasses import dataclass
from datetime import date

from engine.plot.cell_boxes import CellBox, cell_boxes
from engine.plot.day_list import DayRow, day_rows
from engine.plot.day_view import DayView
from engine.plot.doctor_lane import NOBODY, LanePiece, lacks_doctor, lane_pieces
from engine.plot.names import day_text
from engine.plot.scale import AXIS_PX, GUTTER_PX, column_width
from engine.plot.sheet_frame import (
    Column,
    Shade,
    Tick,
    away_spans,
    chair_shades,
    doctor_shades,
    ticks,
)
from engine.plot.stages_in_chair import NO_CHAIR, busy_spans, stages_in
from engine.plot.visit_blocks import Block, blocks_of
from engine.practice.calendar import model_day_on

MOST_COLUMNS = 14
"""More columns than this on one landscape page cannot be read: they go on further pages."""
DOCTOR = "doctor"


@dataclass(frozen=True, slots=True)
class DaySheet:
    """Everything that is drawn on a day's page (`part` of `parts`). Pixels from the top left."""

    date: date
    title: str
    part: int
    parts: int
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


def sheets_of(view: DayView) -> tuple[DaySheet, ...]:
    """Lay out one day: one page, or as many as its chairs and doctors need to stay legible."""
    wanted = _headings(view)
    parts = -(-len(wanted) // MOST_COLUMNS)
    size = -(-len(wanted) // parts)
    return tuple(
        _sheet(view, wanted[part * size : (part + 1) * size], part + 1, parts)
        for part in range(parts)
    )


def _headings(view: DayView) -> list[tuple[str, str]]:
    """Id and heading of every column; `no chair` and `no doctor` only where the book clashes."""
    wanted = [
        (chair.id, chair.kind.value + (", overflow" if chair.overflow else ""))
        for chair in view.problem.practice.chairs
    ]
    if stages_in(view, NO_CHAIR):
        wanted.append((NO_CHAIR, "clash"))
    wanted += [(doctor.id, DOCTOR) for doctor in view.problem.doctors]
    if lacks_doctor(view.placements):
        wanted.append((NOBODY, "clash"))
    return wanted


def _sheet(view: DayView, wanted: list[tuple[str, str]], part: int, parts: int) -> DaySheet:
    practice, scale = view.problem.practice, view.scale
    width = column_width(len(wanted))
    placed = [
        Column(name, heading, round(AXIS_PX + at * width, 1), width)
        for at, (name, heading) in enumerate(wanted)
    ]
    lanes = tuple(one for one in placed if one.heading == DOCTOR or one.id == NOBODY)
    columns = tuple(one for one in placed if one not in lanes)
    shades: list[Shade] = []
    cells: list[CellBox] = []
    for column in columns:
        if column.id in view.problem.chairs:
            shades += chair_shades(view, view.problem.chairs[column.id], column)
            cells += cell_boxes(view, column, busy_spans(view, column.id) + away_spans(view))
    for lane in lanes:
        if lane.id in view.problem.staff:
            shades += doctor_shades(view, view.problem.staff[lane.id], lane)
    model_day = model_day_on(practice, view.day)
    return DaySheet(
        view.day,
        day_text(view.day),
        part,
        parts,
        model_day.title if model_day else "",
        round(2 * AXIS_PX + len(wanted) * width, 1),
        scale.height,
        GUTTER_PX,
        scale.y(scale.first),
        scale.y(scale.last),
        columns,
        ticks(scale),
        tuple(shades),
        tuple(cells),
        tuple(block for column in columns for block in blocks_of(view, column)),
        lanes,
        tuple(piece for lane in lanes for piece in lane_pieces(view, lane)),
        day_rows(view),
    )
