"""The pattern of a stage in one word: `A25-D10~5-A25`.

A: the staff member alone; D: the doctor with the staff member; the number is minutes; `~5`: the
segment may begin up to 5 minutes later.
"""

import re
from typing import Any

from engine.practice import Segment, SegmentKind

_KINDS = {"A": SegmentKind.ASSISTANT, "D": SegmentKind.DOCTOR}
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}
_SEGMENT = re.compile(r"([AD])(\d{1,4})(?:~(\d{1,4}))?")


def pattern_text(segments: tuple[Segment, ...]) -> str:
    """`A25-D10~5-A25`."""
    return "-".join(
        f"{_LETTERS[segment.kind]}{segment.minutes}"
        + (f"~{segment.float_minutes}" if segment.float_minutes else "")
        for segment in segments
    )


def read_pattern(text: str) -> list[dict[str, Any]]:
    """The segments as plain tables, to be validated like written ones. ValueError if unreadable."""
    segments = []
    for piece in text.replace(" ", "").upper().split("-"):
        match = _SEGMENT.fullmatch(piece)
        if match is None:
            raise ValueError("a pattern is written like A25-D10~5-A25")
        segments.append(
            {
                "kind": str(_KINDS[match[1]]),
                "minutes": int(match[2]),
                "float_minutes": int(match[3] or 0),
            }
        )
    return segments
