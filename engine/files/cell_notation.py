"""Lists in one CSV cell, short enough to read: items are parted by `;`, words by blanks.

    availability, wishes   mon|tue 08:00-12:00; 15:30-17:00      or: any time
    follows                V12 min_days=7; V9 max_days=0 min_minutes=180
    clearances             financial@2026-03-01; consent; referral granted
    columns, fallbacks     C1; C2
    release                5@00:00 long; 2@15:00 short exam; 0 *  or: never

Blanks and semicolons cannot be part of an id, so nothing needs quoting. What the notation cannot
say (a class with a blank in a release step) is written as a JSON list, which every list cell takes.
A faulty cell raises CellFault.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from engine.files.cell_values import (
    CellFault,
    a_clock,
    a_date,
    a_whole_number,
    a_word,
    an_id,
    shown,
)
from engine.practice import (
    Clearance,
    ClearanceKind,
    ClockWindow,
    Follows,
    ReleaseStep,
    Weekday,
)

Item = TypeVar("Item")

_GAPS = ("min_days", "min_working_days", "min_minutes", "max_days")
_number = a_whole_number(0, 100_000)
_weekday = a_word(Weekday)
_clearance_kind = a_word(ClearanceKind)


def _window(item: str) -> ClockWindow:
    *days, span = item.split()
    start, dash, end = span.partition("-")
    if not dash or len(days) > 1:
        raise CellFault(
            "bad-window", f"{shown(item)} is not a time window", "write it like mon|tue 08:00-12:00"
        )
    window = ClockWindow(
        weekdays=tuple(_weekday(day) for day in days[0].split("|")) if days else (),
        start=a_clock(start),
        end=a_clock(end),
    )
    if window.start >= window.end:
        raise CellFault(
            "bad-window", f"{shown(item)} ends before it begins", "write the earlier time first"
        )
    return window


def _follows(item: str) -> Follows:
    visit, *gaps = item.split()
    found: dict[str, int] = {}
    for gap in gaps:
        name, equals, number = gap.partition("=")
        if not equals or name not in _GAPS or name in found:
            raise CellFault(
                "bad-follows",
                f"{shown(gap)} is not a gap, or is given twice",
                f"write it like V12 min_days=7; gaps are {', '.join(_GAPS)}",
            )
        found[name] = _number(number)
    return Follows(visit=an_id(visit), **found)


def _clearance(item: str) -> Clearance:
    match = re.fullmatch(r"([A-Za-z]+)( granted)?(?:@(\S+))?", " ".join(item.split()))
    if match is None:
        raise CellFault(
            "bad-clearance",
            f"{shown(item)} is not a clearance",
            "write it like financial@2026-03-01, consent, or referral granted",
        )
    return Clearance(
        kind=_clearance_kind(match[1]),
        granted=match[2] is not None,
        expected=a_date(match[3]) if match[3] else None,
    )


def _release_step(item: str) -> ReleaseStep:
    when, *accepts = item.split()
    days, at, clock = when.partition("@")
    if not accepts or (at and not clock):
        raise CellFault(
            "bad-release",
            f"{shown(item)} is not a release step",
            "write days before, @time if need be, and classes, like 2@15:00 short exam",
        )
    return ReleaseStep(
        days_before=a_whole_number(0, 365)(days),
        at=a_clock(clock) if clock else None,
        accepts=tuple(accepts),
    )


def _window_text(window: ClockWindow) -> str:
    span = f"{window.start:%H:%M}-{window.end:%H:%M}"
    return f"{'|'.join(window.weekdays)} {span}" if window.weekdays else span


def _follows_text(follows: Follows) -> str:
    gaps = ((name, getattr(follows, name)) for name in _GAPS)
    said = (f"{name}={gap}" for name, gap in gaps if gap or (name == "max_days" and gap == 0))
    return " ".join((follows.visit, *said))


def _clearance_text(clearance: Clearance) -> str:
    granted = " granted" if clearance.granted else ""
    return f"{clearance.kind}{granted}" + (f"@{clearance.expected}" if clearance.expected else "")


def _release_text(step: ReleaseStep) -> str:
    at = f"@{step.at:%H:%M}" if step.at is not None else ""
    return " ".join((f"{step.days_before}{at}", *step.accepts))


@dataclass(frozen=True, slots=True)
class ListNotation(Generic[Item]):
    """How one kind of list stands in a cell. `empty` is the word for a list without items."""

    read_item: Callable[[str], Item]
    item_text: Callable[[Item], str]
    json: TypeAdapter[tuple[Item, ...]]
    empty: str = "nothing"

    def read(self, text: str) -> tuple[Item, ...]:
        """The items of a cell. CellFault where it cannot be read."""
        if text.lower() == self.empty:
            return ()
        if text.startswith("["):
            try:
                return self.json.validate_json(text, strict=True)
            except ValidationError:
                cause = "it begins like a JSON list, but is not the one wanted here"
                raise CellFault("bad-list", cause, "use the short notation") from None
        items = [item.strip() for item in text.split(";") if item.strip()]
        if not items:
            raise CellFault("bad-list", "the list has no item", "fill it in or leave it empty")
        return tuple(self.read_item(item) for item in items)

    def write(self, items: tuple[Item, ...]) -> str:
        """The short notation where it reads back the same, else a JSON list."""
        if not items:
            return self.empty
        short = "; ".join(self.item_text(item) for item in items)
        try:
            same = self.read(short) == items
        except CellFault:
            same = False
        return short if same else self.json.dump_json(items).decode()


WINDOWS = ListNotation(
    _window, _window_text, TypeAdapter(tuple[ClockWindow, ...]), empty="any time"
)
FOLLOWS = ListNotation(_follows, _follows_text, TypeAdapter(tuple[Follows, ...]))
CLEARANCES = ListNotation(_clearance, _clearance_text, TypeAdapter(tuple[Clearance, ...]))
RELEASE = ListNotation(
    _release_step, _release_text, TypeAdapter(tuple[ReleaseStep, ...]), empty="never"
)
IDS = ListNotation(an_id, str, TypeAdapter(tuple[str, ...]))
