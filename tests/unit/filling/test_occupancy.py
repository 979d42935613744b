import datetime as dt

import pytest

from engine.filling.occupancy import Occupancy
from engine.practice import (
    AllowedTime,
    Binds,
    BlockKind,
    Cell,
    Clearance,
    ClearanceKind,
    DailyLimit,
    Follows,
    Horizon,
    ModelDay,
    ModelDayDate,
    Quota,
    ReleaseStep,
    StaffBlock,
)
from engine.units import clock_text

ONLY = {"clinic": 1, "assistants": 1}


def occupancy(problem, *placements) -> Occupancy:
    made = Occupancy(problem, Horizon(start=problem.as_of.date(), days=5))
    for placement in placements:
        made.book(placement)
    return made


def clocks(book: Occupancy, visit, day) -> list[str]:
    return [clock_text(int(start)) for start in book.feasible_starts(visit, day)]


def test_an_empty_day_has_every_start_that_ends_in_opening_hours(tiny):
    visit = tiny.visit("V1")
    found = clocks(occupancy(tiny.problem(visit)), visit, tiny.tuesday)
    # 08:00 to 16:35: the visit ends by 16:55 and the assistant is done by 17:00.
    assert (found[0], found[-1], len(found)) == ("08:00", "16:35", 104)


def test_start_marks_and_as_of(tiny):
    visit = tiny.visit("V1")
    now = dt.datetime(2026, 3, 3, 15, 1)
    problem = tiny.problem(visit, as_of=now, start_mark_minutes=15)
    assert clocks(occupancy(problem), visit, tiny.tuesday) == [
        "15:15", "15:30", "15:45", "16:00", "16:15", "16:30",
    ]  # fmt: skip
    assert clocks(occupancy(problem), visit, tiny.monday) == []
    exact = tiny.problem(visit, as_of=dt.datetime(2026, 3, 3, 15), start_mark_minutes=15)
    assert clocks(occupancy(exact), visit, tiny.tuesday)[0] == "15:00"


def test_turnover_keeps_chair_and_assistant(tiny):
    # Held 10:00-10:25. ADJ takes 25 with turnover: last start before it 09:35, first after 10:25.
    visit = tiny.visit("V1", availability=(tiny.window("09:30", "10:50"),))
    problem = tiny.problem(visit, tiny.visit("V2"))
    assert clocks(occupancy(problem, tiny.place("V2", "10:00")), visit, tiny.tuesday) == [
        "09:30", "09:35", "10:25", "10:30",
    ]  # fmt: skip


def test_release_gives_everything_back(tiny):
    visit = tiny.visit("V1")
    limit = DailyLimit(id="kits", procedures=("ADJ",), per_day=1, at_once=1)
    problem = tiny.problem(visit, tiny.visit("V2", patient="P-V1"), limits=(limit,))
    book = occupancy(problem)
    before = clocks(book, visit, tiny.tuesday)
    placed = tiny.place("V2", "10:00")
    book.book(placed)
    assert clocks(book, visit, tiny.tuesday) == []
    assert book.release("V2") == placed
    assert clocks(book, visit, tiny.tuesday) == before
    with pytest.raises(KeyError):
        book.release("V2")


def test_place_at_makes_the_placement_and_does_not_book_it(tiny):
    visit = tiny.visit("V1")
    book = occupancy(tiny.problem(visit))
    assert book.place_at(visit, tiny.tuesday, 540) == tiny.place("V1", "09:00")
    assert book.place_at(visit, tiny.tuesday, 541) is None
    assert book.placements == {}


def test_why_not_names_the_first_rule_that_takes_a_start(tiny):
    # 108 marks from 08:00 to 16:55; the last 3 (16:45-16:55) end after closing. 13:00-14:20 leaves
    # 13:00 to 14:00: 13 starts, 92 are lost. V2 holds the chair 13:30-13:55: starts 13:10 to 13:50
    # are lost, 9. The doctor is away until 13:10: 13:00 asks for 13:05-13:10.
    visit = tiny.visit("V1", availability=(tiny.window("13:00", "14:20"),))
    away = StaffBlock(
        kind=BlockKind.MEETING,
        staff=("DR1",),
        weekdays=("tue",),
        start=dt.time(13),
        end=dt.time(13, 10),
    )
    problem = tiny.problem(visit, tiny.visit("V2"), staff_blocks=(away,))
    book = occupancy(problem, tiny.place("V2", "13:30"))
    assert book.why_not(visit, tiny.tuesday) == {
        "opening_hours": 3,
        "availability": 92,
        "chair_once": 9,
        "doctor_once": 1,
    }
    assert clocks(book, visit, tiny.tuesday) == ["13:05", "13:55", "14:00"]


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"earliest": dt.date(2026, 3, 4)}, "due_window"),
        ({"latest": dt.date(2026, 3, 2)}, "due_window"),
        ({"lab_ready": dt.date(2026, 3, 3)}, "readiness"),
        ({"clearances": (Clearance(kind=ClearanceKind.CONSENT),)}, "readiness"),
        (
            {"clearances": (Clearance(kind=ClearanceKind.CONSENT, expected=dt.date(2026, 3, 4)),)},
            "readiness",
        ),
        ({"required_doctor": "DR9"}, "required_doctor"),
        ({"follows": (Follows(visit="V9"),)}, "order"),
    ],
)
def test_a_day_closed_by_one_fact_of_the_visit(tiny, fields, rule):
    visit = tiny.visit("V1", **fields)
    book = occupancy(tiny.problem(visit))
    assert clocks(book, visit, tiny.tuesday) == []
    assert list(book.why_not(visit, tiny.tuesday))[-1] == rule


@pytest.mark.parametrize(
    "fields",
    [
        {"earliest": dt.date(2026, 3, 3), "latest": dt.date(2026, 3, 3)},
        {"lab_ready": dt.date(2026, 3, 2)},
        {"clearances": (Clearance(kind=ClearanceKind.CONSENT, granted=True),)},
        {"clearances": (Clearance(kind=ClearanceKind.CONSENT, expected=dt.date(2026, 3, 3)),)},
        {"required_doctor": "DR1"},
    ],
)
def test_a_day_at_the_edge_of_a_fact_is_open(tiny, fields):
    visit = tiny.visit("V1", **fields)
    assert len(clocks(occupancy(tiny.problem(visit)), visit, tiny.tuesday)) == 104


@pytest.mark.parametrize(
    ("binds", "first", "last"),
    [
        (Binds.START, "13:00", "13:55"),
        (Binds.END, "12:45", "13:40"),  # ends 13:05 at the earliest, 14:00 at the latest
        (Binds.WHOLE, "13:00", "13:40"),
    ],
)
def test_allowed_times_bind_start_end_or_whole(tiny, binds, first, last):
    allowed = AllowedTime(start=dt.time(13), end=dt.time(14), binds=binds, weekdays=("tue",))
    timed = tiny.procedure("TIMED", "A20", allowed_times=(allowed,))
    visit = tiny.visit("V1", "TIMED")
    book = occupancy(tiny.problem(visit, procedures=(timed,)))
    found = clocks(book, visit, tiny.tuesday)
    assert (found[0], found[-1]) == (first, last)
    assert clocks(book, visit, tiny.wednesday) == []


def test_direct_supervision_needs_a_doctor_in_the_office(tiny):
    # The doctor leaves at 12:00 (lunch at 10:00 is in the office). CLEAN takes 10.
    staff = tuple(
        person.model_copy(update={"shifts": tiny.shifts("09:00", "12:00")})
        if person.id == "DR1"
        else person
        for person in tiny.practice().staff
    )
    lunch = StaffBlock(
        kind=BlockKind.LUNCH, staff=("DR1",), weekdays=("tue",), start=dt.time(10), end=dt.time(11)
    )
    visit = tiny.visit("V1", "CLEAN")
    found = clocks(
        occupancy(tiny.problem(visit, staff=staff, staff_blocks=(lunch,))), visit, tiny.tuesday
    )
    assert (found[0], found[-1], len(found)) == ("09:00", "11:50", 35)


def model_day(tiny, *cells: Cell, quotas=()) -> dict:
    return {
        "model_days": (ModelDay(id="M", title="M", cells=cells, quotas=quotas),),
        "model_day_dates": (ModelDayDate(model_day="M", date=tiny.tuesday),),
    }


def cell(id: str, wanted: str, start: str, end: str, **changes) -> Cell:
    return Cell(id=id, procedure_class=wanted, columns=("C1",), start=start, end=end, **changes)


def test_cells_of_other_classes_are_closed_and_accepting_ones_may_be_crossed(tiny):
    # 08:00-12:00 bonding (closed to ADJ), 12:00-12:30 ADJ, 12:30-13:00 bonding with ADJ as
    # fallback, 13:00-17:00 bonding. ADJ takes 20; its turnover may run into a closed cell.
    cells = (
        cell("a", "bond", "08:00", "12:00"),
        cell("b", "adj", "12:00", "12:30"),
        cell("c", "bond", "12:30", "13:00", fallbacks=("adj",)),
        cell("d", "bond", "13:00", "17:00"),
    )
    visit = tiny.visit("V1")
    book = occupancy(tiny.problem(visit, **model_day(tiny, *cells)))
    found = clocks(book, visit, tiny.tuesday)
    assert (found[0], found[-1], len(found)) == ("12:00", "12:40", 9)
    assert book.why_not(visit, tiny.tuesday)["cells"] == 105 - 9
    # Wednesday has no model day: free.
    assert len(clocks(book, visit, tiny.wednesday)) == 104


@pytest.mark.parametrize(("at", "open_"), [(dt.time(7), True), (dt.time(7, 1), False)])
def test_a_cell_opens_when_its_release_has_come(tiny, at, open_):
    # Tuesday's cell opens a day before, at 07:00 or 07:01; now is Monday 07:00.
    step = ReleaseStep(days_before=1, at=at, accepts=("*",))
    cells = cell("a", "bond", "08:00", "17:00", release=(step,))
    visit = tiny.visit("V1")
    book = occupancy(tiny.problem(visit, **model_day(tiny, cells)))
    assert bool(clocks(book, visit, tiny.tuesday)) is open_


def test_quotas_and_limits_count_what_is_in_the_book(tiny):
    visit = tiny.visit("V1")
    others = (tiny.visit("V2"), tiny.visit("V3", "CLEAN"))
    placed = (tiny.place("V2", "09:00"), tiny.place("V3", "10:00", "A10", doctor=None))
    quota = Quota(procedure_class="adj", at_most=1)
    full = occupancy(tiny.problem(visit, *others, **model_day(tiny, quotas=(quota,))), *placed)
    assert list(full.why_not(visit, tiny.tuesday))[-1] == "quotas"
    two = Quota(procedure_class="adj", at_most=2)
    free = occupancy(tiny.problem(visit, *others, **model_day(tiny, quotas=(two,))), *placed)
    assert len(clocks(free, visit, tiny.tuesday)) > 0
    limit = DailyLimit(id="kits", procedures=("ADJ", "CLEAN"), per_day=2)
    kits = occupancy(tiny.problem(visit, *others, limits=(limit,)), *placed)
    assert list(kits.why_not(visit, tiny.tuesday))[-1] == "limits"
    three = DailyLimit(id="kits", procedures=("ADJ", "CLEAN"), per_day=3)
    more = occupancy(tiny.problem(visit, *others, limits=(three,)), *placed)
    assert len(clocks(more, visit, tiny.tuesday)) > 0


def test_machines_at_once_count_without_turnover(tiny):
    # One scanner, used 09:00-09:20 in C1: in C2 a scan may end at 09:00 or begin at 09:20.
    visit = tiny.visit("V1", availability=(tiny.window("08:35", "09:45"),))
    limit = DailyLimit(id="scanner", procedures=("ADJ",), at_once=1)
    problem = tiny.problem(visit, tiny.visit("V2"), clinic=2, assistants=2, limits=(limit,))
    book = occupancy(problem, tiny.place("V2", "09:00"))
    assert clocks(book, visit, tiny.tuesday) == ["08:35", "08:40", "09:20", "09:25"]


def test_a_patient_is_in_one_place(tiny):
    visit = tiny.visit("V1", availability=(tiny.window("08:35", "09:45"),))
    problem = tiny.problem(visit, tiny.visit("V2", patient="P-V1"), clinic=2, assistants=2)
    book = occupancy(problem, tiny.place("V2", "09:00"))
    assert clocks(book, visit, tiny.tuesday) == ["08:35", "08:40", "09:20", "09:25"]


def test_overflow_chairs_take_their_classes_only(tiny):
    practice = tiny.practice(assistants=2)
    spare = practice.chairs[0].model_copy(update={"id": "C9", "overflow": True})
    visit = tiny.visit("V1", availability=(tiny.window("09:00", "09:20"),))
    for classes, expected in (((), []), (("adj",), ["09:00"])):
        changed = practice.model_copy(
            update={"chairs": (*practice.chairs, spare), "overflow_classes": classes}
        )
        problem = tiny.problem(visit, tiny.visit("V2", "CLEAN"), practice=changed)
        book = occupancy(problem, tiny.place("V2", "09:00", "A10", doctor=None))
        assert clocks(book, visit, tiny.tuesday) == expected


def test_skills_bind_and_the_least_skilled_go_first(tiny):
    skilled = tiny.procedure("SKILL", "A20", skill="bond")
    staff = (
        tiny.person("DR1", "doctor"),
        tiny.person("AS1", "assistant", "bond"),
        tiny.person("AS2"),
        tiny.person("AS3"),
    )
    easy, hard = tiny.visit("V1", "CLEAN"), tiny.visit("V2", "SKILL")
    problem = tiny.problem(easy, hard, clinic=3, procedures=(skilled,), staff=staff)
    book = occupancy(problem)
    assert book.place_at(easy, tiny.tuesday, 540).segments[0].staff == "AS2"
    taken = book.place_at(hard, tiny.tuesday, 540)
    assert taken.segments[0].staff == "AS1"
    book.book(taken)
    again = tiny.visit("V3", "SKILL")
    assert "09:00" not in clocks(book, again, tiny.tuesday)
    assert book.why_not(again, tiny.tuesday)["staff_once"] > 0


def test_stages_of_one_visit_do_not_share_a_person_in_the_turnover(tiny):
    # Both stages need an assistant; the first one's turnover runs into the second stage.
    rooms = tiny.procedure("ROOMS", "A10|A10", ("records", "clinic"), "assistant")
    visit = tiny.visit("V1", "ROOMS")
    alone = occupancy(tiny.problem(visit, procedures=(rooms,)))
    assert clocks(alone, visit, tiny.tuesday) == []
    assert "seating" in alone.why_not(visit, tiny.tuesday)
    two = occupancy(tiny.problem(visit, procedures=(rooms,), assistants=2))
    placed = two.place_at(visit, tiny.tuesday, 540)
    assert [(segment.chair, segment.staff) for segment in placed.segments] == [
        ("R1", "AS1"),
        ("C1", "AS2"),
    ]


def test_a_visit_without_chair_or_helper_needs_the_doctor_only(tiny):
    review = tiny.procedure("REVIEW", "D10", None, None)
    visit = tiny.visit("V1", "REVIEW")
    book = occupancy(tiny.problem(visit, procedures=(review,)))
    segment = book.place_at(visit, tiny.tuesday, 540).segments[0]
    assert (segment.chair, segment.staff, segment.doctor) == (None, None, "DR1")


def test_the_wished_doctor_comes_if_free(tiny):
    visit = tiny.visit("V1", preferred_doctor="DR2")
    problem = tiny.problem(visit, tiny.visit("V2"), doctors=3, clinic=2, assistants=2)
    book = occupancy(problem)
    assert book.place_at(visit, tiny.tuesday, 540).segments[1].doctor == "DR2"
    book.book(tiny.place("V2", "09:00", chair="C2", staff="AS2", doctor="DR2"))
    assert book.place_at(visit, tiny.tuesday, 540).segments[1].doctor == "DR1"


def test_tightness_is_the_free_time_left_beside_the_visit(tiny):
    # C1 is held 10:00-10:25. At 08:00 a visit of 25 leaves 95 minutes before ten; after 10:25 the
    # chair is free to midnight.
    visit = tiny.visit("V1")
    book = occupancy(tiny.problem(visit, tiny.visit("V2")), tiny.place("V2", "10:00"))
    starts = book.feasible_starts(visit, tiny.tuesday)
    gaps = dict(zip(starts.tolist(), book.tightness(visit, tiny.tuesday, starts), strict=True))
    assert gaps[480] == 600 - 25
    assert gaps[625] == 1440 - 625 - 25
