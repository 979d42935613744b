import datetime as dt

import pytest

from engine.filling.occupancy import Occupancy
from engine.filling.order_window import Seen, order_window
from engine.practice import Follows, Horizon
from engine.practice.calendar import OpenDays

TUESDAY, FRIDAY = dt.date(2026, 3, 3), dt.date(2026, 3, 6)
NEXT_MONDAY = dt.date(2026, 3, 9)
NINE, TEN, DAY = 540, 600, 1440


def window(tiny, before=(), after=(), day=TUESDAY):
    return order_window(OpenDays(tiny.practice()), before, after, day)


@pytest.mark.parametrize(
    ("fields", "day", "expected"),
    [
        ({}, dt.date(2026, 3, 2), (0, 0)),  # the day before
        ({}, TUESDAY, (TEN, DAY)),  # the same day, from its end on
        ({"min_minutes": 180}, TUESDAY, (TEN + 180, DAY)),
        ({"min_minutes": 180}, FRIDAY, (0, DAY)),  # minutes do not matter on later dates
        ({"min_days": 4}, FRIDAY, (0, 0)),  # Friday is three days later
        ({"min_days": 3}, FRIDAY, (0, DAY)),
        ({"min_working_days": 4}, FRIDAY, (0, 0)),  # Wednesday, Thursday, Friday
        ({"min_working_days": 4}, NEXT_MONDAY, (0, DAY)),  # the weekend does not count
        ({"max_days": 2}, FRIDAY, (0, 0)),
        ({"max_days": 3}, FRIDAY, (0, DAY)),
        ({"max_days": 0}, TUESDAY, (TEN, DAY)),
    ],
)
def test_after_a_visit_on_tuesday_from_nine_to_ten(tiny, fields, day, expected):
    before = [(Follows(visit="V1", **fields), Seen(TUESDAY, NINE, TEN))]
    assert window(tiny, before=before, day=day) == expected


def test_nothing_follows_a_visit_without_a_time(tiny):
    assert window(tiny, before=[(Follows(visit="V1"), None)]) == (0, 0)


@pytest.mark.parametrize(
    ("fields", "day", "expected"),
    [
        ({}, TUESDAY, (0, DAY)),
        ({}, FRIDAY, (0, NINE)),
        ({"min_minutes": 60}, FRIDAY, (0, NINE - 60)),
        ({}, NEXT_MONDAY, (0, 0)),
        ({"min_days": 4}, TUESDAY, (0, 0)),
        ({"max_days": 2}, TUESDAY, (0, 0)),
    ],
)
def test_before_a_visit_that_stands_on_friday_at_nine(tiny, fields, day, expected):
    after = [(Follows(visit="V1", **fields), Seen(FRIDAY, NINE, TEN))]
    assert window(tiny, after=after, day=day) == expected


def test_between_two_visits_of_the_same_day(tiny):
    before = [(Follows(visit="V1"), Seen(TUESDAY, NINE, TEN))]
    after = [(Follows(visit="V2", min_minutes=30), Seen(TUESDAY, 720, 750))]
    assert window(tiny, before=before, after=after) == (TEN, 690)
    early = [(Follows(visit="V2"), Seen(TUESDAY, NINE, TEN))]
    assert window(tiny, before=before, after=early) == (0, 0)


@pytest.mark.parametrize(
    ("booked", "as_of", "possible"),
    [
        (FRIDAY, dt.datetime(2026, 3, 2, 7), [False, False, True, False]),
        (NEXT_MONDAY, dt.datetime(2026, 3, 2, 7), [False, False, False, False]),
        # What was booked on Monday is over on Tuesday, and waits for nothing any more.
        (dt.date(2026, 3, 2), dt.datetime(2026, 3, 3, 7), [True, True, True, True]),
    ],
)
def test_a_booking_outside_the_dates_binds_the_visit_that_it_follows(tiny, booked, as_of, possible):
    # The dates that are looked at are Tuesday to Thursday and, later, the second Tuesday on.
    first = tiny.visit("V1")
    after = tiny.booking("B1", "09:00", date=booked, follows=(Follows(visit="V1", max_days=1),))
    problem = tiny.problem(first, after, as_of=as_of)
    early = Occupancy(problem, Horizon(start=TUESDAY, days=3))
    late = Occupancy(problem, Horizon(start=dt.date(2026, 3, 10), days=1))
    asked = [(early, dt.date(2026, 3, day)) for day in (3, 4, 5)] + [(late, dt.date(2026, 3, 10))]
    assert [len(book.feasible_starts(first, day)) > 0 for book, day in asked] == possible
