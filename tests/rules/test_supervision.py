"""`supervision`: a doctor in the office all through the visit. CLEAN: 10 minutes, no doctor."""

import pytest

from engine.practice import BlockKind, Shift, StaffBlock, Supervision, Weekday


def supervised(tiny, start, *shifts, asked=None, **changes):
    """CLEAN with doctors on the given shifts; the assistant is there all day."""
    doctors = tuple(
        tiny.person(f"DR{number}", "doctor", shifts=tiny.shifts(*shift))
        for number, shift in enumerate(shifts, start=1)
    )
    staff = (*doctors, tiny.person("AS1"))
    problem = tiny.problem(asked or tiny.visit("V1", "CLEAN"), staff=staff, **changes)
    visit = next(iter(problem.all_visits))
    return tiny.check(problem, tiny.place(visit, start, "A10"))


@pytest.mark.parametrize(
    ("start", "broken"),
    [("08:55", True), ("09:00", False), ("11:50", False), ("11:55", True), ("12:00", True)],
)
def test_while_the_doctor_is_in(tiny, start, broken):
    report = supervised(tiny, start, ("09:00", "12:00"))
    assert tiny.rules(report) == ["supervision"] * broken


def test_doctors_relieve_each_other(tiny):
    assert supervised(tiny, "11:55", ("09:00", "12:00"), ("12:00", "15:00")).ok
    gap = supervised(tiny, "11:55", ("09:00", "12:00"), ("12:01", "15:00"))
    assert tiny.rules(gap) == ["supervision"]
    assert gap.violations[0].found == "12:00"
    assert supervised(tiny, "11:55", ("12:00", "15:00"), ("09:00", "12:00")).ok


@pytest.mark.parametrize(
    ("kind", "broken"),
    [
        (BlockKind.LUNCH, False),
        (BlockKind.MEETING, False),
        (BlockKind.ADMIN, False),
        (BlockKind.TRAINING, True),
        (BlockKind.VACATION, True),
    ],
)
def test_lunch_is_in_the_office_and_training_is_not(tiny, kind, broken):
    span = tiny.window("12:00", "13:00")
    block = StaffBlock(
        kind=kind, staff=("DR1",), dates=(tiny.tuesday,), start=span.start, end=span.end
    )
    report = supervised(tiny, "12:00", ("08:00", "17:00"), staff_blocks=(block,))
    assert tiny.rules(report) == ["supervision"] * broken


def test_general_supervision_needs_no_doctor_in_the_office(tiny):
    general = tiny.procedure("CLEAN", "A10", supervision=Supervision.GENERAL)
    assert supervised(tiny, "08:00", ("09:00", "12:00"), procedures=[general]).ok
    assert supervised(tiny, "08:00", procedures=[general]).ok


def test_no_doctor_at_all(tiny):
    assert tiny.rules(supervised(tiny, "09:00")) == ["supervision"]


def test_kept_is_inherited_and_moved_is_not(tiny):
    kept = supervised(
        tiny, "11:55", ("09:00", "12:00"), asked=tiny.booking("B1", "11:55", procedure="CLEAN")
    )
    assert kept.ok
    assert tiny.inherited(kept) == ["supervision"]
    movable = tiny.booking("B1", "11:55", procedure="CLEAN", movable=True)
    moved = supervised(tiny, "12:00", ("09:00", "12:00"), asked=movable)
    assert tiny.rules(moved) == ["supervision"]


def test_trap_before_the_doctor_comes(tiny, solve):
    # CLEAN needs no doctor time, but a doctor in the office: on Tuesday from 09:15 on.
    late = (Shift(date=tiny.tuesday, start="09:15", end="17:00"), *tiny.shifts())
    staff = (tiny.person("DR1", "doctor", shifts=late), tiny.person("AS1"))
    free = (tiny.window("09:00", "09:20", Weekday.TUE), tiny.window("09:00", "09:10", Weekday.WED))
    problem = tiny.problem(tiny.visit("V1", "CLEAN", availability=free), staff=staff)
    assert solve(problem, days=2).times == {"V1": "Wed 09:00"}
    bait = solve(problem, days=2, without="supervision")
    assert bait.quanta("overdue_days") == 0
    assert bait.broken == {"supervision"}
