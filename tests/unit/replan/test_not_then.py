"""A declined time leaves the windows, on its weekday alone."""

import datetime as dt

from engine.practice import Weekday
from engine.replan.not_then import without_time

TUESDAY = 1
NINE = (540, 560)


def text(windows) -> list[str]:
    return [
        f"{'/'.join(one.weekdays) or 'all'} {one.start:%H:%M}-{one.end:%H:%M}" for one in windows
    ]


def test_from_any_time(tiny) -> None:
    assert text(without_time((), TUESDAY, NINE)) == [
        "mon/wed/thu/fri/sat/sun 00:00-23:59",
        "tue 00:00-09:00",
        "tue 09:20-23:59",
    ]


def test_inside_a_window_of_several_weekdays(tiny) -> None:
    window = tiny.window("08:00", "12:00", Weekday.TUE, Weekday.WED)
    assert text(without_time((window,), TUESDAY, NINE)) == [
        "wed 08:00-12:00",
        "tue 08:00-09:00",
        "tue 09:20-12:00",
    ]


def test_other_windows_stay_as_they_are(tiny) -> None:
    windows = (tiny.window("09:00", "12:00", Weekday.WED), tiny.window("15:00", "17:00"))
    assert without_time(windows, TUESDAY, NINE) == windows


def test_nothing_is_left(tiny) -> None:
    assert without_time((tiny.window("09:00", "09:20", Weekday.TUE),), TUESDAY, NINE) == ()
    (rest,) = without_time((tiny.window("09:00", "09:25", Weekday.TUE),), TUESDAY, NINE)
    assert (rest.start, rest.end) == (dt.time(9, 20), dt.time(9, 25))
