"""`required_doctor`: the doctor the patient must see."""

from engine.practice import BlockKind, Shift, StaffBlock


def seen(tiny, doctor, asked=None, text="A5 D5 A10", **changes):
    problem = tiny.problem(asked or tiny.visit("V1", required_doctor="DR2"), doctors=3, **changes)
    visit = next(iter(problem.all_visits))
    return tiny.check(problem, tiny.place(visit, "09:00", text, doctor=doctor))


def test_the_required_doctor(tiny):
    assert seen(tiny, "DR2").ok


def test_another_doctor(tiny):
    for other in ("DR1", "DR3"):
        report = seen(tiny, other)
        assert tiny.rules(report) == ["required_doctor"]
        assert (report.violations[0].found, report.violations[0].allowed) == (other, "DR2")


def test_no_doctor_required(tiny):
    assert seen(tiny, "DR3", tiny.visit("V1")).ok
    assert seen(tiny, "DR3", tiny.visit("V1", preferred_doctor="DR2")).ok


def test_visit_without_doctor_time(tiny):
    assert seen(tiny, None, tiny.visit("V1", "CLEAN", required_doctor="DR2"), "A10").ok


def test_every_piece_of_doctor_time(tiny):
    twice = tiny.procedure("TWO", "A5 D5 A10 D5 A5")
    visit = tiny.visit("V1", "TWO", required_doctor="DR2")
    text = "A5 D5 A10 D5 A5"
    assert seen(tiny, "DR2", visit, text, procedures=[twice]).ok
    assert tiny.rules(seen(tiny, "DR1", visit, text, procedures=[twice])) == [
        "required_doctor",
        "required_doctor",
    ]


def test_kept_booking_sees_another_only_while_the_required_one_is_not_free(tiny):
    booking = tiny.booking("B1", "09:00", required_doctor="DR2")
    assert tiny.rules(seen(tiny, "DR1", booking)) == ["required_doctor"]
    off = (StaffBlock(kind=BlockKind.VACATION, staff=("DR2",), dates=(tiny.tuesday,)),)
    report = seen(tiny, "DR1", booking, staff_blocks=off)
    assert report.ok
    assert tiny.inherited(report) == ["required_doctor"]


def test_kept_booking_without_the_required_doctor_goes_without(tiny):
    # DR1 and DR3 are free, but must not stand in: an inherited lack, not a violation.
    booking = tiny.booking("B1", "09:00", required_doctor="DR2")
    off = (StaffBlock(kind=BlockKind.VACATION, staff=("DR2",), dates=(tiny.tuesday,)),)
    report = seen(tiny, None, booking, staff_blocks=off)
    assert report.ok
    assert tiny.inherited(report) == ["doctor_once"]


def test_moved_booking_sees_the_required_doctor(tiny):
    booking = tiny.booking("B1", "10:00", required_doctor="DR2", movable=True)
    assert seen(tiny, "DR2", booking).ok
    assert tiny.rules(seen(tiny, "DR3", booking)) == ["required_doctor"]


def test_trap_the_other_doctor_is_free(tiny, solve):
    # DR2, whom V1 must see, comes on Wednesday; DR1 is there on Tuesday.
    later = (Shift(weekday="wed", start="09:00", end="17:00"),)
    staff = (
        tiny.person("DR1", "doctor"),
        tiny.person("DR2", "doctor", shifts=later),
        tiny.person("AS1"),
    )
    problem = tiny.problem(tiny.visit("V1", required_doctor="DR2"), staff=staff)
    ruled = solve(problem, days=2)
    assert {s.doctor for s in ruled.schedule.placements[0].segments} == {None, "DR2"}
    assert ruled.quanta("overdue_days") == 1
    bait = solve(problem, days=2, without="required_doctor")
    assert bait.quanta("overdue_days") == 0
    assert bait.broken == {"required_doctor"}
