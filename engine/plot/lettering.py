"""Text that stays inside its box: how many lines, which wording, which size."""

from collections.abc import Sequence
from dataclasses import dataclass

LINE_PX = 14.0
FONT_PX = 13.0
SMALLEST_PX = 8.0
EM_PER_CHARACTER = 0.56
"""Width of a digit in Arial and Liberation Sans, in ems: mean width of ids and clock times."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: text, baseline in pixels below the top of the box, font size in pixels."""

    text: str
    baseline: float
    size: float
    bold: bool = False


def text_width(text: str, size: float) -> float:
    """Estimated width in pixels."""
    return len(text) * EM_PER_CHARACTER * size


def fitting(wordings: Sequence[str], width: float, size: float) -> tuple[str, float]:
    """The first wording that fits, smaller if it must be, and the last one cut where none does."""
    for text in wordings:
        if text_width(text, size) <= width:
            return text, size
        if text_width(text, size * 0.85) <= width:
            return text, round(size * 0.85, 1)
    smallest = max(SMALLEST_PX, size * 0.75)
    room = max(1, int(width / (EM_PER_CHARACTER * smallest)))
    text = wordings[-1]
    return (text if len(text) <= room else text[: max(1, room - 1)] + "…"), round(smallest, 1)


def lines_in(
    rows: Sequence[Sequence[str]], one_line: Sequence[str], width: float, head: float, height: float
) -> tuple[Line, ...]:
    """Rows of text for a box, each with its wordings from long to short; at least one line.

    `head`: width of the first line, which shares its place with the marks. A box too low for two
    lines shows `one_line`.
    """
    room = int((height - 1.0) // LINE_PX)
    if room <= 1:
        size = min(FONT_PX, height * 0.92)
        text, size = fitting(one_line, head, size)
        return (Line(text, round(height / 2 + size * 0.36, 1), size, True),)
    lines: list[Line] = []
    for at, wordings in enumerate(rows[:room]):
        text, size = fitting(wordings, head if at == 0 else width, FONT_PX)
        lines.append(Line(text, round(at * LINE_PX + 12.0, 1), size, at == 0))
    return tuple(lines)
