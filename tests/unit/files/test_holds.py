"""A hold stands in the book while it is open. Now is Monday 2 March 2026, 07:00."""

import datetime as dt

import pytest

from engine.checker import check
from engine.files import held_times, read_holds, with_holds, write_holds
from engine.filling.by_hand import fill_by_hand
from engine.practice import Horizon
from engine.problems import PracticeProblemsError
from engine.schedule import Hold

UNTIL = dt.datetime(2026, 3, 2, 7, 15)
BEFORE, AFTER = dt.datetime(2026, 3, 2, 7, 14, 59), UNTIL


def held(tiny, visit, start: str = "09:00", chair: str = "C1") -> Hold:
    return Hold(visit=visit, placement=tiny.place(visit.id, start, chair=chair), until=UNTIL)


def test_open_it_is_a_frozen_booking_and_over_it_is_nothing(tiny):
    visit, other = tiny.visit("V1"), tiny.visit("V2")
    problem = tiny.problem(visit, other)
    hold = held(tiny, visit)
    book = with_holds(problem, [hold], BEFORE)
    (booking,) = book.bookings
    assert (booking.visit, booking.date, booking.start) == (visit, tiny.tuesday, dt.time(9))
    assert (booking.chair, booking.movable) == ("C1", False)
    assert book.visits == (other,)
    assert with_holds(problem, [hold], AFTER) is problem


def test_a_fill_leaves_the_time_to_the_caller(tiny):
    caller, visit = tiny.visit("call-1"), tiny.visit("V1", due=tiny.monday)
    problem = with_holds(tiny.problem(visit), [held(tiny, caller, "08:00")], BEFORE)
    horizon = Horizon(start=tiny.tuesday, days=1)
    schedule = fill_by_hand(problem, horizon)
    assert check(problem, schedule).ok
    assert schedule.placement_of["call-1"].start == dt.time(8)
    assert schedule.placement_of["V1"].start == dt.time(8, 25)


def test_a_visit_that_is_booked_at_the_held_time_needs_no_hold(tiny):
    problem = tiny.problem(tiny.booking("V1", "09:00"))
    assert with_holds(problem, [held(tiny, tiny.visit("V1"))], BEFORE) is problem


def test_of_a_booking_that_is_to_move_both_times_are_kept(tiny):
    problem = tiny.problem(tiny.booking("V1", "11:00", movable=True))
    hold = held(tiny, tiny.visit("V1", household="H1"))
    book = with_holds(problem, [hold], BEFORE)
    own, stand_in = book.bookings
    assert own == problem.bookings[0]
    assert (stand_in.visit.id, stand_in.start, stand_in.movable) == ("V1-held", dt.time(9), False)
    assert stand_in.visit.household is None
    (placed,) = held_times(book, [hold]).values()
    assert (placed.visit, placed.segments) == ("V1-held", hold.placement.segments)
    assert with_holds(problem, [hold], AFTER) is problem
    assert held_times(problem.model_copy(update={"as_of": AFTER}), [hold]) == {}


def test_every_fault_at_once(tiny):
    hold = held(tiny, tiny.visit("V1"), chair="C9")
    other = held(tiny, tiny.visit("V2", "NONE"))
    wrong = other.model_copy(update={"visit": tiny.visit("V3")})
    with pytest.raises(PracticeProblemsError) as caught:
        with_holds(tiny.problem(), [hold, hold, other, wrong], BEFORE)
    assert sorted(problem.code for problem in caught.value.problems) == [
        "duplicate-hold",
        "hold-of-another-visit",
        "hold-unknown-procedure",
        "hold-unknown-resource",
        "hold-unknown-resource",
    ]


def test_written_and_read_back(tiny, tmp_path):
    hold = held(tiny, tiny.visit("V1"))
    write_holds(tmp_path, [hold])
    assert read_holds(tmp_path) == (hold,)
    assert read_holds(tmp_path / "elsewhere") == ()
    (tmp_path / "holds.json").write_text('{"holds": [{"until": "soon"}]}', "utf-8")
    with pytest.raises(PracticeProblemsError) as caught:
        read_holds(tmp_path)
    assert len(caught.value.problems) == 3


def test_a_hold_ends_by_the_wall_clock(tiny):
    with pytest.raises(ValueError, match="local clock time"):
        Hold(
            visit=tiny.visit("V1"),
            placement=tiny.place("V1", "09:00"),
            until=dt.datetime(2026, 3, 2, 7, tzinfo=dt.UTC),
        )
