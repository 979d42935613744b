"""`due_window`: earliest and latest date, and nothing new before now."""

import datetime as dt

import pytest

NINE_ON_TUESDAY = dt.datetime(2026, 3, 3, 9, 0)


def on(tiny, date, **visit):
    problem = tiny.problem(tiny.visit("V1", **visit))
    return tiny.rules(tiny.check(problem, tiny.place("V1", "09:00", date=date)))


def test_earliest_date_itself_is_allowed(tiny):
    assert on(tiny, tiny.tuesday, earliest=tiny.tuesday) == []
    assert on(tiny, tiny.friday, earliest=tiny.tuesday) == []
    assert on(tiny, tiny.monday, earliest=tiny.tuesday) == ["due_window"]


def test_latest_date_itself_is_allowed(tiny):
    assert on(tiny, tiny.wednesday, latest=tiny.wednesday) == []
    assert on(tiny, tiny.monday, latest=tiny.wednesday) == []
    assert on(tiny, tiny.thursday, latest=tiny.wednesday) == ["due_window"]


def test_due_date_does_not_bind(tiny):
    assert on(tiny, tiny.friday, due=tiny.monday) == []
    assert on(tiny, tiny.monday, due=tiny.friday) == []


def test_window_that_is_empty(tiny):
    window = {"earliest": tiny.thursday, "latest": tiny.tuesday}
    assert on(tiny, tiny.wednesday, **window) == ["due_window", "due_window"]


@pytest.mark.parametrize(("start", "broken"), [("08:55", True), ("09:00", False), ("09:05", False)])
def test_nothing_new_before_now(tiny, start, broken):
    problem = tiny.problem(tiny.visit("V1"), as_of=NINE_ON_TUESDAY)
    report = tiny.check(problem, tiny.place("V1", start))
    assert tiny.rules(report) == ["due_window"] * broken


def test_yesterday_is_before_now_at_any_hour(tiny):
    problem = tiny.problem(tiny.visit("V1"), as_of=NINE_ON_TUESDAY)
    late = tiny.place("V1", "16:00", date=tiny.monday)
    assert tiny.rules(tiny.check(problem, late)) == ["due_window"]


def test_kept_booking_of_this_morning_stays(tiny):
    problem = tiny.problem(tiny.booking("B1", "08:30"), as_of=NINE_ON_TUESDAY)
    report = tiny.check(problem, tiny.place("B1", "08:30"))
    assert report.ok
    assert report.inherited == ()


def test_moved_booking_does_not_move_into_the_past(tiny):
    problem = tiny.problem(tiny.booking("B1", "10:00", movable=True), as_of=NINE_ON_TUESDAY)
    assert tiny.check(problem, tiny.place("B1", "09:00")).ok
    assert tiny.rules(tiny.check(problem, tiny.place("B1", "08:55"))) == ["due_window"]


def test_kept_booking_outside_its_dates_is_inherited(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", earliest=tiny.wednesday),
        tiny.booking("B2", "10:00", latest=tiny.monday),
        tiny.booking("B3", "11:00", latest=tiny.tuesday),
    )
    kept = [tiny.place("B1", "09:00"), tiny.place("B2", "10:00"), tiny.place("B3", "11:00")]
    report = tiny.check(problem, *kept)
    assert report.ok
    assert tiny.inherited(report) == ["due_window", "due_window"]


def test_trap_a_day_too_early(tiny, solve):
    # Due on Monday: every day counts, and Tuesday would save one, but Wednesday is the earliest.
    problem = tiny.problem(tiny.visit("V1", due=tiny.monday, earliest=tiny.wednesday))
    ruled = solve(problem, days=3)
    assert {placed.date for placed in ruled.schedule.placements} == {tiny.wednesday}
    assert ruled.quanta("overdue_days") == 2
    bait = solve(problem, days=3, without="due_window")
    assert bait.quanta("overdue_days") == 1
    assert bait.broken == {"due_window"}
