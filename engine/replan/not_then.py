"""When a patient can come, without a time that was declined."""

from engine.practice import WEEKDAYS, ClockWindow
from engine.practice.base import ClockTime
from engine.units import MINUTES_PER_DAY, Interval, subtract, to_clock, to_minutes

ALWAYS = (ClockWindow(start=to_clock(0), end=to_clock(MINUTES_PER_DAY - 1)),)
"""What no windows at all stand for."""


def without_time(
    windows: tuple[ClockWindow, ...], weekday: int, declined: Interval
) -> tuple[ClockWindow, ...]:
    """The windows without a span of a weekday; no windows: the patient can always come.

    The span is left out on that weekday of every week: availability knows no dates, and who cannot
    come on a Tuesday at four seldom can a week later. An empty answer: nothing is left.
    """
    left: list[ClockWindow] = []
    for window in windows or ALWAYS:
        if not window.on(weekday):
            left.append(window)
            continue
        span = (to_minutes(window.start), to_minutes(window.end))
        pieces = subtract([span], [declined])
        if pieces == (span,):
            left.append(window)
            continue
        others = tuple(day for day in (window.weekdays or WEEKDAYS) if day is not WEEKDAYS[weekday])
        if others:
            left.append(window.model_copy(update={"weekdays": others}))
        left += [
            ClockWindow(weekdays=(WEEKDAYS[weekday],), start=_clock(start), end=_clock(end))
            for start, end in pieces
        ]
    return tuple(left)


def _clock(minute: int) -> ClockTime:
    return to_clock(min(minute, MINUTES_PER_DAY - 1))
