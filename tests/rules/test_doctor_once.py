"""`doctor_once`: one patient at a time, or so many minutes in a slot. ADJ: doctor 5-10."""

import itertools

import pytest

from engine.practice import BlockKind, DoctorRule, DoctorRuleKind, StaffBlock


def units(units, unit_minutes=5, slot=15):
    return DoctorRule(
        kind=DoctorRuleKind.UNITS_PER_SLOT,
        slot_minutes=slot,
        units=units,
        unit_minutes=unit_minutes,
    )


def away(tiny, start, end, *people):
    span = tiny.window(start, end)
    return StaffBlock(
        kind=BlockKind.ADMIN, staff=people, dates=(tiny.tuesday,), start=span.start, end=span.end
    )


def side_by_side(tiny, *starts, doctors=1, sees=None, **changes):
    """ADJ at each start, each in its own chair with its own assistant; all orders say the same."""
    count = len(starts)
    problem = tiny.problem(
        *(tiny.visit(f"V{n}") for n in range(1, count + 1)),
        clinic=count,
        assistants=count,
        doctors=doctors,
        **changes,
    )
    placed = [
        tiny.place(f"V{n}", start, chair=f"C{n}", staff=f"AS{n}", doctor=who)
        for n, (start, who) in enumerate(zip(starts, sees or ["DR1"] * count, strict=True), start=1)
    ]
    reports = [tiny.check(problem, *order) for order in itertools.permutations(placed)]
    assert len({tuple(sorted(tiny.rules(report))) for report in reports}) == 1
    return reports[0]


def test_from_chair_to_chair_in_the_same_minute(tiny):
    # 09:05-09:10 and 09:10-09:15.
    assert side_by_side(tiny, "09:00", "09:05").ok
    assert side_by_side(tiny, "09:05", "09:00").ok


def test_two_chairs_at_once(tiny):
    report = side_by_side(tiny, "09:00", "09:00")
    assert tiny.rules(report) == ["doctor_once"]
    assert (
        "doctor DR1 is with V1 (09:05-09:10) and V2 (09:05-09:10)" in report.violations[0].sentence
    )


def test_two_doctors_at_once(tiny):
    assert side_by_side(tiny, "09:00", "09:00", doctors=2, sees=["DR1", "DR2"]).ok


@pytest.mark.parametrize(
    ("start", "broken"),
    [("09:15", False), ("09:20", True), ("09:30", True), ("09:35", True), ("09:40", False)],
)
def test_beside_a_bonding(tiny, start, broken):
    # BOND at 09:00 with A25 D20 A30: doctor 09:25-09:45; ADJ needs the doctor 5 minutes in.
    bond = tiny.procedure("BOND", "A25 D20 A30")
    problem = tiny.problem(
        tiny.visit("V1", "BOND"), tiny.visit("V2"), procedures=[bond], clinic=2, assistants=2
    )
    long = tiny.place("V1", "09:00", "A25 D20 A30")
    short = tiny.place("V2", start, chair="C2", staff="AS2")
    for order in ((long, short), (short, long)):
        assert tiny.rules(tiny.check(problem, *order)) == ["doctor_once"] * broken


@pytest.mark.parametrize(
    ("start", "broken"),
    [("09:50", False), ("09:55", True), ("10:50", True), ("10:55", False)],
)
def test_while_the_doctor_is_away(tiny, start, broken):
    # Away 10:00-11:00; from 09:50 the doctor time ends at 10:00, from 10:55 it begins at 11:00.
    blocks = (away(tiny, "10:00", "11:00", "DR1"),)
    report = side_by_side(tiny, start, staff_blocks=blocks)
    assert tiny.rules(report) == ["doctor_once"] * broken


def test_only_a_doctor_gives_doctor_time(tiny):
    report = side_by_side(tiny, "09:00", sees=["TC1"])
    assert tiny.rules(report) == ["doctor_once"]
    assert report.violations[0].allowed == "a doctor"
    problem = tiny.problem(tiny.booking("B1", "09:00"))
    kept = tiny.check(problem, tiny.place("B1", "09:00", doctor="TC1"))
    assert tiny.rules(kept) == ["doctor_once"]


def test_new_and_moved_visits_never_go_without(tiny):
    assert tiny.rules(side_by_side(tiny, "09:00", sees=[None])) == ["doctor_once"]
    problem = tiny.problem(tiny.booking("B1", "09:00", movable=True))
    moved = tiny.place("B1", "09:05", doctor=None)
    assert tiny.rules(tiny.check(problem, moved)) == ["doctor_once"]


def booked(tiny, *sees, doctors=1, blocks=()):
    """Two bookings at 09:00, side by side."""
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1"),
        tiny.booking("B2", "09:00", "C2"),
        clinic=2,
        assistants=2,
        doctors=doctors,
        staff_blocks=blocks,
    )
    return tiny.check(
        problem,
        tiny.place("B1", "09:00", doctor=sees[0]),
        tiny.place("B2", "09:00", chair="C2", staff="AS2", doctor=sees[1]),
    )


def test_clash_of_the_book_is_inherited(tiny):
    for sees in (("DR1", None), (None, "DR1"), ("DR1", "DR1")):
        report = booked(tiny, *sees)
        assert report.ok
        assert tiny.inherited(report) == ["doctor_once"]


def test_clash_that_a_free_doctor_would_mend_is_not(tiny):
    assert booked(tiny, "DR1", "DR2", doctors=2).ok
    for sees in (("DR1", None), (None, "DR1"), ("DR1", "DR1")):
        assert tiny.rules(booked(tiny, *sees, doctors=2)) == ["doctor_once"]
    gone = (away(tiny, "09:09", "09:30", "DR2"),)
    assert booked(tiny, "DR1", None, doctors=2, blocks=gone).ok


def test_kept_booking_with_one_new_visit(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00"), tiny.visit("V1"), clinic=2, assistants=2, doctors=2
    )
    kept = tiny.place("B1", "09:00")
    new = tiny.place("V1", "09:00", chair="C2", staff="AS2")
    for order in ((kept, new), (new, kept)):
        assert tiny.rules(tiny.check(problem, *order)) == ["doctor_once"]


def test_three_units_in_a_slot(tiny):
    # Slot 09:00-09:15 holds 3 x 5 minutes: three at the same moment, not four.
    assert side_by_side(tiny, "09:00", "09:00", "09:00", doctor_rule=units(3)).ok
    report = side_by_side(tiny, "09:00", "09:00", "09:00", "09:00", doctor_rule=units(3))
    assert tiny.rules(report) == ["doctor_once"]
    assert (report.violations[0].found, report.violations[0].allowed) == (
        "20 min",
        "at most 15 min",
    )
    assert "09:00-09:15" in report.violations[0].sentence


def test_slots_begin_on_the_clock(tiny):
    # One unit of 5. From 09:05 the doctor time is 09:10-09:15, still the slot of 09:05-09:10;
    # from 09:10 it is 09:15-09:20, in the next slot.
    assert tiny.rules(side_by_side(tiny, "09:00", "09:05", doctor_rule=units(1))) == ["doctor_once"]
    assert side_by_side(tiny, "09:00", "09:10", doctor_rule=units(1)).ok
    assert side_by_side(tiny, "09:10", "09:00", doctor_rule=units(1)).ok


def test_doctor_time_over_two_slots(tiny):
    # BOND at 09:00: doctor 09:25-09:40, 5 minutes before 09:30 and 10 after.
    def rules(minutes, *others):
        problem = tiny.problem(
            tiny.visit("V1", "BOND"), doctor_rule=units(1, minutes), clinic=1, assistants=1
        )
        return tiny.rules(tiny.check(problem, tiny.place("V1", "09:00", "A25 D15 A35"), *others))

    assert rules(10) == []
    assert rules(9) == ["doctor_once"]
    assert rules(4) == ["doctor_once", "doctor_once"]


def test_by_units_the_doctor_must_be_there_too(tiny):
    blocks = (away(tiny, "09:00", "09:06", "DR1"),)
    report = side_by_side(tiny, "09:00", doctor_rule=units(3), staff_blocks=blocks)
    assert tiny.rules(report) == ["doctor_once"]


def test_by_units_the_book_alone_is_inherited(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1"),
        tiny.booking("B2", "09:00", "C2"),
        tiny.visit("V1"),
        clinic=3,
        assistants=3,
        doctor_rule=units(1),
    )
    kept = (
        tiny.place("B1", "09:00"),
        tiny.place("B2", "09:00", chair="C2", staff="AS2"),
    )
    book = tiny.check(problem, *kept)
    assert book.ok
    assert tiny.inherited(book) == ["doctor_once"]
    worse = tiny.check(problem, *kept, tiny.place("V1", "09:05", chair="C3", staff="AS3"))
    assert tiny.rules(worse) == ["doctor_once"]


def test_clash_that_a_free_doctor_would_mend_for_either_side(tiny):
    # DR2 is free; of B1 and B2 one must see DR1, so DR2 could only take the other.
    for must in ("B1", "B2"):
        bookings = [
            tiny.booking(name, "09:00", chair, required_doctor="DR1" if name == must else None)
            for name, chair in (("B1", "C1"), ("B2", "C2"))
        ]
        problem = tiny.problem(*bookings, clinic=2, assistants=2, doctors=2)
        both = (
            tiny.place("B1", "09:00"),
            tiny.place("B2", "09:00", chair="C2", staff="AS2"),
        )
        assert tiny.rules(tiny.check(problem, *both)) == ["doctor_once"]


def test_kept_booking_with_a_doctor_who_is_away(tiny):
    for doctors, inherited in ((1, True), (2, False)):
        problem = tiny.problem(
            tiny.booking("B1", "09:00"),
            doctors=doctors,
            staff_blocks=(away(tiny, "09:08", "09:30", "DR1"),),
        )
        report = tiny.check(problem, tiny.place("B1", "09:00"))
        assert report.ok is inherited
        assert tiny.inherited(report) == ["doctor_once"] * inherited


@pytest.mark.parametrize(("most", "inherited"), [(1, True), (2, False)])
def test_by_units_a_kept_booking_goes_without_only_where_no_units_are_left(tiny, most, inherited):
    # Slot 09:00-09:15: B1 has 5 minutes of DR1; with 2 units, 5 are left for B2.
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1"),
        tiny.booking("B2", "09:05", "C2"),
        clinic=2,
        assistants=2,
        doctor_rule=units(most),
    )
    report = tiny.check(
        problem,
        tiny.place("B1", "09:00"),
        tiny.place("B2", "09:05", chair="C2", staff="AS2", doctor=None),
    )
    assert report.ok is inherited
    assert tiny.inherited(report) == ["doctor_once"] * inherited


def test_free_means_for_all_doctor_time_of_the_visit(tiny):
    # Doctor time 09:05-09:10 and 09:20-09:25; DR1 is away for the second only.
    twice = tiny.procedure("TWO", "A5 D5 A10 D5 A5")
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1", "TWO"),
        procedures=[twice],
        staff_blocks=(away(tiny, "09:20", "09:25", "DR1"),),
    )
    report = tiny.check(problem, tiny.place("B1", "09:00", "A5 D5 A10 D5 A5", doctor=None))
    assert report.ok
    assert tiny.inherited(report) == ["doctor_once", "doctor_once"]


@pytest.mark.parametrize(
    ("units", "enough", "short"),
    [
        # The doctor comes 5 minutes in, for 5: at 09:05 and 09:10, the second patient to 09:25.
        (None, "09:25", "09:20"),
        # 5 minutes in a slot: at 09:05 and, in the slot from 09:15, at 09:15: to 09:30.
        (1, "09:30", "09:25"),
    ],
)
def test_trap_one_doctor_between_two_chairs(tiny, solve, units, enough, short):
    def until(end, **how):
        rule = DoctorRule()
        if units:
            rule = DoctorRule(kind=DoctorRuleKind.UNITS_PER_SLOT, units=units)
        free = (tiny.window("09:00", end),)
        visits = (tiny.visit(f"V{n}", availability=free) for n in (1, 2))
        return solve(tiny.problem(*visits, clinic=2, assistants=2, doctor_rule=rule), **how)

    assert until(enough).unplaced == []
    assert len(until(short).unplaced) == 1
    bait = until(short, without="doctor_once")
    assert bait.unplaced == []
    assert bait.broken == {"doctor_once"}
