"""The sheet of a day: what is where, in pixels worked out on paper (see conftest)."""

import datetime as dt

import pytest

from engine.practice import (
    BlockKind,
    Cell,
    Chair,
    ChairBlock,
    ChairKind,
    ModelDay,
    ModelDayDate,
    StaffBlock,
)


def test_a_visit_is_once_in_its_column_at_its_height(tiny, plot):
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"), tiny.visit("V3"), clinic=3)
    placements = [
        tiny.place("V1", "09:30", chair="C2"),
        tiny.place("V2", "10:00", chair="C1"),
        tiny.place("V3", "11:00", chair="C2", date=tiny.wednesday),
    ]
    page = plot.page(problem, tiny.schedule(problem, *placements))
    tuesday = page.groups(tiny.tuesday, "visit")
    assert sorted((group.get("data-visit"), group.get("data-chair")) for group in tuesday) == [
        ("V1", "C2"),
        ("V2", "C1"),
    ]
    assert [group.get("data-visit") for group in page.groups(tiny.wednesday, "visit")] == ["V3"]
    first = next(group for group in tuesday if group.get("data-visit") == "V1")
    ((x, y, width, height),) = plot.rect(first, "block")
    # Three clinic chairs, E1, R1, DR1: (1760 - 2 * 46) / 6 = 278, but no column is wider than 260.
    assert 46 + 260 < x < x + width < 46 + 2 * 260
    # ADJ is 20 minutes long.
    assert (y, height) == (214, 40)


def test_doctor_time_is_hatched_where_the_doctor_is(tiny, plot):
    problem = tiny.problem(tiny.visit("V1"))
    page = plot.page(problem, tiny.schedule(problem, tiny.place("V1", "09:30")))
    (group,) = page.groups(tiny.tuesday, "visit")
    hatches = plot.rect(group, "hatch")
    # The doctor is there 09:35 to 09:40: ten pixels from 224 on.
    assert [(y, height) for _, y, _, height in hatches] == [(224, 10)]


def test_two_rooms_are_two_blocks(tiny, plot):
    twice = tiny.procedure("PROG", "A20 | D5 A5", ("records", "clinic"))
    problem = tiny.problem(tiny.visit("V1", "PROG"), procedures=[twice])
    placement = tiny.place("V1", "09:00", "A20 | D5 A5", chair=("R1", "C1"), staff=("RT1", "AS1"))
    sheet = plot.sheet(problem, placement, day=tiny.tuesday)
    assert [(block.chair, block.stage, block.y, block.height) for block in sheet.blocks] == [
        ("C1", 1, 34 + 80 * 2, 20),
        ("R1", 0, 34 + 60 * 2, 40),
    ]
    assert [block.lines[0].text for block in sheet.blocks] == [
        "09:20 P-V1 PROG 2/2",
        "P-V1 PROG 1/2",
    ]


def test_turnover_is_drawn_below(tiny, plot):
    slow = tiny.procedure("CLEAN", "A10", turnover=15)
    problem = tiny.problem(tiny.visit("V1", "CLEAN"), procedures=[slow])
    placement = tiny.place("V1", "09:00", "A10")
    (block,) = plot.sheet(problem, placement, day=tiny.tuesday).blocks
    assert (block.height, block.turnover) == (20, 30)


def test_ten_minutes_still_show_patient_and_code(tiny, plot):
    problem = tiny.problem(tiny.visit("V1", "CLEAN"))
    (block,) = plot.sheet(problem, tiny.place("V1", "09:00", "A10"), day=tiny.tuesday).blocks
    assert [line.text for line in block.lines] == ["09:00 P-V1 CLEAN"]
    assert block.lines[0].size >= 11


def test_a_visit_without_chair_is_in_the_doctor_lane_only(tiny, plot):
    remote = tiny.procedure("VIRT", "D5", chair=None, role=None, turnover=0)
    problem = tiny.problem(tiny.visit("V1", "VIRT"), tiny.visit("V2"), procedures=[remote])
    virt = tiny.place("V1", "10:00", "D5", chair=None, staff=None)
    page = plot.page(problem, tiny.schedule(problem, virt, tiny.place("V2", "09:00")))
    assert [group.get("data-visit") for group in page.groups(tiny.tuesday, "visit")] == ["V2"]
    pieces = page.groups(tiny.tuesday, "lane-piece")
    assert sorted(piece.get("data-visit") for piece in pieces) == ["V1", "V2"]
    remote_piece = next(piece for piece in pieces if piece.get("data-visit") == "V1")
    ((_, y, _, height),) = plot.rect(remote_piece, "lane")
    assert (y, height) == (34 + 120 * 2, 10)


def test_the_lane_holds_one_patient_at_a_time(tiny, plot):
    asked = [tiny.visit(f"V{n}") for n in range(3)]
    problem = tiny.problem(*asked, clinic=3)
    placements = [tiny.place(f"V{n}", f"09:{n * 5:02d}", chair=f"C{n + 1}") for n in range(3)]
    sheet = plot.sheet(problem, *placements, day=tiny.tuesday)
    spans = sorted((piece.y, piece.y + piece.height) for piece in sheet.pieces)
    # 09:05, 09:10, 09:15, five minutes each, touching.
    assert spans == [(164, 174), (174, 184), (184, 194)]
    assert len({(piece.x, piece.width) for piece in sheet.pieces}) == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0)])
def test_a_clash_in_a_chair_stands_side_by_side(tiny, plot, order):
    books = [
        tiny.booking("B1", "09:00", procedure="CLEAN"),
        tiny.booking("B2", "09:05", procedure="CLEAN"),
        tiny.booking("B3", "11:00", procedure="CLEAN"),
    ]
    placements = [
        tiny.place("B1", "09:00", "A10"),
        tiny.place("B2", "09:05", "A10"),
        tiny.place("B3", "11:00", "A10"),
    ]
    problem = tiny.problem(*books)
    sheet = plot.sheet(problem, *(placements[at] for at in order), day=tiny.tuesday)
    boxes = {block.visit: block for block in sheet.blocks}
    assert boxes["B1"].x + boxes["B1"].width <= boxes["B2"].x
    assert boxes["B3"].width == pytest.approx(2 * boxes["B1"].width, abs=0.2)


def test_a_booking_without_chair_or_doctor_has_a_place_too(tiny, plot):
    problem = tiny.problem(tiny.booking("B1", "09:00", chair=None), tiny.visit("V1"))
    lacking = tiny.place("B1", "09:00", chair=None, doctor=None)
    sheet = plot.sheet(problem, lacking, tiny.place("V1", "10:00"), day=tiny.tuesday)
    assert [column.id for column in sheet.columns] == ["C1", "E1", "R1", "no chair"]
    assert [lane.id for lane in sheet.lanes] == ["DR1", "no doctor"]
    assert {block.visit: block.chair for block in sheet.blocks} == {"V1": "C1", "B1": "no chair"}
    assert {piece.visit: piece.doctor for piece in sheet.pieces} == {"V1": "DR1", "B1": "no doctor"}
    kinds = [badge.sign.sentence for badge in sheet.blocks[-1].badges if badge.sign.text == "!"]
    assert kinds == ["goes without chair", "goes without doctor"]


def test_cells_lie_behind_with_their_class(tiny, plot):
    cells = (
        Cell(id="a", procedure_class="adj", columns=("C1",), start="08:00", end="09:00"),
        Cell(
            id="h", procedure_class="clean", columns=("C1",), start="09:00", end="09:30", hold=True
        ),
    )
    problem = tiny.problem(
        tiny.visit("V1"),
        model_days=(ModelDay(id="full", title="Full day", cells=cells),),
        model_day_dates=(ModelDayDate(model_day="full", weekday="tue"),),
    )
    sheet = plot.sheet(problem, tiny.place("V1", "08:00"), day=tiny.tuesday)
    own, held = sheet.cells
    assert (own.y, own.height, own.label, own.hold) == (34, 120, "adj", False)
    assert (held.y, held.height, held.label, held.hold) == (154, 60, "clean hold", True)
    # V1 and its turnover leave 08:25 free: the class is written there, not under the block.
    assert own.label_y == 34 + 25 * 2 + 12
    assert sheet.model_day == "Full day"
    assert plot.sheet(problem, day=tiny.wednesday).cells == ()


def test_closed_blocked_and_away_are_shaded(tiny, plot):
    service = ChairBlock(date=tiny.tuesday, start=dt.time(16), end=dt.time(16, 30))
    chairs = (
        Chair(id="C1", kind=ChairKind.CLINIC, blocks=(service,)),
        Chair(id="C2", kind=ChairKind.CLINIC),
    )
    lunch = StaffBlock(kind=BlockKind.LUNCH, weekdays=("tue",), start="12:00", end="13:00")
    huddle = StaffBlock(
        kind=BlockKind.ADMIN, staff=("DR1",), weekdays=("tue",), start="15:00", end="15:30"
    )
    problem = tiny.problem(chairs=chairs, staff_blocks=(lunch, huddle))
    sheet = plot.sheet(problem, day=tiny.tuesday)
    width = sheet.columns[0].width
    found = {
        (shade.kind, shade.label, round((shade.x - 46) / width)): shade for shade in sheet.shades
    }
    blocked = found["blocked", "blocked", 0]
    assert (blocked.y, blocked.height) == (34 + 480 * 2, 60)
    assert ("away", "lunch", 1) in found
    assert ("absent", "lunch", 2) in found
    assert ("absent", "admin", 2) in found
    assert ("blocked", "blocked", 1) not in found


def test_rows_are_labelled_every_ten_minutes(tiny, plot):
    sheet = plot.sheet(tiny.problem(), day=tiny.tuesday)
    assert [(tick.y, tick.label, tick.major) for tick in sheet.ticks[:3]] == [
        (34, "08:00", True),
        (54, ":10", False),
        (74, ":20", False),
    ]
    assert sheet.ticks[-1].label == "17:00"


def test_many_columns_go_on_further_pages(tiny, plot):
    # 20 clinic chairs, E1, R1 and three doctors are 25 columns: 13 and 12.
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"), clinic=20, assistants=9, doctors=3)
    placements = tiny.place("V1", "09:00", chair="C3"), tiny.place("V2", "10:00", chair="C19")
    first, second = plot.sheets(problem, *placements, day=tiny.tuesday)
    assert [len(first.columns), len(first.lanes)] == [13, 0]
    assert [len(second.columns), len(second.lanes)] == [9, 3]
    assert [block.visit for block in first.blocks] == ["V1"]
    assert [block.visit for block in second.blocks] == ["V2"]
    assert [piece.visit for piece in second.pieces] == ["V1", "V2"]
    page = plot.page(problem, tiny.schedule(problem, *placements))
    assert page.html.count("part 2 of 2") == 5
    assert page.html.count("The day as a list") == 5
    assert page.reader.opened == []


def test_a_long_name_is_cut_and_the_code_is_not(tiny, plot):
    problem = tiny.problem(tiny.visit("V1"), clinic=9)
    labels = {"P-V1": "Maximiliane-Theodora Hohenstein-Langenburg"}
    placement = tiny.place("V1", "09:00")
    (block,) = plot.sheet(problem, placement, day=tiny.tuesday, labels=labels).blocks
    assert block.lines[0].text.startswith("ADJ Maxi")
    assert block.lines[0].text.endswith("…")
