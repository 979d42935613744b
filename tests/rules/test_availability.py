"""`availability`: the whole visit inside one available time. ADJ takes 20 minutes."""

import pytest

from engine.practice import Weekday


def placed(tiny, start, *windows, date=None):
    problem = tiny.problem(tiny.visit("V1", availability=windows))
    placement = tiny.place("V1", start, date=date or tiny.tuesday)
    return tiny.rules(tiny.check(problem, placement))


@pytest.mark.parametrize(
    ("start", "broken"),
    [("13:55", True), ("14:00", False), ("15:40", False), ("15:45", True), ("16:00", True)],
)
def test_borders_of_a_window(tiny, start, broken):
    assert placed(tiny, start, tiny.window("14:00", "16:00")) == ["availability"] * broken


def test_none_given_is_any_time(tiny):
    assert placed(tiny, "08:00") == []


def test_turnover_may_reach_out_of_the_window(tiny):
    # 09:00-09:20, turnover until 09:25: the patient is gone by then.
    assert placed(tiny, "09:00", tiny.window("09:00", "09:20")) == []
    assert placed(tiny, "09:00", tiny.window("09:00", "09:19")) == ["availability"]


def test_one_of_several_windows(tiny):
    windows = (tiny.window("08:00", "09:00"), tiny.window("15:00", "16:00"))
    assert placed(tiny, "08:40", *windows) == []
    assert placed(tiny, "15:00", *windows) == []
    assert placed(tiny, "10:00", *windows) == ["availability"]


def test_windows_that_touch_are_two(tiny):
    windows = (tiny.window("14:00", "15:00"), tiny.window("15:00", "16:00"))
    assert placed(tiny, "14:40", *windows) == []
    assert placed(tiny, "14:50", *windows) == ["availability"]
    assert placed(tiny, "14:50", *windows[::-1]) == ["availability"]


def test_weekdays_of_a_window(tiny):
    window = tiny.window("08:00", "17:00", Weekday.TUE, Weekday.THU)
    assert placed(tiny, "09:00", window) == []
    assert placed(tiny, "09:00", window, date=tiny.thursday) == []
    assert placed(tiny, "09:00", window, date=tiny.wednesday) == ["availability"]


def test_wishes_do_not_bind(tiny):
    problem = tiny.problem(tiny.visit("V1", wishes=(tiny.window("15:00", "16:00"),)))
    assert tiny.check(problem, tiny.place("V1", "09:00")).ok


def test_kept_is_inherited_and_moved_is_not(tiny):
    window = (tiny.window("14:00", "16:00"),)
    problem = tiny.problem(tiny.booking("B1", "09:00", movable=True, availability=window))
    kept = tiny.check(problem, tiny.place("B1", "09:00"))
    assert kept.ok
    assert tiny.inherited(kept) == ["availability"]
    assert tiny.rules(tiny.check(problem, tiny.place("B1", "09:30"))) == ["availability"]
    assert tiny.check(problem, tiny.place("B1", "14:00")).ok


def test_trap_the_day_the_patient_cannot_come(tiny, solve):
    # Due on Tuesday, free on Wednesday from 09:00 to 09:20 only: ADJ (20) fits once, a day late.
    free = (tiny.window("09:00", "09:20", Weekday.WED),)
    problem = tiny.problem(tiny.visit("V1", availability=free))
    ruled = solve(problem, days=2)
    assert ruled.times == {"V1": "Wed 09:00"}
    assert ruled.quanta("overdue_days") == 1
    bait = solve(problem, days=2, without="availability")
    assert bait.quanta("overdue_days") == 0
    assert bait.broken == {"availability"}
