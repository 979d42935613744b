"""What is booked beside a block binds the visits in it. Monday is 2 March 2026; closed Sat, Sun."""

import datetime as dt

import pytest

from engine.filling.block_order import BlockOrder, staying
from engine.practice import Follows, Horizon

MARCH_18 = dt.date(2026, 3, 18)
"""Wednesday of the third week."""


def bound(tiny, visit, *bookings, days=21):
    """(earliest, latest) of the visit in the first two weeks."""
    order = BlockOrder(tiny.problem(visit, *bookings), Horizon(start=tiny.monday, days=days))
    beside = order.beside(bookings, Horizon(start=tiny.monday, days=14))
    now = order.bind(visit, beside)
    return now.earliest, now.latest


@pytest.mark.parametrize(
    ("gap", "earliest", "latest"),
    [
        ({}, None, MARCH_18),  # on its date the minutes decide, and that date is another block's
        ({"min_days": 14}, None, dt.date(2026, 3, 4)),
        ({"max_days": 8}, dt.date(2026, 3, 10), MARCH_18),
        ({"min_days": 3, "max_days": 8}, dt.date(2026, 3, 10), dt.date(2026, 3, 15)),
        # Open days up to the 18th: 18, 17, 16 after Sunday the 15th, and the 13th after the 12th.
        ({"min_working_days": 3}, None, dt.date(2026, 3, 15)),
        ({"min_working_days": 4}, None, dt.date(2026, 3, 12)),
    ],
)
def test_a_visit_is_given_in_time_for_the_booking_that_follows(tiny, gap, earliest, latest):
    then = tiny.booking("THEN", "09:00", date=MARCH_18, follows=(Follows(visit="V", **gap),))
    assert bound(tiny, tiny.visit("V"), then) == (earliest, latest)


def test_own_dates_stay_where_they_are_narrower(tiny):
    gap = {"min_days": 3, "max_days": 8}  # 10 to 15 March
    then = tiny.booking("THEN", "09:00", date=MARCH_18, follows=(Follows(visit="V", **gap),))
    inside = {"earliest": dt.date(2026, 3, 11), "latest": dt.date(2026, 3, 12)}
    assert bound(tiny, tiny.visit("V", **inside), then) == tuple(inside.values())


def test_bookings_in_the_block_and_outside_the_horizon_bind_nothing(tiny):
    for date in (dt.date(2026, 3, 13), dt.date(2026, 3, 23), dt.date(2026, 2, 27)):
        then = tiny.booking("THEN", "09:00", date=date, follows=(Follows(visit="V"),))
        assert bound(tiny, tiny.visit("V"), then) == (None, None)


def test_a_visit_comes_soon_after_a_booking_on_other_dates(tiny):
    first = tiny.booking("FIRST", "09:00", date=dt.date(2026, 2, 27))
    soon = (Follows(visit="FIRST", min_days=2, max_days=7),)
    found = bound(tiny, tiny.visit("V", follows=soon), first)
    assert found == (dt.date(2026, 3, 1), dt.date(2026, 3, 6))


def test_a_booking_that_another_follows_elsewhere_stays(tiny):
    first = tiny.booking("FIRST", "09:00", movable=True)
    other = tiny.booking("OTHER", "10:00", movable=True)
    then = tiny.booking("THEN", "09:00", date=MARCH_18, follows=(Follows(visit="FIRST"),))
    order = BlockOrder(tiny.problem(first, other, then), Horizon(start=tiny.monday, days=21))
    beside = order.beside((first, other, then), Horizon(start=tiny.monday, days=14))
    assert not staying(first, beside).movable
    assert staying(other, beside) is other
