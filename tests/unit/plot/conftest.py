"""Reading a page back: its sheets as XML, its lists and links as a browser sees them.

Pixels on paper: the head of a sheet is 34 px high, a minute is 2 px, the clock is 46 px wide and
the gutter beside the blocks 13 px. A tiny day begins at 08:00, so 09:30 is at 34 + 90 * 2 = 214.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from engine.kpi import Figures
from engine.plot.day_sheet import sheets_of
from engine.plot.day_view import DayView
from engine.plot.names import Names
from engine.plot.palette import class_colours
from engine.plot.week_page import week_html
from engine.result import Result, Status

SHEET = re.compile(
    r'<section class="day" id="(?P<date>[\d-]+)".*?<div class="sheet">\s*(?P<svg><svg.*?</svg>)',
    re.S,
)


@dataclass
class Reader(HTMLParser):
    """Tags that stay open, addresses, and the summary in order."""

    addresses: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        self.tags.append(tag)
        if tag not in ("meta", "rect", "line", "circle", "path", "br"):
            self.opened.append(tag)
        self.addresses += [known[key] for key in ("href", "src", "xlink:href") if key in known]
        self.keys += [known["data-key"]] if "data-key" in known else []

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.opened.pop() == tag


@dataclass
class Page:
    """A rendered page and what can be read from it."""

    html: str

    @property
    def reader(self) -> Reader:
        reader = Reader()
        reader.feed(self.html)
        return reader

    @property
    def sheets(self) -> dict[str, ElementTree.Element]:
        return {
            found["date"]: ElementTree.fromstring(found["svg"])
            for found in SHEET.finditer(self.html)
        }

    def groups(self, date, kind: str) -> list[ElementTree.Element]:
        sheet = self.sheets[str(date)]
        return [group for group in sheet.iter("g") if group.get("class") == kind]


def rect(group: ElementTree.Element, kind: str) -> list[tuple[float, float, float, float]]:
    """x, y, width, height of the rectangles of a class."""
    return [
        tuple(float(part.get(key)) for key in ("x", "y", "width", "height"))
        for part in group.iter("rect")
        if kind in part.get("class", "").split()
    ]


class Plot:
    """What the tests of this folder call."""

    rect = staticmethod(rect)

    @staticmethod
    def result(schedule, **changes) -> Result:
        return Result(status=Status.FEASIBLE, schedule=schedule, **changes)

    def page(self, problem, schedule, *, result=None, **changes) -> Page:
        return Page(week_html(problem, result or self.result(schedule), **changes))

    @staticmethod
    def view(problem, *placements, day, labels=None, no_show=None) -> DayView:
        return DayView(
            problem, day, placements, class_colours(problem), Names(labels or {}), no_show
        )

    def sheet(self, problem, *placements, day, **changes):
        (sheet,) = sheets_of(self.view(problem, *placements, day=day, **changes))
        return sheet

    def sheets(self, problem, *placements, day, **changes):
        return sheets_of(self.view(problem, *placements, day=day, **changes))

    Figures = Figures


@pytest.fixture
def plot() -> Plot:
    return Plot()
