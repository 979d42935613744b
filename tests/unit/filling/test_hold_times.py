"""Times of a schedule as bookings: pinned ones frozen, others movable within a budget."""

import pytest

from engine.filling.hold_times import hold_times
from engine.problems import PracticeProblemsError


def test_pins_are_frozen_and_the_rest_still_waits(tiny) -> None:
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"))
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00"), tiny.place("V2", "10:00"))
    held = hold_times(problem, schedule, {"V1"})
    assert [(one.visit.id, f"{one.start:%H:%M}", one.movable) for one in held.bookings] == [
        ("V1", "09:00", False)
    ]
    assert [visit.id for visit in held.visits] == ["V2"]
    assert held.policy.max_moves is None


def test_with_a_budget_the_others_are_movable_bookings(tiny) -> None:
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"), tiny.visit("V3"))
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00"), tiny.place("V2", "10:00"))
    held = hold_times(problem, schedule, {"V1"}, max_moves=1)
    assert {one.visit.id: one.movable for one in held.bookings} == {"V1": False, "V2": True}
    assert [visit.id for visit in held.visits] == ["V3"]
    assert held.policy.max_moves == 1


def test_a_pinned_movable_booking_is_frozen_where_the_schedule_has_it(tiny) -> None:
    problem = tiny.problem(tiny.booking("B1", "09:00", movable=True))
    schedule = tiny.schedule(problem, tiny.place("B1", "11:00"))
    (held,) = hold_times(problem, schedule, {"B1"}).bookings
    assert (f"{held.start:%H:%M}", held.movable) == ("11:00", False)


def test_every_pin_without_a_time_is_named(tiny) -> None:
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"))
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00"))
    with pytest.raises(PracticeProblemsError) as refused:
        hold_times(problem, schedule, {"V1", "V2", "V9"})
    assert [fault.code for fault in refused.value.problems] == ["pin-without-time"] * 2
