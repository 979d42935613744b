"""Minutes and clock times, worked out on paper; half-open intervals, both orders."""

import datetime as dt

import pytest

from engine.units import (
    absolute,
    clock_text,
    covers,
    exists_on,
    merge,
    overlap_minutes,
    overlaps,
    subtract,
    to_clock,
    to_minutes,
)


@pytest.mark.parametrize(
    ("clock", "minute"),
    [(dt.time(0, 0), 0), (dt.time(8, 5), 485), (dt.time(13, 0), 780), (dt.time(23, 59), 1439)],
)
def test_minutes_and_back(clock, minute):
    assert to_minutes(clock) == minute
    assert to_clock(minute) == clock
    assert clock_text(minute) == clock.strftime("%H:%M")


def test_end_of_the_day_has_a_text_but_no_clock_time():
    assert clock_text(1440) == "24:00"
    for minute in (1440, -1):
        with pytest.raises(ValueError, match=str(minute)):
            to_clock(minute)


# New York: on 8 March 2026 02:00 becomes 03:00; on 1 November 2026 02:00 becomes 01:00.
def test_practice_day_of_a_clock_change_is_what_the_wall_says():
    night = absolute(dt.date(2026, 3, 7), dt.time(8), "America/New_York")
    after = absolute(dt.date(2026, 3, 8), dt.time(8), "America/New_York")
    utc = dt.UTC
    assert after.astimezone(utc) - night.astimezone(utc) == dt.timedelta(hours=23)
    assert (after.hour, after.minute) == (8, 0)
    autumn = [
        absolute(dt.date(2026, *day), dt.time(8), "America/New_York").astimezone(utc)
        for day in ((10, 31), (11, 1))
    ]
    assert autumn[1] - autumn[0] == dt.timedelta(hours=25)


def test_clock_times_that_a_change_skips():
    spring = dt.date(2026, 3, 8)
    assert exists_on(spring, dt.time(1, 59), "America/New_York")
    assert not exists_on(spring, dt.time(2, 0), "America/New_York")
    assert not exists_on(spring, dt.time(2, 59), "America/New_York")
    assert exists_on(spring, dt.time(3, 0), "America/New_York")
    assert exists_on(spring, dt.time(2, 30), "America/Phoenix")
    assert exists_on(dt.date(2026, 3, 9), dt.time(2, 30), "America/New_York")
    assert not exists_on(dt.date(2026, 3, 29), dt.time(2, 30), "Europe/Berlin")


def test_clock_times_that_a_change_repeats_exist():
    assert exists_on(dt.date(2026, 11, 1), dt.time(1, 30), "America/New_York")


@pytest.mark.parametrize(
    ("a", "b", "minutes"),
    [
        ((540, 555), (555, 570), 0),  # touching
        ((540, 556), (555, 570), 1),
        ((540, 600), (550, 560), 10),  # inside
        ((540, 600), (540, 600), 60),
        ((540, 550), (560, 570), 0),
        ((540, 560), (540, 545), 5),
    ],
)
def test_overlaps_in_both_orders(a, b, minutes):
    for first, second in ((a, b), (b, a)):
        assert overlap_minutes(first, second) == minutes
        assert overlaps(first, second) == (minutes > 0)


def test_merge_joins_what_touches():
    assert merge([(600, 660), (480, 540), (540, 570)]) == ((480, 570), (600, 660))
    assert merge([(480, 600), (500, 520)]) == ((480, 600),)
    assert merge([(480, 480), (500, 490)]) == ()


@pytest.mark.parametrize(
    ("holes", "left"),
    [
        ([], ((480, 720),)),
        ([(540, 600)], ((480, 540), (600, 720))),
        ([(400, 480), (720, 800)], ((480, 720),)),  # touching takes nothing
        ([(400, 481), (719, 800)], ((481, 719),)),
        ([(480, 720)], ()),
        ([(600, 630), (500, 510), (505, 520)], ((480, 500), (520, 600), (630, 720))),
    ],
)
def test_subtract(holes, left):
    assert subtract([(480, 720)], holes) == left


def test_subtract_from_two_pieces_at_once():
    assert subtract([(480, 600), (660, 720)], [(590, 670)]) == ((480, 590), (670, 720))


def test_covers():
    shifts = [(480, 600), (600, 720)]
    assert covers(shifts, (480, 720))
    assert covers(shifts, (590, 610))
    assert not covers(shifts, (479, 500))
    assert not covers(shifts, (700, 721))
    assert not covers([(480, 600), (601, 720)], (590, 610))
    assert not covers([], (480, 481))
