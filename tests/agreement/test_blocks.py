"""Weeks that are filled block by block are one schedule: every rule, every booking, one bound."""

import datetime as dt
from dataclasses import replace

import pytest

from engine.certificate.verify import verify
from engine.checker import check
from engine.filling import blocks, fill
from engine.filling.best_so_far import REFUSED
from engine.filling.fill import BROKEN_BOUND, FillSettings, fill_certified
from engine.generate import generate
from engine.generate.sample import rolling_book
from engine.practice import Horizon

SHORT = FillSettings(time_limit=12.0, workers=1, gap=0.0, reproducible=True)


def assert_whole(problem, horizon, result, certificate) -> None:
    """Checked, everything accounted for once, certified."""
    schedule = result.schedule
    assert schedule is not None
    assert check(problem, schedule).violations == ()
    asked = {visit.id for visit in problem.visits_for(horizon)}
    booked = {b.visit.id for b in problem.bookings if b.date in horizon}
    placed = {placement.visit for placement in schedule.placements}
    gone = {one.visit for one in schedule.unplaced}
    assert placed | gone | set(schedule.displaced) == asked | booked
    assert len(schedule.placements) == len(placed)
    assert certificate is not None
    assert verify(problem, schedule, certificate).failed == ()
    assert result.bound <= result.objective
    assert result.floor <= result.bound
    assert not [note for note in result.notes if note.startswith((REFUSED, BROKEN_BOUND))]
    # Not the schedule by hand, of which all this is true as well.
    assert "week by week" in {point.by for point in result.trace}


@pytest.mark.parametrize(
    ("days", "booked", "seed"),
    [
        pytest.param(21, 0.0, 11, marks=pytest.mark.long),
        (24, 0.5, 12),
        pytest.param(84, 0.4, 14, marks=pytest.mark.long),
    ],
)
def test_weeks_in_blocks(days, booked, seed) -> None:
    made = generate("one-doctor", 80, seed, weeks=max(4, days // 7), booked_share=booked)
    horizon = Horizon(start=made.horizon.start, days=days)
    assert_whole(made.problem, horizon, *fill_certified(made.problem, horizon, SHORT))


@pytest.mark.long
def test_twelve_weeks_find_the_weeks_in_which_they_are_due(tiny) -> None:
    """Two visits a week want the Tuesday's one chair; SHORT can only come from 08:00 to 08:20.

    By hand LONG, which is due a day earlier, is called first and takes 08:00, so that SHORT has no
    time. A day late costs LONG 65 points, no time at all costs 520: the best is LONG later on its
    Tuesday and SHORT at 08:00, week after week.
    """
    tuesdays = [tiny.tuesday + dt.timedelta(weeks=week) for week in range(12)]
    early = (tiny.window("08:00", "08:20"),)
    asked = []
    for week, day in enumerate(tuesdays):
        after = day + dt.timedelta(days=1)
        asked += [
            tiny.visit(f"LONG-{week}", earliest=day, due=day),
            tiny.visit(f"SHORT-{week}", earliest=day, latest=day, due=after, availability=early),
        ]
    problem, horizon = tiny.problem(*asked), Horizon(start=tiny.monday, days=84)
    result, certificate = fill_certified(problem, horizon, SHORT)
    assert_whole(problem, horizon, result, certificate)
    placed = {p.visit: (p.date, f"{p.start:%H:%M}") for p in result.schedule.placements}
    assert {visit.id for visit in asked} == placed.keys()
    for week, day in enumerate(tuesdays):
        assert placed[f"LONG-{week}"][0] == day
        assert placed[f"SHORT-{week}"] == (day, "08:00")


@pytest.mark.long
def test_the_rolling_book_of_a_month() -> None:
    sample = rolling_book()
    horizon = Horizon(start=sample.horizon.start, days=28)
    result, certificate = fill_certified(sample.problem, horizon, SHORT)
    assert_whole(sample.problem, horizon, result, certificate)


def test_what_time_does_not_reach_is_filled_by_hand(monkeypatch) -> None:
    """The second block is interrupted: the rest is booked as a coordinator would."""
    made = generate("one-doctor", 80, 12, weeks=4, booked_share=0.5)
    real, calls = blocks.search, []

    def interrupted(*arguments):
        calls.append(arguments)
        found = real(*arguments)
        return blocks.replace(found, interrupted=len(calls) == 2)

    monkeypatch.setattr(blocks, "search", interrupted)
    result, certificate = fill_certified(made.problem, made.horizon, SHORT)
    assert len(calls) == 2
    assert result.interrupted
    assert_whole(made.problem, made.horizon, result, certificate)
    later = [p for p in result.schedule.placements if p.date >= made.horizon.dates[21]]
    assert later


def test_two_weeks_are_one_model(monkeypatch) -> None:
    monkeypatch.setattr(fill, "search_blocks", None)
    made = generate("one-doctor", 12, 13, weeks=2)
    result, _ = fill_certified(made.problem, made.horizon, replace(SHORT, time_limit=1.0))
    assert result.schedule is not None
