"""Personal windows."""

import datetime as dt

import numpy as np

from engine.generate.masks import span
from engine.generate.windows import windows_around, windows_for
from engine.units import to_minutes

WEDNESDAY = dt.date(2026, 3, 11)


def test_a_planted_visit_lies_inside_its_first_window() -> None:
    rng = np.random.default_rng(3)
    for at_school in (True, False):
        for start in range(450, 1000, 35):
            window, *_ = windows_around(rng, WEDNESDAY, start, start + 40, at_school)
            assert window.on(WEDNESDAY.weekday())
            assert to_minutes(window.start) <= start
            assert start + 40 <= to_minutes(window.end)


def test_edges_lie_on_half_hours() -> None:
    rng = np.random.default_rng(4)
    for start in range(455, 1000, 35):
        for window in windows_around(rng, WEDNESDAY, start, start + 15, True):
            assert to_minutes(window.start) % 30 == 0
            assert to_minutes(window.end) % 30 == 0


def test_windows_leave_an_hour_of_possible_starts_or_are_left_out() -> None:
    marks = sum(1 << minute for minute in range(0, 1440, 5))
    morning = {2: span(480, 600) & marks}
    rng = np.random.default_rng(5)
    drawn = [windows_for(rng, morning, 75, at_school=True) for _ in range(60)]
    assert any(drawn)
    for windows in filter(None, drawn):
        starts = {
            start
            for window in windows
            if window.on(2)
            for start in range(480, 600, 5)
            if to_minutes(window.start) <= start and start + 75 <= to_minutes(window.end)
        }
        assert len(starts) >= 12
    assert windows_for(rng, {2: 0}, 75, at_school=True) == ()
