"""`book_kept`: frozen bookings stay, few others move, and no clash of the book is made worse.

CLEAN: 10 minutes and 5 of turnover; BOND: 75 and 5, doctor at +25 for 15.
"""

import pytest

from engine.practice import BlockKind, DoctorRule, DoctorRuleKind, Policy, StaffBlock


def one(tiny, *placements, displaced=(), **booking):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", procedure="CLEAN", **booking), clinic=3, assistants=2
    )
    return tiny.rules(tiny.check(problem, *placements, displaced=displaced))


def test_frozen_booking_stays(tiny):
    assert one(tiny, tiny.place("B1", "09:00", "A10")) == []


def test_frozen_booking_is_neither_moved_nor_displaced(tiny):
    assert one(tiny, tiny.place("B1", "09:05", "A10")) == ["book_kept"]
    other_day = tiny.place("B1", "09:00", "A10", date=tiny.wednesday)
    assert one(tiny, other_day) == ["book_kept"]
    assert one(tiny, displaced=["B1"]) == ["book_kept"]


def test_movable_booking_moves_or_is_displaced(tiny):
    assert one(tiny, tiny.place("B1", "09:05", "A10"), movable=True) == []
    other_day = tiny.place("B1", "15:00", "A10", date=tiny.friday)
    assert one(tiny, other_day, movable=True) == []
    assert one(tiny, displaced=["B1"], movable=True) == []


def test_locked_chair(tiny):
    in_c1, in_c2 = (tiny.place("B1", "09:00", "A10", chair=chair) for chair in ("C1", "C2"))
    assert one(tiny, in_c1, chair_locked=True) == []
    assert one(tiny, in_c2, chair_locked=True) == ["book_kept"]
    assert one(tiny, in_c2) == []


def test_locked_chair_also_where_the_booking_moves(tiny):
    locked = {"chair_locked": True, "movable": True}
    assert one(tiny, tiny.place("B1", "10:00", "A10"), **locked) == []
    assert one(tiny, tiny.place("B1", "10:00", "A10", chair="C3"), **locked) == ["book_kept"]


def test_locked_chair_of_two_rooms_is_that_of_its_kind(tiny):
    two = tiny.procedure("PROG", "A20 | A10", ("records", "clinic"))
    booking = tiny.booking("B1", "09:00", "C2", "PROG", chair_locked=True)
    problem = tiny.problem(booking, procedures=[two], clinic=3)

    def rules(chair):
        rooms = {"chair": ("R1", chair), "staff": ("RT1", "AS1")}
        return tiny.rules(tiny.check(problem, tiny.place("B1", "09:00", "A20 | A10", **rooms)))

    assert rules("C2") == []
    assert rules("C3") == ["book_kept"]


@pytest.mark.parametrize(("most", "broken"), [(None, False), (3, False), (2, False), (1, True)])
def test_at_most_so_many_moves(tiny, most, broken):
    # B1 and B2 move, B3 stays, B4 is displaced: two moves.
    bookings = (
        tiny.booking(f"B{n}", start, procedure="CLEAN", movable=True)
        for n, start in ((1, "09:00"), (2, "10:00"), (3, "11:00"), (4, "13:00"))
    )
    problem = tiny.problem(*bookings, policy=Policy(max_moves=most))
    report = tiny.check(
        problem,
        tiny.place("B1", "09:30", "A10"),
        tiny.place("B2", "10:00", "A10", date=tiny.thursday),
        tiny.place("B3", "11:00", "A10"),
        displaced=["B4"],
    )
    assert tiny.rules(report) == ["book_kept"] * broken
    if broken:
        assert report.violations[0].visits == ("B1", "B2")


def away(tiny, start, end, *people):
    span = tiny.window(start, end)
    return StaffBlock(
        kind=BlockKind.LUNCH, staff=people, dates=(tiny.tuesday,), start=span.start, end=span.end
    )


def short_of_staff(tiny, *new, extra=()):
    """B1 CLEAN 09:00 with AS1; B2 BOND 09:00-10:15 (turnover 10:20) has nobody.

    AS2 is away 09:30-10:00, so nobody can serve all of B2. `new`: (visit, start, person).
    """
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1", "CLEAN"),
        tiny.booking("B2", "09:00", "C2", "BOND"),
        *(tiny.visit(name, "CLEAN") for name, _, _ in new),
        *extra,
        clinic=4,
        assistants=2,
        staff_blocks=(away(tiny, "09:30", "10:00", "AS2"),),
    )
    return tiny.check(
        problem,
        tiny.place("B1", "09:00", "A10"),
        tiny.place("B2", "09:00", "A25 D15 A35", chair="C2", staff=None),
        *(
            tiny.place(name, start, "A10", chair=f"C{n}", staff=who)
            for n, (name, start, who) in enumerate(new, start=3)
        ),
    )


def test_lack_of_the_book_alone(tiny):
    report = short_of_staff(tiny)
    assert report.ok
    assert tiny.inherited(report) == ["staff_once"]


@pytest.mark.parametrize(
    ("start", "who", "broken"),
    [
        # 09:15-09:30 with turnover: two there, two needed (B2 and the new one).
        ("09:15", "AS1", False),
        # 09:20-09:35: from 09:30 on one is there and two are needed.
        ("09:20", "AS1", True),
        ("09:30", "AS1", True),
        # Until 10:00 one is there, then two.
        ("09:55", "AS1", True),
        ("10:00", "AS1", False),
        ("10:00", "AS2", False),
        # B2 is gone at 10:20.
        ("10:20", "AS1", False),
        # 09:00-09:15: AS1 serves B1, AS2 the new one, B2 would need a third.
        ("09:00", "AS2", True),
        ("08:45", "AS2", False),
        ("08:50", "AS2", True),
    ],
)
def test_new_visit_beside_a_lack_of_the_book(tiny, start, who, broken):
    report = short_of_staff(tiny, ("V1", start, who))
    assert tiny.rules(report) == ["book_kept"] * broken
    if broken:
        assert set(report.violations[0].visits) == {"B2", "V1"}


def test_two_new_visits_beside_a_lack_of_the_book(tiny):
    # 10:00-10:15: two are there, three would be needed.
    report = short_of_staff(tiny, ("V1", "10:00", "AS1"), ("V2", "10:00", "AS2"))
    assert tiny.rules(report) == ["book_kept"]
    # 10:00-10:15 and 10:15-10:30: never more than B2 and one of them.
    assert short_of_staff(tiny, ("V1", "10:00", "AS1"), ("V2", "10:15", "AS2")).ok


def test_other_roles_are_no_part_of_it(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1", "CLEAN"),
        tiny.booking("B2", "09:05", "C2", "CLEAN"),
        tiny.visit("V1", "REC"),
        clinic=2,
    )
    report = tiny.check(
        problem,
        tiny.place("B1", "09:00", "A10"),
        tiny.place("B2", "09:05", "A10", chair="C2", staff=None),
        tiny.place("V1", "09:00", "A30", chair="R1", staff="RT1"),
    )
    assert report.ok


def test_new_visit_takes_the_only_one_with_the_skill(tiny):
    # B1 needs the skill that only AS2 has; V1 could have any assistant.
    tads = tiny.procedure("TADS", "A10", skill="tads")
    staff = (
        tiny.person("DR1", "doctor"),
        tiny.person("AS1"),
        tiny.person("AS2", "assistant", "tads"),
    )
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1", "TADS"),
        tiny.visit("V1", "CLEAN"),
        procedures=[tads],
        staff=staff,
        clinic=2,
    )
    without = tiny.place("B1", "09:00", "A10", staff=None)
    takes = tiny.place("V1", "09:05", "A10", chair="C2", staff="AS2")
    leaves = tiny.place("V1", "09:05", "A10", chair="C2", staff="AS1")
    assert tiny.rules(tiny.check(problem, without, takes)) == ["book_kept"]
    served = tiny.place("B1", "09:00", "A10", staff="AS2")
    assert tiny.check(problem, served, leaves).ok


def test_moved_booking_is_a_newcomer(tiny):
    movable = tiny.booking("M1", "15:00", "C3", "CLEAN", movable=True)
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1", "CLEAN"),
        tiny.booking("B2", "09:00", "C2", "BOND"),
        movable,
        clinic=3,
        assistants=2,
        staff_blocks=(away(tiny, "09:30", "10:00", "AS2"),),
    )
    book = (
        tiny.place("B1", "09:00", "A10"),
        tiny.place("B2", "09:00", "A25 D15 A35", chair="C2", staff=None),
    )
    moved = tiny.place("M1", "09:40", "A10", chair="C3")
    assert tiny.rules(tiny.check(problem, *book, moved)) == ["book_kept"]
    assert tiny.check(problem, *book, tiny.place("M1", "15:00", "A10", chair="C3")).ok


def short_of_doctor(tiny, start, **changes):
    """B1 BOND at 09:00 needs the doctor 09:25-09:40; DR1 is away 09:30-09:35. V1 is ADJ."""
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1", "BOND"),
        tiny.visit("V1"),
        clinic=2,
        assistants=2,
        staff_blocks=(away(tiny, "09:30", "09:35", "DR1"),),
        **changes,
    )
    return tiny.check(
        problem,
        tiny.place("B1", "09:00", "A25 D15 A35", doctor=None),
        tiny.place("V1", start, chair="C2", staff="AS2"),
    )


@pytest.mark.parametrize(
    ("start", "broken"),
    [("09:15", False), ("09:20", True), ("09:30", True), ("09:35", False)],
)
def test_doctor_that_the_book_lacks(tiny, start, broken):
    # V1's doctor time begins 5 minutes in: 09:20, 09:25, 09:35, 09:40.
    report = short_of_doctor(tiny, start)
    assert tiny.rules(report) == ["book_kept"] * broken
    assert tiny.inherited(report) == ["doctor_once"]


def test_doctor_minutes_that_the_book_lacks(tiny):
    # Slot 09:15-09:30: B1 needs 5 of it, V1 at 09:10 (09:15-09:20) 5 more.
    def by_units(units):
        rule = DoctorRule(kind=DoctorRuleKind.UNITS_PER_SLOT, units=units)
        return tiny.rules(short_of_doctor(tiny, "09:10", doctor_rule=rule))

    assert by_units(3) == []
    assert by_units(2) == []
    assert by_units(1) == ["book_kept"]


def test_locked_booking_without_a_chair(tiny):
    nowhere = tiny.place("B1", "09:00", "A10", chair=None)
    assert one(tiny, nowhere, chair_locked=True) == ["chair_kind", "book_kept"]


@pytest.mark.parametrize(
    ("person", "second", "start", "broken"),
    [
        # B1 names AS1, who leaves at 09:10, and needs somebody until 09:15.
        ("AS1", None, "08:55", False),  # AS2 is busy until 09:10 only
        ("AS1", None, "09:00", True),
        # B1 and B2 both name AS1, who stays: one of them needs AS2.
        ("AS1", "AS1", "08:45", False),
        ("AS1", "AS1", "08:50", True),
    ],
)
def test_badly_served_is_unserved(tiny, person, second, start, broken):
    bookings = [tiny.booking("B1", "09:00", "C1", "CLEAN")]
    placed = [tiny.place("B1", "09:00", "A10", staff=person)]
    blocks = (away(tiny, "09:10", "09:20", "AS1"),)
    if second:
        bookings.append(tiny.booking("B2", "09:00", "C2", "CLEAN"))
        placed.append(tiny.place("B2", "09:00", "A10", chair="C2", staff=second))
        blocks = (away(tiny, "09:16", "09:30", "AS2"), away(tiny, "09:13", "09:14", "AS2"))
    problem = tiny.problem(
        *bookings, tiny.visit("V1", "CLEAN"), clinic=3, assistants=2, staff_blocks=blocks
    )
    new = tiny.place("V1", start, "A10", chair="C3", staff="AS2")
    report = tiny.check(problem, *placed, new)
    assert tiny.rules(report) == ["book_kept"] * broken
    assert tiny.inherited(report) == ["staff_once"]


@pytest.mark.parametrize(
    ("start", "units", "broken"), [("09:35", 1, True), ("09:35", 3, False), ("09:40", 1, False)]
)
def test_doctor_minutes_of_each_slot(tiny, start, units, broken):
    # Slot 09:30-09:45: B1 needs 10; from 09:35 V1 adds 5, from 09:40 its 5 are in the next slot.
    rule = DoctorRule(kind=DoctorRuleKind.UNITS_PER_SLOT, units=units)
    report = short_of_doctor(tiny, start, doctor_rule=rule)
    assert tiny.rules(report) == ["book_kept"] * broken


@pytest.mark.parametrize("most", [0, 1])
def test_trap_bookings_that_would_be_better_earlier(tiny, solve, most):
    # Three on Wednesday, due on Tuesday: each saves a day (65) by moving, and a call costs 3.
    bookings = (
        tiny.booking(f"B{n}", start, "C1", "CLEAN", tiny.wednesday, movable=True)
        for n, start in ((1, "09:00"), (2, "10:00"), (3, "11:00"))
    )
    problem = tiny.problem(*bookings, policy=Policy(max_moves=most))
    ruled = solve(problem, days=2)
    assert ruled.quanta("moved_bookings") == most
    assert ruled.quanta("overdue_days") == 3 - most
    bait = solve(problem, days=2, without="book_kept")
    assert bait.quanta("moved_bookings") == 3
    assert bait.broken == {"book_kept"}


def test_trap_the_only_assistant_that_the_book_lacks(tiny, solve):
    # B1 BOND 09:00-10:15 has nobody: AS1 is away 10:00-10:05, AS2 09:30-10:00. At 09:30 AS1 is
    # the only one there, and B1 needs one: V1 waits for Wednesday.
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1", "BOND"),
        tiny.visit("V1", "CLEAN", availability=(tiny.window("09:30", "09:40"),)),
        clinic=2,
        assistants=2,
        staff_blocks=(
            away(tiny, "10:00", "10:05", "AS1"),
            away(tiny, "09:30", "10:00", "AS2"),
        ),
    )
    assert solve(problem, days=2).times == {"B1": "09:00", "V1": "Wed 09:30"}
    bait = solve(problem, days=2, without="book_kept")
    assert bait.times == {"B1": "09:00", "V1": "09:30"}
    assert bait.broken == {"book_kept"}


def test_trap_a_double_booking_that_half_leaves(tiny, solve):
    # Two patients of AS1 on Wednesday at 09:00, due on Tuesday: one of them may move, saving a day
    # (65) for a call (3). The other one then has AS1, and must not be left without.
    bookings = (
        tiny.booking(f"B{n}", "09:00", f"C{n}", "CLEAN", tiny.wednesday, movable=True)
        for n in (1, 2)
    )
    problem = tiny.problem(*bookings, clinic=3, policy=Policy(max_moves=1))
    ruled = solve(problem, days=2)
    assert ruled.quanta("moved_bookings") == ruled.quanta("overdue_days") == 1
    assert tiny.inherited(tiny.check(problem, *ruled.schedule.placements, days=3)) == []
