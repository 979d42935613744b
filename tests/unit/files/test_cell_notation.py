"""The short notation of list cells: read, written, and the fallback where it cannot say it."""

import datetime as dt
from typing import Any

import pytest

from engine.files.cell_notation import CLEARANCES, FOLLOWS, IDS, RELEASE, WINDOWS, ListNotation
from engine.files.cell_values import CellFault
from engine.files.pattern_text import pattern_text, read_pattern
from engine.practice import (
    Clearance,
    ClearanceKind,
    ClockWindow,
    Follows,
    ReleaseStep,
    Segment,
    Weekday,
)

EIGHT, NOON = dt.time(8), dt.time(12)

CASES: list[tuple[ListNotation[Any], str, tuple[Any, ...]]] = [
    (
        WINDOWS,
        "mon|tue 08:00-12:00; 12:00-23:59",
        (
            ClockWindow(weekdays=(Weekday.MON, Weekday.TUE), start=EIGHT, end=NOON),
            ClockWindow(start=NOON, end=dt.time(23, 59)),
        ),
    ),
    (WINDOWS, "any time", ()),
    (
        FOLLOWS,
        "V12 min_days=7; V9 min_minutes=180 max_days=0",
        (Follows(visit="V12", min_days=7), Follows(visit="V9", min_minutes=180, max_days=0)),
    ),
    (FOLLOWS, "V=1 min_working_days=5", (Follows(visit="V=1", min_working_days=5),)),
    (
        CLEARANCES,
        "financial@2026-03-01; consent; referral granted",
        (
            Clearance(kind=ClearanceKind.FINANCIAL, expected=dt.date(2026, 3, 1)),
            Clearance(kind=ClearanceKind.CONSENT),
            Clearance(kind=ClearanceKind.REFERRAL, granted=True),
        ),
    ),
    (
        RELEASE,
        "5@00:00 long; 2@15:00 short exam; 0 *",
        (
            ReleaseStep(days_before=5, at=dt.time(0), accepts=("long",)),
            ReleaseStep(days_before=2, at=dt.time(15), accepts=("short", "exam")),
            ReleaseStep(days_before=0, accepts=("*",)),
        ),
    ),
    (RELEASE, "never", ()),
    (IDS, "C1; a|b; @x", ("C1", "a|b", "@x")),
]


@pytest.mark.parametrize(("notation", "text", "items"), CASES[:-1])
def test_read_and_written_alike(
    notation: ListNotation[Any], text: str, items: tuple[Any, ...]
) -> None:
    assert notation.read(text) == items
    assert notation.write(items) == text


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("MON|Tue 8:00-12:00", "mon|tue 08:00-12:00"),
        (" 15:30-17:00 ;;  sat   08:00-12:00;", "15:30-17:00; sat 08:00-12:00"),
        ("Any Time", "any time"),
    ],
)
def test_as_people_write_it(text: str, same: str) -> None:
    assert WINDOWS.write(WINDOWS.read(text)) == same


def test_what_the_short_notation_cannot_say_is_a_json_list() -> None:
    backward = (ClockWindow(start=NOON, end=EIGHT),)
    for notation, items in (
        (WINDOWS, backward),
        (IDS, ("nothing",)),
        (IDS, ("[C1", "C2")),
        (IDS, ("@x",)),
    ):
        text = notation.write(items)
        assert text.startswith("[")
        assert notation.read(text) == items


@pytest.mark.parametrize("text", ["", ";", " ; "])
def test_a_list_without_items_is_a_fault(text: str) -> None:
    with pytest.raises(CellFault):
        IDS.read(text)


def test_patterns() -> None:
    segments = tuple(Segment(**piece) for piece in read_pattern("a25 - D10~5 - A25"))
    assert [segment.minutes for segment in segments] == [25, 10, 25]
    assert [segment.float_minutes for segment in segments] == [0, 5, 0]
    assert pattern_text(segments) == "A25-D10~5-A25"
    for text in ("", "A", "A25-", "B10", "A25 D10", "A-5"):
        with pytest.raises(ValueError, match="A25-D10~5-A25"):
            read_pattern(text)
