"""What a block of two weeks, of which the first is to be settled, is asked."""

import datetime as dt

import pytest

from engine.filling import sweep
from engine.filling.sweep import Sweep
from engine.practice import Follows, Horizon

MARCH_10, MARCH_24 = dt.date(2026, 3, 10), dt.date(2026, 3, 24)
"""Tuesdays of the second and the fourth week."""


@pytest.fixture(autouse=True)
def nobody_more(monkeypatch):
    """Only what is due, and kin: none of those who gain by coming early."""
    monkeypatch.setattr(sweep, "MORE_SHARE", 0.0)
    monkeypatch.setattr(sweep, "FEWEST_MORE", 0)


def asked(tiny, problem, *placed, displaced=(), first=True):
    """The question of the first block of four weeks, or of the second once `placed` is settled."""
    so_far = Sweep.begin(problem, Horizon(start=tiny.monday, days=28))
    start = tiny.monday
    if not first:
        week = Horizon(start=start, days=7)
        so_far.settle(tiny.schedule(problem, *placed, displaced=displaced), week)
        start = week.end
    return so_far.rest_of(Horizon(start=start, days=14), Horizon(start=start, days=7))


def ids(problem) -> set[str]:
    return {visit.id for visit in problem.visits}


def test_what_is_due_later_waits_for_its_block_unless_it_is_kin(tiny):
    problem = tiny.problem(
        tiny.visit("DUE", household="H", follows=(Follows(visit="BEFORE"),)),
        tiny.visit("BEFORE", due=MARCH_24, patient="P-DUE"),
        tiny.visit("SISTER", due=MARCH_24, household="H"),
        tiny.visit("LATER", due=MARCH_24),
    )
    assert ids(asked(tiny, problem)) == {"DUE", "BEFORE", "SISTER"}


def test_what_a_booking_of_the_block_follows_is_asked_for(tiny):
    after = (Follows(visit="BEFORE"),)
    problem = tiny.problem(
        tiny.visit("BEFORE", due=MARCH_24),
        tiny.booking("B", "09:00", date=MARCH_10, movable=True, follows=after),
    )
    assert ids(asked(tiny, problem)) == {"BEFORE"}


@pytest.mark.parametrize(("gap", "is_asked"), [({"max_days": 10}, True), ({"max_days": 20}, False)])
def test_what_must_soon_follow_a_settled_visit_is_asked_for(tiny, gap, is_asked):
    """Settled on 3 March; the second block ends on the 22nd, and the 13th lies in it."""
    problem = tiny.problem(
        tiny.visit("FIRST"),
        tiny.visit("THEN", due=MARCH_24, follows=(Follows(visit="FIRST", **gap),)),
    )
    found = asked(tiny, problem, tiny.place("FIRST", "09:00"), first=False)
    assert ids(found) == ({"THEN"} if is_asked else set())
    assert found.booking_of["FIRST"].date == tiny.tuesday


def test_a_visit_whose_time_for_a_later_booking_is_over_is_not_asked_for(tiny):
    """THEN follows A by a week. On Friday 6 March, in the first week, it is too late for A."""
    after = (Follows(visit="A", min_days=7),)
    problem = tiny.problem(
        tiny.visit("A"), tiny.booking("THEN", "09:00", date=MARCH_24, follows=after)
    )
    early = tiny.problem(
        tiny.visit("A"), tiny.booking("THEN", "09:00", date=tiny.friday, follows=after)
    )
    (visit,) = asked(tiny, problem, first=False).visits
    assert visit.latest == dt.date(2026, 3, 17)
    then = tiny.place("THEN", "09:00", date=tiny.friday)
    assert ids(asked(tiny, early)) == {"A"}  # in its own block the model sees the booking
    assert ids(asked(tiny, early, then, first=False)) == set()


def test_a_booking_that_must_not_be_lost_is_not_offered_for_moving(tiny):
    after = (Follows(visit="FIRST"),)
    problem = tiny.problem(
        tiny.booking("FIRST", "09:00", movable=True),
        tiny.booking("OTHER", "10:00", movable=True),
        tiny.booking("THEN", "09:00", date=MARCH_24, follows=after),
    )
    found = asked(tiny, problem).booking_of
    assert not found["FIRST"].movable
    assert found["OTHER"].movable
    assert found["OTHER"].visit.latest == dt.date(2026, 3, 8)  # the last date of its week


def test_moves_of_settled_weeks_count(tiny):
    policy = tiny.problem().policy.model_copy(update={"max_moves": 3})
    bookings = [
        tiny.booking("A", "09:00", movable=True),
        tiny.booking("B", "10:00", movable=True),
        tiny.booking("C", "11:00", movable=True),
    ]
    problem = tiny.problem(*bookings, policy=policy)
    placed = [
        tiny.place("A", "09:00", date=tiny.wednesday),
        tiny.place("B", "12:00"),
        tiny.place("C", "11:00"),
    ]
    assert asked(tiny, problem, *placed, first=False).policy.max_moves == 1
