"""Figures of scenarios that are filled by hand: calls, lost times, visits that no date takes."""

import datetime as dt

import pytest

from engine.filling.by_hand import fill_by_hand
from engine.kpi import measure, objective_points
from engine.practice import Treatment
from engine.result import Result, Status
from engine.what_if.figure_values import values_of
from engine.what_if.prepare import Prepared, prepare


def by_hand(prepared: Prepared, week) -> Result:
    schedule = fill_by_hand(prepared.problem, week)
    kpis = measure(prepared.problem, schedule)
    return Result(
        status=Status.FEASIBLE, schedule=schedule, kpis=kpis, objective=objective_points(kpis)
    )


def test_calls_are_moves_and_a_lost_time_is_the_dearest(tiny, asking):
    """B1 gets another day; B2 can only come on Tuesday."""
    tuesdays = (tiny.window("08:00", "17:00", "tue"),)
    base = tiny.problem(
        tiny.booking("B1", "09:00"), tiny.booking("B2", "10:00", availability=tuesdays)
    )
    closed = asking.scenario({"kind": "day_closed", "weekdays": ["tue"]})
    ready = prepare(base, asking.week, [closed])[1]
    found = values_of(ready, asking.week, by_hand(ready, asking.week))
    assert found["moved_bookings"].value == 1
    assert found["displaced_bookings"].value == 1
    assert found["unplaced_visits"].value == 0
    assert found["bookings_called"].value == 2
    assert found["called_without_time"].value == 1
    assert found["calls"].value == 2
    priced = [one.points for name, one in found.items() if name != "objective" and one.points]
    assert found["objective"].value == pytest.approx(sum(priced))


def test_an_impossible_visit_counts_as_without_a_time(tiny, asking):
    visit = tiny.visit("V1", earliest=tiny.friday, latest=tiny.friday)
    base = tiny.problem(visit, tiny.visit("V2"))
    closed = asking.scenario({"kind": "day_closed", "weekdays": ["fri"]})
    before, after = prepare(base, asking.week, [closed])
    old = values_of(before, asking.week, by_hand(before, asking.week))
    new = values_of(after, asking.week, by_hand(after, asking.week))
    assert (old["unplaced_visits"].value, new["unplaced_visits"].value) == (0, 1)
    assert new["objective"].value > old["objective"].value + 520


def test_whom_no_date_takes_any_more_leaves_without_a_next_appointment(tiny, asking):
    """Of these in treatment, Friday closed leaves V1 no date; B1 and B2 are called, and only B2
    finds another time."""
    fridays = (tiny.window("08:00", "17:00", "fri"),)
    active = Treatment(
        started=dt.date(2025, 9, 1),
        original_ecd=dt.date(2026, 5, 29),
        current_ecd=dt.date(2026, 5, 29),
        remaining_visits=1,
    )
    base = tiny.problem(
        tiny.visit("V1", earliest=tiny.friday, latest=tiny.friday, treatment=active),
        tiny.visit("V2", treatment=active),
        tiny.booking("B1", "09:00", date=tiny.friday, availability=fridays),
        tiny.booking("B2", "10:00", date=tiny.friday, treatment=active),
    )
    closed = asking.scenario({"kind": "day_closed", "weekdays": ["fri"]})
    found = [
        values_of(one, asking.week, by_hand(one, asking.week))["patients_without_next"]
        for one in prepare(base, asking.week, [closed])
    ]
    assert [one.value for one in found] == [0, 2]


def test_who_is_called_and_placed_with_those_who_wait_is_one_call(tiny, asking):
    """B1 follows V0, which nobody has booked: the fill places both, and both are told once."""
    base = tiny.problem(
        tiny.booking("B1", "09:00", patient="P", follows=({"visit": "V0"},)),
        tiny.visit("V0", patient="P"),
    )
    closed = asking.scenario({"kind": "day_closed", "weekdays": ["tue"]})
    ready = prepare(base, asking.week, [closed])[1]
    found = values_of(ready, asking.week, by_hand(ready, asking.week))
    assert (ready.booked, found["bookings_called"].value) == ({}, 1)
    assert (found["visits_seen"].value, found["calls"].value) == (2, 2)


def test_fewer_patients_seen_are_not_better_for_being_missed_less(tiny, asking):
    base = tiny.problem(tiny.visit("V1"))
    prepared = prepare(base, asking.week, [])[0]
    found = values_of(prepared, asking.week, by_hand(prepared, asking.week))
    assert (found["expected_missed_visits"].wanted, found["visits_seen"].wanted) == (0, 1)
