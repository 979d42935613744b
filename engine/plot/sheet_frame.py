"""The empty day sheet: clock, columns, what is closed or blocked, and the model day behind."""

from dataclasses import dataclass
from datetime import date

from engine.plot.lettering import text_width
from engine.plot.scale import AXIS_PX, Scale
from engine.practice import Chair, Practice, Problem, StaffBlock
from engine.practice.base import WEEKDAYS
from engine.practice.calendar import (
    model_day_on,
    open_intervals,
    present_intervals,
    usable_intervals,
)
from engine.practice.release import ladder_of
from engine.schedule import Placement
from engine.units import MINUTES_PER_DAY, Interval, clock_text, overlaps, subtract, to_minutes

GUTTER_LABEL_PX = 10.0
"""Font size of the class beside the blocks."""


@dataclass(frozen=True, slots=True)
class Column:
    """A chair, a doctor, or what is missing: id, heading, left edge and width in pixels."""

    id: str
    heading: str
    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A row line with its clock label; `major` on full hours."""

    y: float
    label: str
    major: bool


@dataclass(frozen=True, slots=True)
class Shade:
    """Time that nobody can use: kind is closed, blocked, away or absent."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CellBox:
    """A cell of the model day on one column; `label_y` is in its longest free piece, if any.

    `gutter_label` runs upwards beside the blocks; empty where the cell is too low for it.
    """

    x: float
    y: float
    width: float
    height: float
    fill: str
    hold: bool
    label: str
    label_y: float | None
    gutter_label: str
    sentence: str


def scale_of(problem: Problem, day: date, placements: tuple[Placement, ...]) -> Scale:
    """From the half hour before the first patient hour or visit to the one after the last."""
    spans = [*open_intervals(problem.practice, day)]
    spans += [(to_minutes(p.start), to_minutes(p.end)) for p in placements]
    first = min((start for start, _ in spans), default=8 * 60)
    last = max((end for _, end in spans), default=17 * 60)
    return Scale(first // 30 * 30, min(MINUTES_PER_DAY, -(-last // 30) * 30))


def ticks(scale: Scale) -> tuple[Tick, ...]:
    """A row every ten minutes."""
    return tuple(
        Tick(
            scale.y(minute),
            clock_text(minute) if minute % 60 == 0 else f":{minute % 60:02d}",
            minute % 60 == 0,
        )
        for minute in range(scale.first, scale.last + 1, 10)
    )


def chair_columns(chairs: tuple[Chair, ...], width: float) -> tuple[Column, ...]:
    """One column per chair, in the order of the practice."""
    return tuple(
        Column(
            chair.id,
            chair.kind.value + (", overflow" if chair.overflow else ""),
            "chair",
            round(AXIS_PX + at * width, 1),
            width,
        )
        for at, chair in enumerate(chairs)
    )


def _shade(
    kind: str, column: Column, scale: Scale, piece: Interval, label: str, sentence: str
) -> Shade | None:
    start, end = max(piece[0], scale.first), min(piece[1], scale.last)
    if start >= end:
        return None
    y = scale.y(start)
    when = f"{clock_text(start)}–{clock_text(end)}"
    return Shade(
        kind, column.x, y, column.width, scale.y(end) - y, label, f"{column.id}: {sentence}, {when}"
    )


def chair_shades(
    practice: Practice, chair: Chair, day: date, column: Column, scale: Scale
) -> tuple[Shade, ...]:
    """Closed hours, the chair's own blocks, and times when all staff are away."""
    whole = [(0, MINUTES_PER_DAY)]
    hours = open_intervals(practice, day)
    usable = usable_intervals(practice, chair, day)
    shades = [
        _shade("closed", column, scale, piece, "", "no patient hours")
        for piece in subtract(whole, hours)
    ]
    shades += [
        _shade("blocked", column, scale, piece, "blocked", "chair out of use")
        for piece in subtract(whole, usable)
    ]
    shades += [
        _shade("away", column, scale, _span(block), block.kind.value, block.kind.value)
        for block in practice.staff_blocks
        if not block.staff and applies_on(block, day)
    ]
    return tuple(shade for shade in shades if shade is not None)


def away_spans(practice: Practice, day: date) -> tuple[Interval, ...]:
    """When all staff are away, or no patient is seen."""
    closed = subtract([(0, MINUTES_PER_DAY)], open_intervals(practice, day))
    blocks = (block for block in practice.staff_blocks if not block.staff)
    return closed + tuple(_span(block) for block in blocks if applies_on(block, day))


def _span(block: StaffBlock) -> Interval:
    start = to_minutes(block.start) if block.start else 0
    return start, to_minutes(block.end) if block.end else MINUTES_PER_DAY


def applies_on(block: StaffBlock, day: date) -> bool:
    """True where a time away falls on the date."""
    return day in block.dates or WEEKDAYS[day.weekday()] in block.weekdays


def doctor_shades(
    practice: Practice, doctor: str, day: date, column: Column, scale: Scale
) -> tuple[Shade, ...]:
    """When the doctor is not there for patients, named where a block says why."""
    person = next(person for person in practice.staff if person.id == doctor)
    present = present_intervals(practice, person, day)
    shades = []
    for piece in subtract([(scale.first, scale.last)], present):
        kinds = [
            block.kind.value
            for block in practice.staff_blocks
            if (not block.staff or doctor in block.staff)
            and applies_on(block, day)
            and overlaps(_span(block), piece)
        ]
        label = ", ".join(dict.fromkeys(kinds))
        shades.append(_shade("absent", column, scale, piece, label, label or "not on shift"))
    return tuple(shade for shade in shades if shade is not None)


def cell_boxes(
    problem: Problem,
    day: date,
    column: Column,
    scale: Scale,
    busy: tuple[Interval, ...],
    colours: dict[str, str],
) -> tuple[CellBox, ...]:
    """The cells of the date's model day on a chair, with their class written where it is free."""
    model_day = model_day_on(problem.practice, day)
    boxes = []
    for cell in model_day.cells if model_day else ():
        if column.id not in cell.columns:
            continue
        start, end = to_minutes(cell.start), to_minutes(cell.end)
        free = max(subtract([(start, end)], busy), key=lambda p: p[1] - p[0], default=(0, 0))
        steps = ladder_of(cell, problem.policy)
        also = [*cell.fallbacks, *(name for step in steps for name in step.accepts)]
        sentence = (
            f"cell {cell.id}, {clock_text(start)}–{clock_text(end)}: "
            f"{'held for ' if cell.hold else ''}{cell.procedure_class}"
            + (f"; fallback or later release: {', '.join(dict.fromkeys(also))}" if also else "")
        )
        height = scale.y(end) - scale.y(start)
        label = cell.procedure_class + (" hold" if cell.hold else "")
        boxes.append(
            CellBox(
                column.x,
                scale.y(start),
                column.width,
                height,
                colours[cell.procedure_class],
                cell.hold,
                label,
                scale.y(free[0]) + 12.0 if free[1] - free[0] >= 8 else None,
                label if text_width(label, GUTTER_LABEL_PX) < height - 6.0 else "",
                sentence,
            )
        )
    return tuple(boxes)
