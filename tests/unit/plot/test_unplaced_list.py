"""The unplaced list."""

import datetime as dt

from engine.plot.unplaced_list import not_yet, unplaced_rows, window_text
from engine.practice import Clearance, Horizon
from engine.schedule import Schedule, Unplaced


def test_each_line_has_code_binding_window_and_numbers(tiny):
    visit = tiny.visit(
        "V1",
        "BOND",
        earliest=tiny.tuesday,
        latest=tiny.friday,
        availability=(tiny.window("15:00", "17:00", "mon", "tue"), tiny.window("08:00", "09:00")),
    )
    problem = tiny.problem(visit)
    schedule = Schedule(
        start=tiny.monday, days=5, unplaced=(Unplaced(visit="V1", reason="no-doctor-time"),)
    )
    (row,) = unplaced_rows(problem, schedule)
    assert (row.code, row.binding, row.minutes) == ("no-doctor-time", "doctor time", 75)
    assert row.window == "from Tue 3 Mar to Fri 6 Mar on mon tue 15:00–17:00 or 08:00–09:00"
    assert row.sentence == (
        f"BOND of 75 min, {row.window}: no start is left in these dates; what binds: doctor time."
    )


def test_a_sentence_that_was_explained_is_kept(tiny):
    problem = tiny.problem(tiny.visit("V1"))
    explained = Unplaced(visit="V1", reason="no-cell", sentence="All 3 cells are full.")
    (row,) = unplaced_rows(problem, Schedule(start=tiny.monday, days=5, unplaced=(explained,)))
    assert row.sentence == "All 3 cells are full."


def test_unknown_codes_are_shown_and_displaced_come_last(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", movable=True, due=dt.date(2026, 1, 1)),
        tiny.visit("V1", due=dt.date(2026, 3, 5)),
        tiny.visit("V2", due=dt.date(2026, 2, 5)),
    )
    schedule = Schedule(
        start=tiny.monday,
        days=5,
        unplaced=(Unplaced(visit="V1", reason="odd"), Unplaced(visit="V2", reason="odd")),
        displaced=("B1",),
    )
    rows = unplaced_rows(problem, schedule)
    assert [(row.visit, row.code) for row in rows] == [
        ("V2", "odd"),
        ("V1", "odd"),
        ("B1", "displaced"),
    ]
    assert "not named" in rows[0].sentence


def test_not_yet_is_about_dates_that_nobody_can_change(tiny):
    week = Horizon(start=tiny.monday, days=5)
    assert not_yet(tiny.visit("V", earliest=dt.date(2026, 3, 7)), week)
    assert not not_yet(tiny.visit("V", earliest=tiny.friday), week)
    # A lab item of Friday can be used from Saturday on.
    assert not_yet(tiny.visit("V", lab_ready=tiny.friday), week)
    assert not not_yet(tiny.visit("V", lab_ready=tiny.thursday), week)
    late = Clearance(kind="consent", expected=dt.date(2026, 3, 9))
    assert not_yet(tiny.visit("V", clearances=(late,)), week)
    assert not not_yet(tiny.visit("V", clearances=(Clearance(kind="consent"),)), week)


def test_no_window_says_so(tiny):
    assert window_text(tiny.visit("V1")) == "any date and time"
