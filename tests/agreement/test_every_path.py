"""Whole fills with every search path forced in turn: judged, bounded, no worse than known-good.

Two workers, so that a date of the dive is solved by two programs side by side.
"""

import pytest
from forced_paths import FORCED, force
from random_days import drawn_day
from sound_fill import assert_sound, points

from engine.filling.fill import FillSettings
from engine.generate import generate

SETTINGS = FillSettings(time_limit=30.0, gap=-1.0, workers=2, reproducible=True)
"""A gap that nobody reaches: no stage is left out because enough is proven."""
QUICK = [(True, ()), (True, ("dear",)), (False, ("bands",)), (False, ("spread",))]


def assert_every_day_sound(tiny, ways, seeds, *, clashing: bool) -> None:
    for seed in seeds:
        assert_sound(*drawn_day(tiny, seed, clashing=clashing), SETTINGS)


def assert_gone(ways, dive, paths) -> None:
    """The ways that were asked for, and no other."""
    assert set(ways.opened) == set(paths)
    assert bool(ways.raced) is dive


@pytest.mark.parametrize(("dive", "paths"), FORCED)
def test_random_days(tiny, monkeypatch, dive, paths) -> None:
    """The third of them has two dates, for windows over several."""
    ways = force(monkeypatch, dive, paths)
    assert_every_day_sound(tiny, ways, range(1000, 1003), clashing=False)
    assert_gone(ways, dive, paths)


@pytest.mark.long
@pytest.mark.parametrize("clashing", [False, True])
@pytest.mark.parametrize(("dive", "paths"), FORCED)
def test_many_random_days(tiny, monkeypatch, dive, paths, clashing) -> None:
    ways = force(monkeypatch, dive, paths)
    assert_every_day_sound(tiny, ways, range(1003, 1009), clashing=clashing)
    assert_gone(ways, dive, paths)


def assert_no_worse_than_planted(monkeypatch, profile, visits, booked, seed, dive, paths) -> None:
    """The planted schedule is one that the fill could find, and that its bound is about."""
    made = generate(profile, visits, seed, planted=True, booked_share=booked)
    assert made.planted_schedule is not None
    planted = points(made.problem, made.planted_schedule)
    ways = force(monkeypatch, dive, paths, few=250)
    result = assert_sound(made.problem, made.horizon, SETTINGS)
    assert result.objective <= planted
    assert result.bound is None or result.bound <= planted
    assert_gone(ways, dive, paths)
    assert (max(ways.raced, default=0) == 2) is dive


@pytest.mark.parametrize(("dive", "paths"), QUICK)
def test_a_planted_week(monkeypatch, dive, paths) -> None:
    assert_no_worse_than_planted(monkeypatch, "one-doctor", 14, 0.3, 31, dive, paths)


@pytest.mark.long
@pytest.mark.parametrize(
    ("profile", "visits", "booked", "seed"),
    [("one-doctor", 24, 0.0, 34), ("two-doctor", 24, 0.4, 33)],
)
@pytest.mark.parametrize(("dive", "paths"), FORCED)
def test_planted_weeks(monkeypatch, profile, visits, booked, seed, dive, paths) -> None:
    assert_no_worse_than_planted(monkeypatch, profile, visits, booked, seed, dive, paths)
