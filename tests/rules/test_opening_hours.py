"""`opening_hours`: the visit, not its turnover, inside one open stretch of the date."""

import pytest

from engine.practice import Closure, OpenHours, Weekday


def hours(tiny, *spans, **when):
    """Open stretches, on Tuesdays unless `date` is given."""
    on = when or {"weekday": Weekday.TUE}
    windows = [tiny.window(start, end) for start, end in spans]
    return tuple(OpenHours(start=window.start, end=window.end, **on) for window in windows)


def open_for(tiny, start, *asked, **changes):
    """Everybody is there 07:00-18:00, so that only the patient hours bind. ADJ takes 20 minutes."""
    long = tiny.shifts("07:00", "18:00")
    staff = (tiny.person("DR1", "doctor", shifts=long), tiny.person("AS1", shifts=long))
    problem = tiny.problem(*(asked or (tiny.visit("V1"),)), staff=staff, **changes)
    return tiny.check(problem, tiny.place(next(iter(problem.all_visits)), start))


@pytest.mark.parametrize("start", ["08:00", "12:00", "16:40"])
def test_from_opening_to_closing(tiny, start):
    # 16:40-17:00; the turnover until 17:05 needs no open door.
    assert open_for(tiny, start).ok


@pytest.mark.parametrize("start", ["07:55", "16:45", "17:00"])
def test_before_opening_and_past_closing(tiny, start):
    assert tiny.rules(open_for(tiny, start)) == ["opening_hours"]


@pytest.mark.parametrize(
    ("start", "broken"),
    [("11:40", False), ("11:45", True), ("12:20", True), ("12:55", True), ("13:00", False)],
)
def test_lunch_hour_is_closed(tiny, start, broken):
    split = hours(tiny, ("08:00", "12:00"), ("13:00", "17:00"))
    assert tiny.rules(open_for(tiny, start, hours=split)) == ["opening_hours"] * broken


def test_stretches_that_touch_are_one(tiny):
    split = hours(tiny, ("08:00", "12:00"), ("12:00", "17:00"))
    assert open_for(tiny, "11:50", hours=split).ok


def test_closure_and_day_without_hours(tiny):
    closed = (Closure(date=tiny.tuesday, reason="holiday"),)
    report = open_for(tiny, "09:00", closures=closed)
    assert tiny.rules(report) == ["opening_hours"]
    assert report.violations[0].allowed == "closed"
    mondays = hours(tiny, ("08:00", "17:00"), weekday=Weekday.MON)
    assert tiny.rules(open_for(tiny, "09:00", hours=mondays)) == ["opening_hours"]


def test_dated_hours_replace_the_weekly_ones(tiny):
    both = (
        *hours(tiny, ("08:00", "17:00")),
        *hours(tiny, ("12:00", "18:00"), date=tiny.tuesday),
    )
    assert tiny.rules(open_for(tiny, "09:00", hours=both)) == ["opening_hours"]
    assert open_for(tiny, "17:30", hours=both).ok


def test_kept_is_inherited_and_moved_is_not(tiny):
    kept = open_for(tiny, "16:45", tiny.booking("B1", "16:45"))
    assert kept.ok
    assert tiny.inherited(kept) == ["opening_hours"]
    moved = open_for(tiny, "16:50", tiny.booking("B1", "16:45", movable=True))
    assert tiny.rules(moved) == ["opening_hours"]


def test_trap_past_closing_time(tiny, solve):
    # Free on Tuesday from 16:00: BOND takes 75 minutes, the doors close at 17:00, people stay.
    people = (("DR1", "doctor"), ("AS1", "assistant"))
    free = (tiny.window("16:00", "18:00", Weekday.TUE), tiny.window("09:00", "10:15", Weekday.WED))
    problem = tiny.problem(
        tiny.visit("V1", "BOND", availability=free),
        staff=tuple(tiny.person(*who, shifts=tiny.shifts("08:00", "18:00")) for who in people),
    )
    assert solve(problem, days=2).times == {"V1": "Wed 09:00"}
    bait = solve(problem, days=2, without="opening_hours")
    assert bait.quanta("overdue_days") == 0
    assert bait.broken == {"opening_hours"}
