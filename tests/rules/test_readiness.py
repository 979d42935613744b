"""`readiness`: the day after the lab item arrives, and with every clearance there."""

import datetime as dt

from engine.practice import Clearance, ClearanceKind


def on(tiny, date, **visit):
    problem = tiny.problem(tiny.visit("V1", **visit))
    return tiny.rules(tiny.check(problem, tiny.place("V1", "09:00", date=date)))


def clearance(kind="financial", **fields):
    return Clearance(kind=ClearanceKind(kind), **fields)


def test_from_the_day_after_the_lab_item_arrives(tiny):
    assert on(tiny, tiny.monday, lab_ready=tiny.tuesday) == ["readiness"]
    assert on(tiny, tiny.tuesday, lab_ready=tiny.tuesday) == ["readiness"]
    assert on(tiny, tiny.wednesday, lab_ready=tiny.tuesday) == []


def test_lab_item_long_in_house(tiny):
    assert on(tiny, tiny.monday, lab_ready=dt.date(2026, 2, 1)) == []


def test_from_the_day_a_clearance_is_expected(tiny):
    waiting = (clearance(expected=tiny.wednesday),)
    assert on(tiny, tiny.tuesday, clearances=waiting) == ["readiness"]
    assert on(tiny, tiny.wednesday, clearances=waiting) == []


def test_clearance_that_nobody_expects(tiny):
    assert on(tiny, tiny.friday, clearances=(clearance(),)) == ["readiness"]


def test_granted_clearance_needs_no_date(tiny):
    assert on(tiny, tiny.monday, clearances=(clearance(granted=True),)) == []
    granted = clearance(granted=True, expected=tiny.friday)
    assert on(tiny, tiny.monday, clearances=(granted,)) == []


def test_every_clearance_counts(tiny):
    three = (
        clearance("financial", granted=True),
        clearance("consent", expected=tiny.tuesday),
        clearance("referral", expected=tiny.thursday),
    )
    assert on(tiny, tiny.monday, clearances=three) == ["readiness", "readiness"]
    assert on(tiny, tiny.tuesday, clearances=three) == ["readiness"]
    assert on(tiny, tiny.thursday, clearances=three) == []


def test_kept_is_inherited_and_moved_is_not(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00", movable=True, lab_ready=tiny.tuesday))
    kept = tiny.check(problem, tiny.place("B1", "09:00"))
    assert kept.ok
    assert tiny.inherited(kept) == ["readiness"]
    assert tiny.rules(tiny.check(problem, tiny.place("B1", "10:00"))) == ["readiness"]
    assert tiny.check(problem, tiny.place("B1", "09:00", date=tiny.wednesday)).ok


def test_trap_the_day_the_lab_item_comes(tiny, solve):
    # In the house on Tuesday, usable from Wednesday on, and Thursday would be two days late.
    problem = tiny.problem(tiny.visit("V1", lab_ready=tiny.tuesday))
    ruled = solve(problem, days=3)
    assert {placed.date for placed in ruled.schedule.placements} == {tiny.wednesday}
    bait = solve(problem, days=3, without="readiness")
    assert {placed.date for placed in bait.schedule.placements} == {tiny.tuesday}
    assert bait.broken == {"readiness"}
