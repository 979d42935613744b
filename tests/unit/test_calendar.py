"""Who and what is there when. 3 March 2026 is a Tuesday, 8 March the change to summer time."""

import datetime as dt

import pytest

from engine.practice import (
    BlockKind,
    Chair,
    ChairBlock,
    ChairKind,
    Closure,
    ModelDay,
    ModelDayDate,
    OpenHours,
    Shift,
    StaffBlock,
    Weekday,
)
from engine.practice.calendar import (
    in_office_intervals,
    is_open,
    model_day_on,
    open_intervals,
    present_intervals,
    usable_intervals,
    working_days_between,
)

TUESDAY, WEDNESDAY, SUNDAY = dt.date(2026, 3, 3), dt.date(2026, 3, 4), dt.date(2026, 3, 8)
# 08:00 = 480, 12:00 = 720, 13:00 = 780, 17:00 = 1020.


def span(start, end):
    return {"start": dt.time.fromisoformat(start), "end": dt.time.fromisoformat(end)}


def hours(start, end, **when):
    return OpenHours(**span(start, end), **when)


def block(kind, *staff, times=None, dates=(TUESDAY,), **when):
    clock = span(*times) if times else {}
    return StaffBlock(kind=kind, staff=staff, dates=dates, **clock, **when)


def there(tiny, *blocks, day=TUESDAY, person=None):
    person = person or tiny.person("AS1")
    practice = tiny.practice(staff=(person,), staff_blocks=blocks)
    return present_intervals(practice, person, day)


def test_open_on_weekdays(tiny):
    practice = tiny.practice()
    assert open_intervals(practice, TUESDAY) == ((480, 1020),)
    assert open_intervals(practice, dt.date(2026, 3, 7)) == ()
    assert is_open(practice, TUESDAY)
    assert not is_open(practice, SUNDAY)


def test_dated_hours_replace_the_weekly_ones(tiny):
    practice = tiny.practice(
        hours=(
            hours("08:00", "12:00", weekday=Weekday.TUE),
            hours("13:00", "17:00", weekday=Weekday.TUE),
            hours("10:00", "14:00", date=TUESDAY),
        )
    )
    assert open_intervals(practice, TUESDAY) == ((600, 840),)
    assert open_intervals(practice, dt.date(2026, 3, 10)) == ((480, 720), (780, 1020))


def test_hours_that_touch_are_one_stretch(tiny):
    two = (
        hours("12:00", "17:00", weekday=Weekday.TUE),
        hours("08:00", "12:00", weekday=Weekday.TUE),
    )
    assert open_intervals(tiny.practice(hours=two), TUESDAY) == ((480, 1020),)


def test_closure_wins_over_dated_hours(tiny):
    practice = tiny.practice(
        hours=(hours("10:00", "14:00", date=TUESDAY),), closures=(Closure(date=TUESDAY),)
    )
    assert open_intervals(practice, TUESDAY) == ()


@pytest.mark.parametrize("day", [dt.date(2026, 3, 8), dt.date(2026, 11, 1)])
def test_clock_change_moves_nothing(tiny, day):
    # Nine o'clock is minute 540 on the days of 23 and of 25 hours too.
    sundays = tiny.practice(hours=(hours("09:00", "12:00", weekday=Weekday.SUN),))
    person = tiny.person("AS1", shifts=(Shift(weekday=Weekday.SUN, **span("08:30", "12:30")),))
    assert open_intervals(sundays, day) == ((540, 720),)
    assert present_intervals(sundays, person, day) == ((510, 750),)


def test_shift_of_the_weekday(tiny):
    assert there(tiny) == ((480, 1020),)
    assert there(tiny, day=SUNDAY) == ()


def test_dated_shifts_replace_the_weekly_ones(tiny):
    weekly = tiny.shifts("08:00", "17:00")
    dated = (
        Shift(date=TUESDAY, **span("09:00", "11:00")),
        Shift(date=TUESDAY, **span("14:00", "16:00")),
    )
    person = tiny.person("AS1", shifts=(*weekly, *dated))
    assert there(tiny, person=person) == ((540, 660), (840, 960))
    assert there(tiny, person=person, day=WEDNESDAY) == ((480, 1020),)


def test_lunch_cuts_the_shift(tiny):
    lunch = block(BlockKind.LUNCH, times=("12:00", "13:00"))
    assert there(tiny, lunch) == ((480, 720), (780, 1020))
    assert there(tiny, lunch, day=WEDNESDAY) == ((480, 1020),)


def test_blocks_over_each_other_and_over_the_border(tiny):
    # Huddle 07:45-08:15, meetings 11:00-12:30 and 12:00-13:00: there 08:15-11:00, 13:00-17:00.
    blocks = (
        block(BlockKind.HUDDLE, times=("07:45", "08:15")),
        block(BlockKind.MEETING, times=("11:00", "12:30")),
        block(BlockKind.MEETING, times=("12:00", "13:00")),
    )
    assert there(tiny, *blocks) == ((495, 660), (780, 1020))


def test_block_of_others_and_of_everybody(tiny):
    assert there(tiny, block(BlockKind.VACATION, "AS2")) == ((480, 1020),)
    assert there(tiny, block(BlockKind.VACATION, "AS2", "AS1")) == ()
    assert there(tiny, block(BlockKind.MEETING)) == ()


def test_block_on_weekdays(tiny):
    weekly = block(
        BlockKind.LUNCH, times=("12:00", "13:00"), dates=(), weekdays=(Weekday.TUE, Weekday.FRI)
    )
    assert there(tiny, weekly) == ((480, 720), (780, 1020))
    assert there(tiny, weekly, day=WEDNESDAY) == ((480, 1020),)


def test_block_with_one_time_reaches_to_the_border_of_the_day(tiny):
    early = StaffBlock(kind=BlockKind.ADMIN, dates=(TUESDAY,), end=dt.time(10))
    late = StaffBlock(kind=BlockKind.ADMIN, dates=(TUESDAY,), start=dt.time(15))
    assert there(tiny, early) == ((600, 1020),)
    assert there(tiny, late) == ((480, 900),)


@pytest.mark.parametrize(
    ("kind", "inside"),
    [
        (BlockKind.LUNCH, True),
        (BlockKind.HUDDLE, True),
        (BlockKind.MEETING, True),
        (BlockKind.ADMIN, True),
        (BlockKind.TRAINING, False),
        (BlockKind.VACATION, False),
    ],
)
def test_in_the_office_without_being_there_for_patients(tiny, kind, inside):
    doctor = tiny.person("DR1", "doctor")
    away = block(kind, "DR1", times=("12:00", "13:00"))
    practice = tiny.practice(staff=(doctor,), staff_blocks=(away,))
    parts = ((480, 720), (780, 1020))
    assert present_intervals(practice, doctor, TUESDAY) == parts
    assert in_office_intervals(practice, doctor, TUESDAY) == (((480, 1020),) if inside else parts)


def test_chair_is_usable_all_day_but_for_its_blocks(tiny):
    practice = tiny.practice()
    blocks = (
        ChairBlock(date=TUESDAY, **span("10:00", "11:00")),
        ChairBlock(date=WEDNESDAY),
    )
    chair = Chair(id="C1", kind=ChairKind.CLINIC, blocks=blocks)
    assert usable_intervals(practice, chair, TUESDAY) == ((0, 600), (660, 1440))
    assert usable_intervals(practice, chair, WEDNESDAY) == ()
    assert usable_intervals(practice, chair, SUNDAY) == ((0, 1440),)


def test_model_day_of_a_date(tiny):
    full, short = (ModelDay(id=name, title=name) for name in ("full", "short"))
    choices = (
        ModelDayDate(model_day="full", weekday=Weekday.TUE),
        ModelDayDate(model_day="short", date=TUESDAY),
        ModelDayDate(model_day="gone", weekday=Weekday.THU),
    )
    practice = tiny.practice(model_days=(full, short), model_day_dates=choices)
    assert model_day_on(practice, TUESDAY) is short
    assert model_day_on(practice, dt.date(2026, 3, 10)) is full
    assert model_day_on(practice, WEDNESDAY) is None
    assert model_day_on(practice, dt.date(2026, 3, 5)) is None


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ((2026, 3, 6), (2026, 3, 9), 1),  # Friday to Monday
        ((2026, 3, 6), (2026, 3, 8), 0),
        ((2026, 3, 2), (2026, 3, 6), 3),  # Wednesday is closed
        ((2026, 3, 3), (2026, 3, 4), 0),
        ((2026, 3, 3), (2026, 3, 3), 0),
        ((2026, 3, 6), (2026, 3, 2), 0),
        ((2026, 2, 27), (2026, 3, 9), 5),  # 2, 3, 5, 6 and 9 March
    ],
)
def test_working_days_between(tiny, first, second, days):
    practice = tiny.practice(closures=(Closure(date=WEDNESDAY),))
    assert working_days_between(practice, dt.date(*first), dt.date(*second)) == days
