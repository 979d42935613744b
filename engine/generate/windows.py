"""When patients can come, and when they would like to. Window edges lie on half hours."""

import datetime as dt
from collections.abc import Mapping

import numpy as np

from engine.generate.draws import chance, pick, whole
from engine.generate.masks import span
from engine.practice import WEEKDAYS, ClockWindow, Weekday
from engine.units import to_clock, to_minutes

_DAYS = WEEKDAYS[:5]
_EARLIEST, _LATEST = 7 * 60, 18 * 60 + 30

_SCHOOL = ((15 * 60, _LATEST), (14 * 60 + 30, _LATEST), (_EARLIEST, 9 * 60), (11 * 60, 13 * 60))
_GROWN_UP = (
    (_EARLIEST, 10 * 60),
    (_EARLIEST, 12 * 60),
    (11 * 60 + 30, 14 * 60),
    (16 * 60, _LATEST),
)


def _window(first: int, last: int, days: tuple[Weekday, ...] = ()) -> ClockWindow:
    return ClockWindow(weekdays=days, start=to_clock(first), end=to_clock(last))


def _some_days(rng: np.random.Generator, with_day: Weekday | None = None) -> tuple[Weekday, ...]:
    chosen = {_DAYS[int(i)] for i in rng.choice(5, size=whole(rng, 2, 3), replace=False)}
    if with_day is not None:
        chosen.add(with_day)
    return tuple(day for day in _DAYS if day in chosen)


def windows_around(
    rng: np.random.Generator, day: dt.date, start: int, end: int, at_school: bool
) -> tuple[ClockWindow, ...]:
    """Windows that hold [start, end) on that date: a usual one where it does, else one around."""
    usual = [w for w in (_SCHOOL if at_school else _GROWN_UP) if w[0] <= start and end <= w[1]]
    if usual and chance(rng, 0.7):
        first, last = pick(rng, usual)
    else:
        first = max(_EARLIEST, start // 30 * 30 - 30 * whole(rng, 0, 4))
        last = min(_LATEST, -(-end // 30) * 30 + 30 * whole(rng, 0, 4))
    weekday = WEEKDAYS[day.weekday()]
    days = _some_days(rng, weekday) if chance(rng, 0.5) else ()
    windows = [_window(first, last, days)]
    if chance(rng, 0.2):
        windows.append(draw_window(rng, at_school))
    return tuple(windows)


def draw_window(rng: np.random.Generator, at_school: bool) -> ClockWindow:
    """A window as people state them: after school, before work, some weekdays only."""
    if chance(rng, 0.3):
        return _window(_EARLIEST, _LATEST, _some_days(rng))
    first, last = pick(rng, _SCHOOL if at_school else _GROWN_UP, (0.5, 0.2, 0.15, 0.15))
    return _window(first, last, _some_days(rng) if chance(rng, 0.3) else ())


def windows_for(
    rng: np.random.Generator, possible: Mapping[int, int], minutes: int, at_school: bool
) -> tuple[ClockWindow, ...]:
    """Windows in which the visit can be given at all; none where no draw fits.

    `possible`: by weekday, the starts that the empty practice offers for it. At least an hour's
    worth of them has to be left, or the patient has said something the office cannot meet.
    """
    for _ in range(6):
        windows = [draw_window(rng, at_school)]
        if chance(rng, 0.25):
            windows.append(draw_window(rng, at_school))
        left = sum(
            (mask & _starts_in(windows, weekday, minutes)).bit_count()
            for weekday, mask in possible.items()
        )
        if left >= 12:
            return tuple(windows)
    return ()


def _starts_in(windows: list[ClockWindow], weekday: int, minutes: int) -> int:
    found = 0
    for window in windows:
        if window.on(weekday):
            found |= span(to_minutes(window.start), to_minutes(window.end) - minutes + 1)
    return found
