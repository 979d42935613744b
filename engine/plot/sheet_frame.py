"""The empty day sheet: clock, columns, and what is closed, blocked or away."""

from dataclasses import dataclass

from engine.plot.day_view import DayView
from engine.plot.scale import Scale
from engine.practice import Chair, StaffBlock, StaffMember
from engine.practice.base import WEEKDAYS
from engine.practice.calendar import open_intervals, present_intervals, usable_intervals
from engine.units import MINUTES_PER_DAY, Interval, clock_text, overlaps, subtract, to_minutes


@dataclass(frozen=True, slots=True)
class Column:
    """A chair, a doctor, or what is missing: id, heading, left edge and width in pixels."""

    id: str
    heading: str
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


def chair_shades(view: DayView, chair: Chair, column: Column) -> tuple[Shade, ...]:
    """Closed hours, the chair's own blocks, and times when all staff are away."""
    practice = view.problem.practice
    whole = [(0, MINUTES_PER_DAY)]
    closed = subtract(whole, open_intervals(practice, view.day))
    blocked = subtract(whole, usable_intervals(practice, chair, view.day))
    spans = [("closed", "", "no patient hours", span) for span in closed]
    spans += [("blocked", "blocked", "chair out of use", span) for span in blocked]
    spans += [
        ("away", block.kind.value, block.kind.value, _span(block))
        for block in practice.staff_blocks
        if not block.staff and _applies(block, view)
    ]
    return _shades(view.scale, column, spans)


def doctor_shades(view: DayView, doctor: StaffMember, column: Column) -> tuple[Shade, ...]:
    """When the doctor is not there for patients, named where a block says why."""
    scale, practice = view.scale, view.problem.practice
    present = present_intervals(practice, doctor, view.day)
    spans = []
    for span in subtract([(scale.first, scale.last)], present):
        kinds = [
            block.kind.value
            for block in practice.staff_blocks
            if (not block.staff or doctor.id in block.staff)
            and _applies(block, view)
            and overlaps(_span(block), span)
        ]
        label = ", ".join(dict.fromkeys(kinds))
        spans.append(("absent", label, label or "not on shift", span))
    return _shades(scale, column, spans)


def away_spans(view: DayView) -> tuple[Interval, ...]:
    """When all staff are away, or no patient is seen."""
    practice = view.problem.practice
    closed = subtract([(0, MINUTES_PER_DAY)], open_intervals(practice, view.day))
    blocks = (block for block in practice.staff_blocks if not block.staff)
    return closed + tuple(_span(block) for block in blocks if _applies(block, view))


def _shades(
    scale: Scale, column: Column, spans: list[tuple[str, str, str, Interval]]
) -> tuple[Shade, ...]:
    """Kind, label, sentence and span of each, cut to the sheet."""
    shades = []
    for kind, label, sentence, span in spans:
        start, end = max(span[0], scale.first), min(span[1], scale.last)
        if start < end:
            y = scale.y(start)
            when = f"{column.id}: {sentence}, {clock_text(start)}–{clock_text(end)}"
            height = scale.y(end) - y
            shades.append(Shade(kind, column.x, y, column.width, height, label, when))
    return tuple(shades)


def _span(block: StaffBlock) -> Interval:
    start = to_minutes(block.start) if block.start else 0
    return start, to_minutes(block.end) if block.end else MINUTES_PER_DAY


def _applies(block: StaffBlock, view: DayView) -> bool:
    return view.day in block.dates or WEEKDAYS[view.day.weekday()] in block.weekdays
