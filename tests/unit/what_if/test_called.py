"""Whom a scenario takes the ground from: as few bookings as possible, each with another time."""

import pytest

from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.filling.fill import FillSettings, fill_days
from engine.practice import Confirmation, Follows, MoveCosts, Policy
from engine.what_if.figure_values import values_of
from engine.what_if.prepare import prepare

FILL = FillSettings(time_limit=5.0, workers=1, gap=0.0, reproducible=True)


def ready(base, asking, *changes):
    """The scenario, ready to be filled."""
    return prepare(base, asking.week, [asking.scenario(*changes)])[1]


CLOSED = {"kind": "day_closed", "weekdays": ["tue"]}


def test_a_closed_day_is_emptied_and_nothing_else(tiny, asking):
    base = tiny.problem(
        tiny.booking("B1", "09:00"),
        tiny.booking("B2", "10:00"),
        tiny.booking("B3", "09:00", date=tiny.wednesday),
    )
    scenario = ready(base, asking, CLOSED)
    assert sorted(scenario.called) == ["B1", "B2"]
    assert sorted(scenario.booked) == ["B1", "B2"]
    by_id = scenario.problem.booking_of
    assert all(
        by_id[visit].date != tiny.tuesday and by_id[visit].movable for visit in scenario.called
    )
    assert by_id["B3"] == base.booking_of["B3"]
    assert scenario.problem.visits == ()
    # The new book is a sound one.
    schedule = fill_by_hand(scenario.problem, asking.week)
    assert check(scenario.problem, schedule).ok
    assert check(scenario.problem, schedule).inherited == ()


@pytest.mark.parametrize("movable", ["B1", "B2"])
def test_of_two_at_once_the_movable_one_is_called_when_an_assistant_is_out(tiny, asking, movable):
    base = tiny.problem(
        tiny.booking("B1", "09:00", movable=movable == "B1"),
        tiny.booking("B2", "09:00", chair="C2", movable=movable == "B2"),
        tiny.booking("B3", "11:00"),
        clinic=2,
        assistants=2,
        doctors=2,
    )
    out = {"kind": "staff_out", "staff": ["AS2"], "weekdays": ["tue"]}
    assert tuple(ready(base, asking, out).called) == (movable,)
    later = {**out, "start": "09:25"}
    assert tuple(ready(base, asking, later).called) == ()


def test_who_lacks_two_things_is_one_call(tiny, asking):
    """An assistant and a doctor are out: one of the two patients can be served, by those left."""
    base = tiny.problem(
        tiny.booking("B1", "09:00"),
        tiny.booking("B2", "09:00", chair="C2"),
        clinic=2,
        assistants=2,
        doctors=2,
    )
    out = {"kind": "staff_out", "staff": ["AS2", "DR2"], "weekdays": ["tue"]}
    scenario = ready(base, asking, out)
    assert (len(scenario.called), scenario.calls_needed) == (1, 1)


def test_one_frozen_booking_is_called_rather_than_two_that_may_move(tiny, asking):
    """B1 09:00-09:25, B2 09:10-09:35, B3 09:30-09:55, turnover included, for the assistant who is
    left: without B2 the others follow one another."""
    base = tiny.problem(
        tiny.booking("B1", "09:00", movable=True),
        tiny.booking("B2", "09:10", chair="C2"),
        tiny.booking("B3", "09:30", movable=True),
        clinic=2,
        assistants=2,
        doctors=2,
    )
    out = {"kind": "staff_out", "staff": ["AS2"], "weekdays": ["tue"]}
    scenario = ready(base, asking, out)
    assert (tuple(scenario.called), scenario.calls_needed) == (("B2",), 1)


def test_of_two_at_once_the_cheaper_move_is_made(tiny, asking):
    """Both are frozen; B1's patient has said yes, which counts for two moves more."""
    policy = Policy(move_costs=MoveCosts(notice_days=0, confirmed=2))
    confirmed = tiny.booking("B1", "09:00").model_copy(
        update={"confirmation": Confirmation.CONFIRMED}
    )
    base = tiny.problem(
        confirmed,
        tiny.booking("B2", "09:00", chair="C2"),
        clinic=2,
        assistants=2,
        doctors=2,
        policy=policy,
    )
    out = {"kind": "staff_out", "staff": ["AS2"], "weekdays": ["tue"]}
    assert tuple(ready(base, asking, out).called) == ("B2",)


def test_a_call_counts_as_a_move_of_that_booking_does(tiny, asking):
    """Tuesday closes; B1 is confirmed (1 + 2 moves), B2 is not (1 move): 4 in all."""
    policy = Policy(move_costs=MoveCosts(notice_days=0, confirmed=2))
    confirmed = tiny.booking("B1", "09:00").model_copy(
        update={"confirmation": Confirmation.CONFIRMED}
    )
    base = tiny.problem(confirmed, tiny.booking("B2", "10:00"), policy=policy)
    scenario = ready(base, asking, CLOSED)
    result = fill_days(scenario.problem, asking.week, FILL)
    values = values_of(scenario, asking.week, result)
    assert values["moved_bookings"].value == 4
    assert values["bookings_called"].value == 2
    assert values["objective"].value == pytest.approx(
        sum(one.points for name, one in values.items() if one.points and name != "objective")
    )


def test_a_clash_that_was_there_before_is_none_of_the_scenario(tiny, asking):
    """One assistant and two bookings at once: whoever goes without did so before."""
    base = tiny.problem(
        tiny.booking("B1", "09:00"), tiny.booking("B2", "09:00", chair="C2"), clinic=2, doctors=2
    )
    wednesday = {"kind": "staff_out", "staff": ["AS1"], "weekdays": ["wed"]}
    assert tuple(ready(base, asking, wednesday).called) == ()
    tuesday = {"kind": "staff_out", "staff": ["AS1"], "weekdays": ["tue"]}
    assert sorted(ready(base, asking, tuesday).called) == ["B1", "B2"]


def test_without_a_doctor_only_what_needs_none_stays(tiny, asking):
    """CLEAN has no doctor time; under direct supervision it needs the doctor in the office."""
    base = tiny.problem(tiny.booking("B1", "09:00"), tiny.booking("B2", "10:00", procedure="CLEAN"))
    absent = {"kind": "doctor_absent", "weekdays": ["tue"]}
    assert sorted(ready(base, asking, absent).called) == ["B1", "B2"]
    assert tuple(ready(base, asking, {**absent, "in_office": True}).called) == ("B1",)


def test_a_vacation_calls_only_those_whom_no_other_can_serve(tiny, asking):
    alone = tiny.problem(tiny.booking("B1", "09:00"), tiny.booking("B2", "10:00"), doctors=2)
    vacation = {"kind": "vacation", "staff": ["DR2"], "weekdays": ["tue"]}
    assert tuple(ready(alone, asking, vacation).called) == ()
    both = {**vacation, "staff": ["DR1", "DR2"]}
    assert sorted(ready(alone, asking, both).called) == ["B1", "B2"]


def test_a_chair_that_closes_calls_nobody_while_another_is_free(tiny, asking):
    booked = (tiny.booking("B1", "09:00"), tiny.booking("B2", "09:00", chair="C2"))
    closed = {"kind": "chair_closed", "chairs": ["C1"], "weekdays": ["tue"]}
    roomy = tiny.problem(*booked, clinic=3, assistants=2, doctors=2)
    assert tuple(ready(roomy, asking, closed).called) == ()
    tight = tiny.problem(*booked, clinic=2, assistants=2, doctors=2)
    assert len(ready(tight, asking, closed).called) == 1


def test_whom_no_date_takes_any_more_is_left_out_and_counted(tiny, asking):
    """V1 can only come on Friday, and not later."""
    visit = tiny.visit("V1", earliest=tiny.friday, latest=tiny.friday)
    base = tiny.problem(visit, tiny.visit("V2"))
    scenario = ready(base, asking, {"kind": "day_closed", "weekdays": ["fri"]})
    assert [one.id for one in scenario.impossible] == ["V1"]
    assert [one.id for one in scenario.problem.visits] == ["V2"]


def test_whom_the_dates_do_not_take_stays_a_visit_to_place(tiny, asking):
    """B1 can only come on Tuesdays, so that a closed Tuesday leaves no time in this week."""
    window = tiny.window("08:00", "17:00", "tue")
    base = tiny.problem(tiny.booking("B1", "09:00", availability=(window,)))
    scenario = ready(base, asking, CLOSED)
    assert tuple(scenario.called) == ("B1",)
    assert scenario.booked == {}
    assert [visit.id for visit in scenario.problem.visits] == ["B1"]


def test_whoever_follows_a_visit_without_a_time_waits_for_it(tiny, asking):
    """B1 comes after V0, which nobody has booked yet: alone it could go nowhere."""
    after = (Follows(visit="V0"),)
    base = tiny.problem(
        tiny.booking("B1", "09:00", patient="P", follows=after), tiny.visit("V0", patient="P")
    )
    scenario = ready(base, asking, CLOSED)
    assert (tuple(scenario.called), scenario.booked, scenario.impossible) == (("B1",), {}, ())
    assert {visit.id for visit in scenario.problem.visits} == {"V0", "B1"}
    placed = fill_by_hand(scenario.problem, asking.week)
    assert set(placed.placement_of) == {"V0", "B1"}
    assert check(scenario.problem, placed).ok


def test_no_change_is_the_base_itself(tiny, asking):
    base = tiny.problem(tiny.visit("V1"))
    assert ready(base, asking).problem is base
