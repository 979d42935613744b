"""Times given to callers, laid over a schedule and into the book of its question."""

import datetime as dt

from engine.checker import check
from engine.filling.take_times import take_times
from engine.schedule import Hold


def held(visit, placement) -> Hold:
    return Hold(visit=visit, placement=placement, until=dt.datetime(2026, 1, 1))


def starts(schedule) -> dict[str, str]:
    return {one.visit: f"{one.start:%H:%M}" for one in schedule.placements}


def test_a_callers_time_is_booked_and_stays(tiny) -> None:
    problem = tiny.problem(tiny.visit("V1"))
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00"))
    caller = tiny.visit("NEW")
    question, found = take_times(problem, schedule, [held(caller, tiny.place("NEW", "10:00"))])
    assert starts(found) == {"V1": "09:00", "NEW": "10:00"}
    (booking,) = question.bookings
    assert (booking.visit, f"{booking.start:%H:%M}", booking.movable) == (caller, "10:00", False)
    assert [visit.id for visit in question.visits] == ["V1"]
    assert check(question, found).ok


def test_a_visit_gives_up_the_time_it_had(tiny) -> None:
    # V1 was proposed at 09:00, B1 is booked at 11:00; both were given another time since.
    problem = tiny.problem(tiny.visit("V1"), tiny.booking("B1", "11:00"))
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00"), tiny.place("B1", "11:00"))
    booked = problem.booking_of["B1"].visit
    given = [
        held(problem.visits[0], tiny.place("V1", "10:00")),
        held(booked, tiny.place("B1", "12:00")),
    ]
    question, found = take_times(problem, schedule, given)
    assert starts(found) == {"V1": "10:00", "B1": "12:00"}
    assert {name: f"{one.start:%H:%M}" for name, one in question.booking_of.items()} == {
        "V1": "10:00",
        "B1": "12:00",
    }
    assert question.visits == ()
    assert check(question, found).ok


def test_who_waited_waits_no_longer(tiny) -> None:
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"))
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00"))
    question, found = take_times(
        problem, schedule, [held(problem.visits[1], tiny.place("V2", "10:00"))]
    )
    assert (found.unplaced, found.displaced) == ((), ())
    assert check(question, found).ok


def test_without_times_nothing_is_made_anew(tiny) -> None:
    problem = tiny.problem(tiny.visit("V1"))
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00"))
    assert take_times(problem, schedule, []) == (problem, schedule)
