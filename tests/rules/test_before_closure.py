"""`before_closure`: nothing delicate in the last days before a closure. Friday 6 March is one."""

import datetime as dt

import pytest

from engine.practice import Closure, Weekday

FRIDAY = dt.date(2026, 3, 6)


def careful(tiny, days: int, *asked, **changes):
    bond = tiny.procedure("CLEAN", "A10", days_before_closure=days)
    closures = (Closure(date=FRIDAY, reason="course"),)
    return tiny.problem(*asked, procedures=[bond], closures=closures, **changes)


@pytest.mark.parametrize(
    ("days", "day", "broken"),
    [
        (2, 3, False),  # Tuesday: three days before
        (2, 4, True),  # Wednesday: two
        (2, 5, True),  # Thursday: one
        (1, 4, False),
        (1, 5, True),
        (0, 5, False),  # the procedure does not mind
    ],
)
def test_days_are_counted_back_from_the_closure(tiny, days, day, broken):
    problem = careful(tiny, days, tiny.visit("V1", "CLEAN"))
    report = tiny.check(problem, tiny.place("V1", "09:00", "A10", date=dt.date(2026, 3, day)))
    assert tiny.rules(report) == ["before_closure"] * broken


def test_after_the_closure_nothing_is_barred(tiny):
    problem = careful(tiny, 5, tiny.visit("V1", "CLEAN"))
    monday = dt.date(2026, 3, 9)
    placed = tiny.place("V1", "09:00", "A10", date=monday)
    assert tiny.check(problem, placed, start=tiny.monday, days=12).ok


def test_a_booking_there_is_inherited(tiny):
    booking = tiny.booking("B1", "09:00", procedure="CLEAN", date=dt.date(2026, 3, 5))
    problem = careful(tiny, 1, booking)
    placed = tiny.place("B1", "09:00", "A10", date=dt.date(2026, 3, 5))
    report = tiny.check(problem, placed)
    assert report.ok
    assert tiny.inherited(report) == ["before_closure"]


def test_trap_the_day_before_the_closure(tiny, solve):
    # The patient can come on Wednesday (two days before the closure) or, later, on the next Monday;
    # due on Tuesday, Wednesday is one day late and Monday six.
    free = (
        tiny.window("09:00", "09:10", Weekday.WED),
        tiny.window("09:00", "09:10", Weekday.MON),
    )
    asked = tiny.visit("V1", "CLEAN", availability=free)
    problem = careful(tiny, 2, asked, as_of=dt.datetime(2026, 3, 3, 7, 0))
    assert solve(problem, days=7).times == {"V1": "Mon 09:00"}
    bait = solve(problem, days=7, without="before_closure")
    assert bait.times == {"V1": "Wed 09:00"}
    assert bait.broken == {"before_closure"}
