"""Who gains and who loses, with costs worked out on paper: a day overdue is 65 points."""

import pytest

from engine.practice import Horizon
from engine.result import Result, Status
from engine.what_if.who_changes import who_changes


def result(schedule) -> Result:
    return Result(status=Status.FEASIBLE, schedule=schedule, objective=0.0)


def test_times_that_move_are_worth_their_overdue_days(tiny, asking):
    """V1 goes from Tuesday to Thursday, V2 from Friday to Wednesday; both are due on Tuesday."""
    base = tiny.problem(tiny.visit("V1"), tiny.visit("V2"), tiny.visit("V3"))
    still = tiny.place("V3", "11:00")
    old = tiny.schedule(
        base, tiny.place("V1", "09:00"), tiny.place("V2", "09:00", date=tiny.friday), still
    )
    new = tiny.schedule(
        base,
        tiny.place("V1", "09:00", date=tiny.thursday),
        tiny.place("V2", "09:00", date=tiny.wednesday),
        still,
    )
    pair = result(old), result(new)
    found = {one.visit: one for one in who_changes(base, asking.week, [pair], pair, ())}
    assert set(found) == {"V1", "V2"}
    # Beside the overdue days only the chance of a miss changes, with the days ahead.
    assert found["V1"].points == pytest.approx(-2 * 65, abs=5)
    assert found["V2"].points == pytest.approx(2 * 65, abs=5)
    assert found["V1"].why == found["V2"].why == "overdue days"
    assert f"{found['V2'].before:%a} {found['V2'].after:%a}" == "Fri Wed"


def test_a_lost_time_is_a_booked_one_or_one_of_these_dates(tiny, asking):
    base = tiny.problem(tiny.booking("B1", "09:00"), tiny.visit("V1"))
    old = tiny.schedule(base, tiny.place("B1", "09:00"), tiny.place("V1", "10:00"))
    pair = result(old), result(tiny.schedule(base))
    found = {one.visit: one for one in who_changes(base, asking.week, [pair], pair, ["B1"])}
    assert found["B1"].points < -10_000_000
    assert (found["B1"].why, found["B1"].called) == ("a booked time", True)
    assert found["V1"].after is None
    # 520 for no time at all, and 65 for each day until it is realistic again, three weeks later.
    again = Horizon(start=asking.week.end, days=21).end
    overdue = (again - tiny.tuesday).days
    assert found["V1"].points == pytest.approx(-520 - 65 * overdue, abs=5)


def test_only_what_every_repeat_shows_is_sure(tiny, asking):
    base = tiny.problem(tiny.visit("V1"))
    early = result(tiny.schedule(base, tiny.place("V1", "09:00")))
    late = result(tiny.schedule(base, tiny.place("V1", "09:00", date=tiny.friday)))
    both = [(early, late), (early, late)]
    mixed = [(early, late), (late, early)]
    assert who_changes(base, asking.week, both, (early, late), ())[0].always
    assert not who_changes(base, asking.week, mixed, (early, late), ())[0].always


def test_a_visit_that_a_scenario_adds_is_nobodys_gain(tiny, asking):
    base = tiny.problem(tiny.visit("V1"))
    old = result(tiny.schedule(base, tiny.place("V1", "09:00")))
    both = tiny.place("V1", "09:00"), tiny.place("V1~more1", "10:00")
    new = result(tiny.schedule(base, *both))
    assert who_changes(base, asking.week, [(old, new)], (old, new), ()) == ()
