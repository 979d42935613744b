"""`patient_once`: two visits of one patient never overlap. CLEAN takes 10 minutes."""

import pytest


def two(tiny, first, second, patients=("P1", "P1"), date=None, asked=None):
    """Two visits in two chairs with two assistants; both orders must say the same."""
    if asked is None:
        asked = [
            tiny.visit(f"V{n}", "CLEAN", patient=who) for n, who in enumerate(patients, start=1)
        ]
    problem = tiny.problem(*asked, clinic=2, assistants=2)
    names = [getattr(one, "visit", one).id for one in asked]
    placed = [
        tiny.place(names[0], first, "A10"),
        tiny.place(names[1], second, "A10", chair="C2", staff="AS2", date=date or tiny.tuesday),
    ]
    reports = [tiny.check(problem, *order) for order in (placed, placed[::-1])]
    assert tiny.rules(reports[0]) == tiny.rules(reports[1])
    return reports[0]


def test_from_one_chair_straight_to_the_next(tiny):
    assert two(tiny, "09:00", "09:10").ok
    assert two(tiny, "09:10", "09:00").ok


@pytest.mark.parametrize("second", ["08:55", "09:00", "09:05"])
def test_in_two_chairs_at_once(tiny, second):
    report = two(tiny, "09:00", second)
    assert tiny.rules(report) == ["patient_once"]
    assert "P1" in report.violations[0].sentence


def test_short_visit_inside_a_long_one(tiny):
    problem = tiny.problem(
        tiny.visit("V1", "BOND", patient="P1"),
        tiny.visit("V2", "CLEAN", patient="P1"),
        clinic=2,
        assistants=2,
    )
    long = tiny.place("V1", "09:00", "A25 D15 A35")
    short = tiny.place("V2", "09:50", "A10", chair="C2", staff="AS2")
    for order in ((long, short), (short, long)):
        assert tiny.rules(tiny.check(problem, *order)) == ["patient_once"]


def test_other_patient_and_other_date(tiny):
    assert two(tiny, "09:00", "09:00", ("P1", "P2")).ok
    assert two(tiny, "09:00", "09:00", date=tiny.wednesday).ok


def test_clash_of_the_book_is_inherited(tiny):
    booked = [
        tiny.booking("B1", "09:00", "C1", "CLEAN", patient="P1"),
        tiny.booking("B2", "09:05", "C2", "CLEAN", patient="P1"),
    ]
    report = two(tiny, "09:00", "09:05", asked=booked)
    assert report.ok
    assert tiny.inherited(report) == ["patient_once"]


def test_new_visit_beside_a_booking_of_the_patient(tiny):
    mixed = [
        tiny.booking("B1", "09:00", "C1", "CLEAN", patient="P1"),
        tiny.visit("V1", "CLEAN", patient="P1"),
    ]
    assert tiny.rules(two(tiny, "09:00", "09:05", asked=mixed)) == ["patient_once"]
    assert two(tiny, "09:00", "09:10", asked=mixed).ok


def test_trap_in_two_chairs_at_once(tiny, solve):
    # 10 and 20 minutes of one patient need 30, in two chairs as well.
    def until(end, **how):
        own = {"availability": (tiny.window("09:00", end),), "patient": "P1"}
        visits = (tiny.visit("V1", "CLEAN", **own), tiny.visit("V2", "ADJ", **own))
        return solve(tiny.problem(*visits, clinic=2, assistants=2), **how)

    assert until("09:30").unplaced == []
    assert until("09:25").unplaced == ["V1"]  # the shorter one has less to lose
    bait = until("09:25", without="patient_once")
    assert bait.unplaced == []
    assert bait.broken == {"patient_once"}


def test_trap_beside_a_frozen_booking(tiny, solve):
    # B1 09:00-09:20; V1 has 09:15-09:30 on Tuesday, of which the patient is free from 09:20 on.
    def window(end, **how):
        free = (tiny.window("09:15", end),)
        visit = tiny.visit("V1", "CLEAN", patient="P1", availability=free)
        booked = tiny.booking("B1", "09:00", patient="P1")
        return solve(tiny.problem(booked, visit, clinic=2, assistants=2), **how)

    assert window("09:30").times["V1"] == "09:20"
    assert window("09:25").unplaced == ["V1"]
    bait = window("09:25", without="patient_once")
    assert bait.times["V1"] == "09:15"
    assert bait.broken == {"patient_once"}
