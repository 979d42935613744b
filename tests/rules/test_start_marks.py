"""`start_marks`: starts on the practice's marks, borders on its grid."""

import pytest

from engine.practice import Weekday


def checked(tiny, start, **changes):
    problem = tiny.problem(tiny.visit("V1"), **changes)
    return tiny.rules(tiny.check(problem, tiny.place("V1", start)))


@pytest.mark.parametrize("start", ["08:00", "09:15", "09:30", "16:30"])
def test_quarter_hours(tiny, start):
    assert checked(tiny, start, start_mark_minutes=15) == []


@pytest.mark.parametrize("start", ["09:05", "09:10", "09:20", "09:50"])
def test_off_the_quarter_hours(tiny, start):
    assert checked(tiny, start, start_mark_minutes=15) == ["start_marks"]


def test_ten_minute_marks(tiny):
    assert checked(tiny, "09:20", start_mark_minutes=10) == []
    assert checked(tiny, "09:15", start_mark_minutes=10) == ["start_marks"]


def test_off_the_grid_is_also_off_the_marks(tiny):
    assert checked(tiny, "09:05") == []
    assert checked(tiny, "09:03") == ["start_marks", "start_marks"]
    assert checked(tiny, "09:04") == ["start_marks", "start_marks"]


def test_border_inside_the_visit_off_the_grid(tiny):
    # 09:00 is a mark, but 7 assistant minutes end at 09:07.
    odd = tiny.procedure("ODD", "A7 D5 A8")
    problem = tiny.problem(tiny.visit("V1", "ODD"), procedures=[odd])
    report = tiny.check(problem, tiny.place("V1", "09:00", "A7 D5 A8"))
    assert tiny.rules(report) == ["start_marks"]
    assert report.violations[0].found == "09:07"


def test_finer_grid_allows_the_border(tiny):
    odd = tiny.procedure("ODD", "A7 D5 A8")
    problem = tiny.problem(tiny.visit("V1", "ODD"), procedures=[odd], grid_minutes=1)
    assert tiny.check(problem, tiny.place("V1", "09:00", "A7 D5 A8")).ok


def test_kept_booking_off_the_marks_is_inherited(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:20"), start_mark_minutes=15)
    report = tiny.check(problem, tiny.place("B1", "09:20"))
    assert report.ok
    assert tiny.inherited(report) == ["start_marks"]


def test_moved_booking_starts_on_a_mark(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:20", movable=True), start_mark_minutes=15)
    assert tiny.check(problem, tiny.place("B1", "09:30")).ok
    assert tiny.rules(tiny.check(problem, tiny.place("B1", "09:25"))) == ["start_marks"]


def test_trap_between_the_marks(tiny, solve):
    # Marks at 09:00 and 09:15; the patient has 09:05-09:20, or Wednesday 09:15-09:25.
    free = (tiny.window("09:05", "09:20", Weekday.TUE), tiny.window("09:15", "09:25", Weekday.WED))
    problem = tiny.problem(tiny.visit("V1", "CLEAN", availability=free), start_mark_minutes=15)
    assert solve(problem, days=2).times == {"V1": "Wed 09:15"}
    bait = solve(problem, days=2, without="start_marks")
    assert bait.times["V1"] in {"09:05", "09:10"}
    assert bait.broken == {"start_marks"}
