"""`staff_once`: one person, of the role and skill, there, and with nobody else until turnover ends.

CLEAN: 10 minutes and 5 of turnover. Chairs are never short here.
"""

import itertools

import pytest

from engine.practice import BlockKind, Shift, StaffBlock


def together(tiny, problem, *placements):
    """Every order of the placements must say the same."""
    reports = [tiny.check(problem, *order) for order in itertools.permutations(placements)]
    assert len({(tuple(tiny.rules(r)), tuple(tiny.inherited(r))) for r in reports}) == 1
    return reports[0]


def clean(tiny, visit, start, staff, chair="C1", **where):
    return tiny.place(visit, start, "A10", staff=staff, chair=chair, **where)


def two(tiny, first, second, staff="AS1"):
    problem = tiny.problem(
        tiny.visit("V1", "CLEAN"), tiny.visit("V2", "CLEAN"), clinic=2, assistants=2
    )
    return together(
        tiny, problem, clean(tiny, "V1", first, "AS1"), clean(tiny, "V2", second, staff, "C2")
    )


def test_next_patient_when_the_turnover_is_done(tiny):
    assert two(tiny, "09:00", "09:15").ok
    assert two(tiny, "09:15", "09:00").ok


@pytest.mark.parametrize("second", ["09:10", "09:05", "09:00", "08:50"])
def test_next_patient_too_early(tiny, second):
    report = two(tiny, "09:00", second)
    assert tiny.rules(report) == ["staff_once"]
    assert set(report.violations[0].visits) == {"V1", "V2"}


def test_two_people_at_the_same_time(tiny):
    assert two(tiny, "09:00", "09:00", "AS2").ok


def test_both_stages_of_a_visit_by_one_person(tiny):
    # With 5 minutes of turnover after the first stage the person is not yet free for the second.
    def rules(turnover, *staff):
        rooms = tiny.procedure("ROOMS", "A20 | A10", ("records", "clinic"), "assistant", turnover)
        problem = tiny.problem(tiny.visit("V1", "ROOMS"), procedures=[rooms], assistants=2)
        placed = tiny.place("V1", "09:00", "A20 | A10", chair=("R1", "C1"), staff=staff)
        return tiny.rules(tiny.check(problem, placed))

    assert rules((0, 5), "AS1", "AS1") == []
    assert rules((5, 5), "AS1", "AS1") == ["staff_once"]
    assert rules((5, 5), "AS1", "AS2") == []


def test_role_of_the_stage(tiny):
    problem = tiny.problem(tiny.visit("V1", "CLEAN"))
    assert tiny.check(problem, clean(tiny, "V1", "09:00", "AS1")).ok
    assert tiny.rules(tiny.check(problem, clean(tiny, "V1", "09:00", "TC1"))) == ["staff_once"]
    assert tiny.rules(tiny.check(problem, clean(tiny, "V1", "09:00", "DR1"))) == ["staff_once"]


def skilled(tiny, *asked, skills=((), ("bonding", "tads")), **changes):
    """AS1 without skills, AS2 with two; TADS needs one of them."""
    tads = tiny.procedure("TADS", "A10", skill="tads")
    people = (tiny.person(f"AS{n}", "assistant", *own) for n, own in enumerate(skills, start=1))
    staff = (tiny.person("DR1", "doctor"), *people)
    return tiny.problem(*asked, procedures=[tads], staff=staff, clinic=3, **changes)


def test_skill_of_the_stage(tiny):
    problem = skilled(tiny, tiny.visit("V1", "TADS"))
    assert tiny.check(problem, clean(tiny, "V1", "09:00", "AS2")).ok
    report = tiny.check(problem, clean(tiny, "V1", "09:00", "AS1"))
    assert tiny.rules(report) == ["staff_once"]
    assert report.violations[0].allowed == "one assistant with skill tads"


@pytest.mark.parametrize(
    ("start", "broken"),
    [("11:45", False), ("11:50", True), ("12:30", True), ("12:55", True), ("13:00", False)],
)
def test_lunch(tiny, start, broken):
    # From 11:45 the turnover is done at 12:00, from 11:50 at 12:05.
    span = tiny.window("12:00", "13:00")
    lunch = StaffBlock(kind=BlockKind.LUNCH, dates=(tiny.tuesday,), start=span.start, end=span.end)
    problem = tiny.problem(tiny.visit("V1", "CLEAN"), staff_blocks=(lunch,))
    report = tiny.check(problem, clean(tiny, "V1", start, "AS1"))
    assert tiny.rules(report) == ["staff_once"] * broken


def test_end_of_shift_binds_the_turnover(tiny):
    # Until 17:00: 16:45-16:55 and turnover fit, 16:50-17:00 fits the opening hours only.
    problem = tiny.problem(tiny.visit("V1", "CLEAN"))
    assert tiny.check(problem, clean(tiny, "V1", "16:45", "AS1")).ok
    assert tiny.rules(tiny.check(problem, clean(tiny, "V1", "16:50", "AS1"))) == ["staff_once"]


def test_dated_shift_replaces_the_weekly_one(tiny):
    span = tiny.window("10:00", "12:00")
    dated = Shift(date=tiny.tuesday, start=span.start, end=span.end)
    late = tiny.person("AS1", shifts=(*tiny.shifts(), dated))
    staff = (tiny.person("DR1", "doctor"), late)
    problem = tiny.problem(tiny.visit("V1", "CLEAN"), staff=staff)
    assert tiny.check(problem, clean(tiny, "V1", "10:00", "AS1")).ok
    assert tiny.rules(tiny.check(problem, clean(tiny, "V1", "09:55", "AS1"))) == ["staff_once"]
    other_day = clean(tiny, "V1", "09:55", "AS1", date=tiny.wednesday)
    assert tiny.check(problem, other_day).ok


def test_new_and_moved_visits_never_go_without(tiny):
    new = tiny.problem(tiny.visit("V1", "CLEAN"))
    assert tiny.rules(tiny.check(new, clean(tiny, "V1", "09:00", None))) == ["staff_once"]
    moved = tiny.problem(tiny.booking("B1", "09:00", procedure="CLEAN", movable=True))
    assert tiny.rules(tiny.check(moved, clean(tiny, "B1", "09:05", None))) == ["staff_once"]


def book_of_three(tiny, assistants):
    """Three bookings at 09:00, 09:05 and 09:10 in three chairs."""
    bookings = (
        tiny.booking(f"B{n}", start, f"C{n}", "CLEAN")
        for n, start in ((1, "09:00"), (2, "09:05"), (3, "09:10"))
    )
    return tiny.problem(*bookings, clinic=3, assistants=assistants)


def served(tiny, *staff):
    return [
        clean(tiny, f"B{n}", start, person, f"C{n}")
        for (n, start), person in zip(
            ((1, "09:00"), (2, "09:05"), (3, "09:10")), staff, strict=True
        )
    ]


def test_kept_booking_goes_without_where_nobody_is_free(tiny):
    report = together(tiny, book_of_three(tiny, 2), *served(tiny, "AS1", "AS2", None))
    assert report.ok
    assert tiny.inherited(report) == ["staff_once"]


def test_kept_booking_does_not_go_without_where_somebody_is_free(tiny):
    report = together(tiny, book_of_three(tiny, 3), *served(tiny, "AS1", "AS2", None))
    assert tiny.rules(report) == ["staff_once"]
    assert "although AS3 is free" in report.violations[0].sentence


def test_kept_bookings_with_one_person(tiny):
    # B1 and B3: 09:00-09:15 and 09:10-09:25, both with AS1.
    short = together(tiny, book_of_three(tiny, 2), *served(tiny, "AS1", "AS2", "AS1"))
    assert short.ok
    assert tiny.inherited(short) == ["staff_once"]
    enough = together(tiny, book_of_three(tiny, 3), *served(tiny, "AS1", "AS2", "AS1"))
    assert tiny.rules(enough) == ["staff_once"]


def test_kept_booking_with_one_new_visit(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", procedure="CLEAN"), tiny.visit("V1", "CLEAN"), clinic=2
    )
    kept = clean(tiny, "B1", "09:00", "AS1")
    assert together(tiny, problem, kept, clean(tiny, "V1", "09:15", "AS1", "C2")).ok
    report = together(tiny, problem, kept, clean(tiny, "V1", "09:10", "AS1", "C2"))
    assert tiny.rules(report) == ["staff_once"]


def test_kept_booking_outside_the_shift(tiny):
    early = tiny.person("AS1", shifts=tiny.shifts("10:00", "17:00"))
    booking = tiny.booking("B1", "09:00", procedure="CLEAN")
    alone = tiny.problem(booking, staff=(tiny.person("DR1", "doctor"), early))
    report = tiny.check(alone, clean(tiny, "B1", "09:00", "AS1"))
    assert report.ok
    assert tiny.inherited(report) == ["staff_once"]
    helped = tiny.problem(booking, staff=(tiny.person("DR1", "doctor"), early, tiny.person("AS2")))
    assert tiny.rules(tiny.check(helped, clean(tiny, "B1", "09:00", "AS1"))) == ["staff_once"]


def test_wrong_role_or_skill_is_never_inherited(tiny):
    roles = tiny.problem(tiny.booking("B1", "09:00", procedure="CLEAN"))
    assert tiny.rules(tiny.check(roles, clean(tiny, "B1", "09:00", "TC1"))) == ["staff_once"]
    skills = skilled(tiny, tiny.booking("B1", "09:00", procedure="TADS"), skills=((), ("bonding",)))
    assert tiny.rules(tiny.check(skills, clean(tiny, "B1", "09:00", "AS1"))) == ["staff_once"]
    nobody = tiny.check(skills, clean(tiny, "B1", "09:00", None))
    assert tiny.inherited(nobody) == ["staff_once"]


@pytest.mark.parametrize(
    ("start", "free"), [("08:50", True), ("08:55", False), ("09:15", False), ("09:20", True)]
)
def test_free_means_for_the_whole_stage_and_its_turnover(tiny, start, free):
    # B2 needs somebody 09:05-09:20. AS1 has B1 until 09:15; AS2 has B3 for 15 minutes.
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1", "CLEAN"),
        tiny.booking("B2", "09:05", "C2", "CLEAN"),
        tiny.booking("B3", start, "C3", "CLEAN"),
        clinic=3,
        assistants=2,
    )
    report = together(
        tiny,
        problem,
        clean(tiny, "B1", "09:00", "AS1"),
        clean(tiny, "B2", "09:05", None, "C2"),
        clean(tiny, "B3", start, "AS2", "C3"),
    )
    assert report.ok is not free
    assert tiny.inherited(report) == ["staff_once"] * (not free)


def test_clash_that_a_free_person_would_mend_for_either_side(tiny):
    # Both name AS2, who alone has the skill that TADS needs; AS1 is free for CLEAN.
    for first, second in (("TADS", "CLEAN"), ("CLEAN", "TADS")):
        problem = skilled(
            tiny,
            tiny.booking("B1", "09:00", "C1", first),
            tiny.booking("B2", "09:05", "C2", second),
        )
        both = (clean(tiny, "B1", "09:00", "AS2"), clean(tiny, "B2", "09:05", "AS2", "C2"))
        assert tiny.rules(together(tiny, problem, *both)) == ["staff_once"]


def test_trap_one_assistant_for_two_chairs(tiny, solve):
    # AS1 needs 10 + 5 + 10 minutes for both: 09:00-09:25 is enough, five less are not.
    def until(end, **how):
        free = (tiny.window("09:00", end),)
        visits = (tiny.visit(f"V{n}", "CLEAN", availability=free) for n in (1, 2))
        return solve(tiny.problem(*visits, clinic=2), **how)

    assert sorted(until("09:25").times.values()) == ["09:00", "09:15"]
    assert len(until("09:20").unplaced) == 1
    bait = until("09:20", without="staff_once")
    assert bait.unplaced == []
    assert bait.broken == {"staff_once"}


def test_trap_somebody_without_the_skill(tiny, solve):
    # AS1 is free on Tuesday and not skilled; AS2 is, and works from Wednesday on.
    wire = tiny.procedure("WIRE", "A30", skill="wire")
    later = tuple(Shift(weekday=day, start="08:00", end="17:00") for day in ("wed", "thu"))
    staff = (
        tiny.person("DR1", "doctor"),
        tiny.person("AS1"),
        tiny.person("AS2", "assistant", "wire", shifts=later),
        tiny.person("AS3", shifts=later),
    )
    problem = tiny.problem(tiny.visit("V1", "WIRE"), procedures=[wire], staff=staff)
    ruled = solve(problem, days=2)
    assert {segment.staff for segment in ruled.schedule.placements[0].segments} == {"AS2"}
    bait = solve(problem, days=2, without="staff_once")
    assert bait.quanta("overdue_days") == 0
    assert bait.broken == {"staff_once"}
