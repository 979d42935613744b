"""The scale of a day sheet: minutes to pixels downwards, chairs to pixels across."""

from dataclasses import dataclass

PX_PER_MINUTE = 2.0
"""A visit of 10 minutes is 20 px high: one line of 13 px."""
HEAD_PX = 34.0
"""Height of the row of chair names."""
AXIS_PX = 46.0
"""Width of the clock at either side."""
GUTTER_PX = 13.0
"""Strip at the left of each column that shows the model day's cell behind a block."""
DOCTOR_BAR_PX = 12.0
"""Hatched bar at the left inside a block, beside the text."""
SHEET_PX = 1760.0
"""Width that a sheet aims at: with a nine-hour day it has the shape of a landscape page."""
NARROWEST_PX, WIDEST_PX = 118.0, 260.0


@dataclass(frozen=True, slots=True)
class Scale:
    """First and last minute of the sheet."""

    first: int
    last: int

    def y(self, minute: int) -> float:
        """Pixels from the top of the sheet to a minute of the day."""
        return HEAD_PX + (minute - self.first) * PX_PER_MINUTE

    @property
    def height(self) -> float:
        """Height of the whole sheet in pixels."""
        return self.y(self.last) + 8.0


def column_width(columns: int) -> float:
    """Width in pixels of one of so many columns, lanes included."""
    wide = (SHEET_PX - 2 * AXIS_PX) / max(1, columns)
    return round(min(WIDEST_PX, max(NARROWEST_PX, wide)), 1)
