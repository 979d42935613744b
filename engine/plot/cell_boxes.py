"""The model day behind the visits: its cells on a chair, with their class."""

from dataclasses import dataclass

from engine.plot.day_view import DayView
from engine.plot.lettering import text_width
from engine.plot.sheet_frame import Column
from engine.practice import Cell
from engine.practice.calendar import model_day_on
from engine.practice.release import ladder_of
from engine.units import Interval, clock_text, subtract, to_minutes

GUTTER_LABEL_PX = 10.0
"""Font size of the class beside the blocks."""
_LABEL_MINUTES = 8
"""A free piece of a cell as long as this has room for the class."""


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


def cell_boxes(view: DayView, column: Column, taken: tuple[Interval, ...]) -> tuple[CellBox, ...]:
    """The cells of the date on a chair. `taken`: where visits or shades hide a label."""
    model_day = model_day_on(view.problem.practice, view.day)
    cells = model_day.cells if model_day else ()
    return tuple(_box(view, cell, column, taken) for cell in cells if column.id in cell.columns)


def _box(view: DayView, cell: Cell, column: Column, taken: tuple[Interval, ...]) -> CellBox:
    scale = view.scale
    start, end = to_minutes(cell.start), to_minutes(cell.end)
    longest = max(subtract([(start, end)], taken), key=lambda p: p[1] - p[0], default=(0, 0))
    height = scale.y(end) - scale.y(start)
    label = cell.procedure_class + (" hold" if cell.hold else "")
    return CellBox(
        column.x,
        scale.y(start),
        column.width,
        height,
        view.colours[cell.procedure_class],
        cell.hold,
        label,
        scale.y(longest[0]) + 12.0 if longest[1] - longest[0] >= _LABEL_MINUTES else None,
        label if text_width(label, GUTTER_LABEL_PX) < height - 6.0 else "",
        _sentence(view, cell),
    )


def _sentence(view: DayView, cell: Cell) -> str:
    steps = ladder_of(cell, view.problem.policy)
    also = [*cell.fallbacks, *(name for step in steps for name in step.accepts)]
    start, end = (clock_text(to_minutes(clock)) for clock in (cell.start, cell.end))
    kept = f"{'held for ' if cell.hold else ''}{cell.procedure_class}"
    others = f"; fallback or release: {', '.join(dict.fromkeys(also))}" if also else ""
    return f"cell {cell.id}, {start}–{end}: {kept}{others}"
