"""Dates, spans and lists as sentences have them."""

import datetime as dt
from collections.abc import Sequence

from engine.practice import ClockWindow
from engine.rules import RULES
from engine.units import Interval, clock_text, to_minutes

NAME_OF = {rule.id: rule.name for rule in RULES} | {"seating": "One stage right after the other"}
"""Names of the rules, and of what the fill by hand asks besides."""

MANY = 4
"""Things listed before the rest is only counted."""


def day_text(day: dt.date) -> str:
    """`Tue 2026-03-10`."""
    return f"{day:%a %Y-%m-%d}"


def moment_text(moment: dt.datetime) -> str:
    """`Tue 2026-03-10 16:00`."""
    return f"{moment:%a %Y-%m-%d %H:%M}"


def span_text(span: Interval) -> str:
    """`15:40-16:30`."""
    return f"{clock_text(span[0])}-{clock_text(span[1])}"


def spans_text(spans: Sequence[Interval], nothing: str = "at no time") -> str:
    """`08:00-12:00 and 13:00-17:00`."""
    return joined([span_text(span) for span in spans]) or nothing


def windows_text(windows: Sequence[ClockWindow]) -> str:
    """`mon/tue 15:00-18:00; any day 08:00-09:00`."""
    return "; ".join(
        f"{'/'.join(window.weekdays) or 'any day'} "
        f"{span_text((to_minutes(window.start), to_minutes(window.end)))}"
        for window in windows
    )


def joined(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def listed(words: Sequence[str], separator: str = "; ") -> str:
    """The first few of a list, and how many more there are."""
    shown = separator.join(words[:MANY])
    return f"{shown}{separator}and {len(words) - MANY} more" if len(words) > MANY else shown


def count_text(number: int, noun: str) -> str:
    """`1 visit`, `3 visits`."""
    return f"{number} {noun}" + ("" if number == 1 else "s")
