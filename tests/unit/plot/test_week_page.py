"""The page as a whole: order, escaping, names, print, and nothing from outside."""

import re
from itertools import pairwise

from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.generate import generate
from engine.kpi import figures, measure
from engine.result import Result, Status
from engine.schedule import InheritedClash, Schedule, Unplaced
from engine.units import to_minutes

SUMMARY_ORDER = [
    "unplaced",
    "calls",
    "without-next",
    "past-ecd",
    "openings",
    "misses",
    "doctor",
    "spaces",
]


def one_day(tiny):
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"), tiny.booking("B1", "11:00"))
    placed = tiny.place("V1", "09:00"), tiny.place("B1", "11:00")
    return problem, tiny.schedule(problem, *placed)


def test_the_first_thing_is_the_summary_in_its_order(tiny, plot):
    page = plot.page(*one_day(tiny))
    assert page.reader.keys == SUMMARY_ORDER
    assert page.html.index('data-key="spaces"') < page.html.index('class="strip"')
    assert page.html.index('class="strip"') < page.html.index('class="day"')
    order = [page.html.index(f'id="{name}"') for name in ("past-ecd", "unplaced", "clashes", "how")]
    assert order == sorted(order)


def test_every_open_date_has_a_sheet(tiny, plot):
    problem, _ = one_day(tiny)
    page = plot.page(problem, Schedule(start=tiny.monday, days=7))
    assert list(page.sheets) == [f"2026-03-0{day}" for day in range(2, 7)]


def test_tags_close_and_nothing_comes_from_outside(tiny, plot):
    page = plot.page(*one_day(tiny))
    reader = page.reader
    assert reader.opened == []
    assert all(address.startswith("#") for address in reader.addresses)
    assert not {"script", "link", "img", "iframe", "object"} & set(reader.tags)
    assert not re.findall(r"https?:|//[a-z]|@import|url\((?!#)", page.html)


def test_links_lead_somewhere(tiny, plot):
    page = plot.page(*one_day(tiny))
    ids = set(re.findall(r' id="([^"]+)"', page.html))
    wanted = {address[1:] for address in page.reader.addresses}
    wanted |= set(re.findall(r"url\(#([^)]+)\)", page.html))
    assert wanted <= ids


def test_labels_are_escaped(tiny, plot):
    page = plot.page(*one_day(tiny), labels={"P-V1": '<b>x & "y"', "DR1": "</svg><script>"})
    assert "<b>x" not in page.html
    assert "&lt;b&gt;x &amp; &#34;y&#34;" in page.html
    assert "<script" not in page.html
    assert page.reader.opened == []
    titles = [part.text for part in page.sheets["2026-03-03"].iter("title")]
    assert any('<b>x & "y"' in title for title in titles)


def test_ids_notes_and_sentences_are_escaped(tiny, plot):
    problem = tiny.problem(tiny.visit("<i>V1"), tiny.visit("V2"))
    schedule = Schedule(
        start=tiny.monday,
        days=5,
        placements=(tiny.place("<i>V1", "09:00"),),
        unplaced=(Unplaced(visit="V2", reason="<u>", sentence="<s>why"),),
        inherited=(
            InheritedClash(rule="r", visits=("<i>V1",), date=tiny.tuesday, sentence="<em>two"),
        ),
    )
    result = plot.result(schedule, notes=("<h6>",), versions=(("<x>", "1"),))
    page = plot.page(problem, schedule, result=result)
    for raw in ("<i>", "<u>", "<s>", "<em>", "<h6>", "<x>"):
        assert raw not in page.html
    assert "&lt;em&gt;two" in page.html


def test_names_appear_only_from_labels(tiny, plot):
    problem, schedule = one_day(tiny)
    without = plot.page(problem, schedule).html
    named = plot.page(problem, schedule, labels={"P-V1": "Kim Doe", "AS1": "Lee Roe"}).html
    assert "Kim Doe" not in without
    assert "Lee Roe" not in without
    assert "P-V1 ADJ" in without
    assert "Kim Doe ADJ" in named
    assert "P-V1" not in named
    assert "P-V2" in named


def test_print_is_one_landscape_page_a_day(tiny, plot):
    css = plot.page(*one_day(tiny)).html
    assert re.search(r"@page \{ size: landscape;", css)
    media = css[css.index("@media print") :]
    assert "print-color-adjust: exact" in media
    assert re.search(r"\.day \{ break-before: page; break-inside: avoid;", media)
    assert re.search(
        r"\.sheet svg \{ width: 100%; height: 100%; min-width: 0 !important; \}", media
    )


def test_what_is_proposed_says_so(tiny, plot):
    assert "proposals until the patient says yes" in plot.page(*one_day(tiny)).html


def test_clashes_new_and_inherited_are_listed(tiny, plot):
    problem = tiny.problem(
        tiny.booking("B1", "09:00"), tiny.booking("B2", "09:10"), tiny.visit("V1")
    )
    placed = (
        tiny.place("B1", "09:00"),
        tiny.place("B2", "09:10", staff=None, doctor=None),
        tiny.place("V1", "11:02"),
    )
    schedule = tiny.schedule(problem, *placed)
    report = check(problem, schedule)
    assert report.violations
    assert report.inherited
    html = plot.page(problem, schedule, check_report=report).html
    counts = f"{len(report.inherited)} inherited, {len(report.violations)} new"
    assert counts in html
    listed = html[html.index('id="clashes"') :]
    assert all(f"<code>{found.rule}</code>" in listed for found in report.violations)
    assert "Not checked" in plot.page(problem, schedule).html


def test_by_hand_stands_beside(tiny, plot):
    problem, schedule = one_day(tiny)
    html = plot.page(problem, schedule, by_hand=figures(problem, schedule)).html
    assert html.count("by hand:") == 7
    assert "by hand:" not in plot.page(problem, schedule).html


def test_the_footer_says_how_it_came_about(tiny, plot):
    problem, schedule = one_day(tiny)
    result = plot.result(
        schedule,
        objective=1234.5,
        bound=1200.0,
        gap=0.0123,
        seed=41,
        workers=3,
        seconds=7.25,
        kpis=measure(problem, schedule),
        weights=(("late_weeks", 2_500_000.0), ("uneven_load", 0.01)),
        versions=(("ortools", "9.15"),),
        notes=("3 rows without an account: neutral.",),
    )
    html = plot.page(problem, schedule, result=result).html
    footer = html[html.index("<footer") :]
    wanted = (
        "1,234.5 points",
        "1,200.0 points",
        "1.23% of the avoidable part",
        "<dd>41</dd>",
        "<dd>3</dd>",
        "<dd>7.2</dd>",
        "late weeks 2,500,000; uneven load 0.01",
        "ortools 9.15",
        "3 rows without an account: neutral.",
    )
    assert [text for text in wanted if text not in footer] == []


def test_no_schedule_is_said_and_nothing_is_drawn(tiny, plot):
    problem, _ = one_day(tiny)
    page = plot.page(problem, None, result=Result(status=Status.INFEASIBLE, schedule=None))
    assert "frozen bookings lose what they need" in page.html
    assert page.sheets == {}
    assert page.reader.opened == []
    unknown = plot.page(problem, None, result=Result(status=Status.UNKNOWN, schedule=None))
    assert "there may be one" in unknown.html


def test_a_made_up_week_is_drawn_completely(plot):
    made = generate("one-doctor", 90, 5)
    schedule = fill_by_hand(made.problem, made.horizon)
    page = plot.page(made.problem, schedule)
    in_chairs = {
        (str(placed.date), placed.visit, part.stage, part.chair)
        for placed in schedule.placements
        for part in placed.segments
        if part.chair is not None
    }
    given = sorted(
        (str(placed.date), placed.visit, part.doctor, 2.0 * length(part))
        for placed in schedule.placements
        for part in placed.segments
        if part.doctor_time
    )
    drawn, hatched, lane = [], [], []
    for day in page.sheets:
        for group in page.groups(day, "visit"):
            name = group.get("data-visit")
            drawn.append((day, name, int(group.get("data-stage")), group.get("data-chair")))
            hatched += [(name, height) for _, _, _, height in plot.rect(group, "hatch")]
        pieces = page.groups(day, "lane-piece")
        boxes = [plot.rect(piece, "lane")[0] for piece in pieces]
        tops = sorted((y, y + height) for _, y, _, height in boxes)
        assert all(first[1] <= second[0] for first, second in pairwise(tops))
        lane += [
            (day, piece.get("data-visit"), piece.get("data-doctor"), box[3])
            for piece, box in zip(pieces, boxes, strict=True)
        ]
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == in_chairs
    assert sorted(lane) == given
    remote = {one[1] for one in given} - {one[1] for one in drawn}
    assert sorted(hatched) == sorted(
        (visit, height) for _, visit, _, height in given if visit not in remote
    )


def length(segment) -> int:
    return to_minutes(segment.end) - to_minutes(segment.start)
