"""Prices of half-days on a Tuesday of one hour, worked out on paper.

Four adjustments are due. Each holds an assistant and a chair for 25 minutes, turnover included, and
the doctor for five, so one assistant sees two of them from 08:00 to 09:00. There are three chairs.
A visit without a time counts 520 points, and 65 for each of the 22 days until it is realistic again
(the horizon ends on Wednesday, and rebooking takes 21 days): 1,950. A second assistant saves that
twice; another doctor, or another chair, nothing.
"""

import datetime as dt

import pytest

from engine.practice import Horizon, OpenHours, Weekday
from engine.what_if.comparison import Noise
from engine.what_if.faults import scenario_faults
from engine.what_if.hour_prices import Half, HourPrice, Resource, half_days, hour_prices
from engine.what_if.price_check import (
    Checked,
    agreement_of,
    check_prices,
    evenly,
    rank_correlation,
    scenario_of,
)
from engine.what_if.scenarios import ScenarioSettings
from engine.what_if.tasks import BoundTask

TUESDAY = Horizon(start=dt.date(2026, 3, 3), days=1)
SAVED = 2 * (520 + 22 * 65)


@pytest.fixture
def hour(tiny):
    """The Tuesday."""
    open_hour = (OpenHours(weekday=Weekday.TUE, start=dt.time(8), end=dt.time(9)),)
    return tiny.problem(*(tiny.visit(f"V{n}") for n in range(4)), clinic=3, hours=open_hour)


def test_only_the_assistant_is_scarce(hour):
    found = hour_prices(hour, TUESDAY, 2000)
    by_resource = {one.resource: one for one in found.prices}
    assert len(found.prices) == 3
    assistant = by_resource[Resource.ASSISTANT]
    assert (assistant.half, assistant.start, assistant.end) == (Half.MORNING, 480, 540)
    assert assistant.hours == 1.0
    assert (assistant.like, assistant.booked_out) == ("AS1", 0)
    assert assistant.points == pytest.approx(SAVED, rel=0.03)
    assert by_resource[Resource.DOCTOR].points < 0.03 * SAVED
    assert by_resource[Resource.CHAIR].points < 0.03 * SAVED


def test_minutes_that_the_book_fills_have_no_price(tiny):
    """A booking at 08:10 holds the assistant and the chair for 25 minutes, the doctor for 5."""
    open_hour = (OpenHours(weekday=Weekday.TUE, start=dt.time(8), end=dt.time(9)),)
    booked = tiny.problem(tiny.booking("B1", "08:10"), tiny.visit("V1"), hours=open_hour)
    found = {one.resource: one.booked_out for one in hour_prices(booked, TUESDAY, 100).prices}
    assert found == {Resource.ASSISTANT: 25, Resource.DOCTOR: 5, Resource.CHAIR: 25}
    movable = tiny.problem(tiny.booking("B1", "08:10", movable=True), hours=open_hour)
    assert all(one.booked_out == 0 for one in hour_prices(movable, TUESDAY, 100).prices)


def test_the_check_finds_what_the_price_promises(hour):
    prices = hour_prices(hour, TUESDAY, 2000).prices
    settings = ScenarioSettings(days=1, seconds=300, gap=0.0, workers=1, repeats=1, steps=2000)
    check = check_prices(hour, TUESDAY, prices, 1, settings, 1)
    assert [one.solved_gain is None for one in check.checked] == [False, True, True]
    first = check.checked[0]
    assert first.price.resource is Resource.ASSISTANT
    assert first.bound_gain == pytest.approx(SAVED, rel=0.03)
    assert first.solved_gain == pytest.approx(SAVED, rel=0.03)
    assert first.noise is Noise.CLEAR
    assert (check.within, check.solved, check.beyond_noise) == (3, 1, 1)
    assert check.bound_share == pytest.approx(1.0, abs=0.1)


def test_a_check_that_is_stopped_keeps_what_is_known_by_then(hour):
    """As the second bound is told: those of the base and of one half-day are there."""
    prices = hour_prices(hour, TUESDAY, 200).prices
    settings = ScenarioSettings(days=1, seconds=300, gap=0.0, workers=1, repeats=1, steps=100)
    told: list[str] = []

    def tell(said: str) -> None:
        told.append(said)
        if len(told) == 2:
            raise KeyboardInterrupt

    check = check_prices(hour, TUESDAY, prices, 1, settings, 1, tell)
    assert [one.price for one in check.checked] == list(prices[:1])
    assert (check.stopped, check.solved, len(check.left_out)) == (True, 0, len(prices) - 1)
    assert all(name.startswith("one more ") for name in check.left_out)


def test_a_check_that_is_stopped_in_its_solves_is_not_complete(hour):
    prices = hour_prices(hour, TUESDAY, 200).prices
    settings = ScenarioSettings(days=1, seconds=300, gap=0.0, workers=1, repeats=1, steps=100)

    def tell(said: str) -> None:
        if said == "base: solved":
            raise KeyboardInterrupt

    check = check_prices(hour, TUESDAY, prices, 1, settings, 1, tell)
    assert [one.price for one in check.checked] == list(prices)
    assert (check.stopped, check.solved, check.left_out) == (True, 0, ())


def test_a_check_that_is_stopped_at_once_knows_nothing(hour, monkeypatch):
    def broken_off(task: BoundTask) -> float:
        raise KeyboardInterrupt

    prices = hour_prices(hour, TUESDAY, 100).prices
    monkeypatch.setattr(BoundTask, "run", broken_off)
    settings = ScenarioSettings(days=1, workers=1, repeats=1, steps=100)
    check = check_prices(hour, TUESDAY, prices, 1, settings, 1)
    assert (check.stopped, check.checked, len(check.left_out)) == (True, (), len(prices))


def test_halves_end_at_noon_and_where_it_is_closed(tiny):
    lunch = (
        OpenHours(weekday=Weekday.TUE, start=dt.time(8), end=dt.time(11)),
        OpenHours(weekday=Weekday.TUE, start=dt.time(11, 30), end=dt.time(12, 30)),
        OpenHours(weekday=Weekday.WED, start=dt.time(13), end=dt.time(17)),
    )
    problem = tiny.problem(hours=lunch)
    tuesday = dict(half_days(problem, tiny.tuesday))
    assert tuesday == {Half.MORNING: (480, 720), Half.AFTERNOON: (720, 750)}
    assert dict(half_days(problem, tiny.wednesday)) == {Half.AFTERNOON: (780, 1020)}
    assert dict(half_days(problem, tiny.thursday)) == {}


def price(points: float, resource: Resource = Resource.CHAIR, like: str = "C1") -> HourPrice:
    return HourPrice(
        resource=resource,
        date=dt.date(2026, 3, 3),
        half=Half.MORNING,
        start=480,
        end=540,
        hours=1.0,
        points=points,
        like=like,
    )


def test_half_days_are_chosen_from_the_dearest_to_the_cheapest():
    prices = [price(points) for points in (3, 9, 1, 7, 5)]
    assert [one.points for one in evenly(prices, 3)] == [9, 5, 1]
    assert [one.points for one in evenly(prices, 1)] == [9]
    assert evenly(prices, 0) == ()
    assert len(evenly(prices, 9)) == 5


@pytest.mark.parametrize(
    ("resource", "like"),
    [(Resource.CHAIR, "C2"), (Resource.ASSISTANT, "AS1"), (Resource.DOCTOR, "DR1")],
)
def test_one_more_is_a_sound_scenario(tiny, asking, resource, like):
    people = (
        tiny.person("DR1", "doctor"),
        tiny.person("AS1", "assistant", "bonding"),
        tiny.person("AS2", "assistant", "polishing"),
    )
    problem = tiny.problem(clinic=2, staff=people)
    scenario = scenario_of(problem, price(10, resource, like))
    assert list(scenario_faults(problem, TUESDAY, [scenario])) == []
    changed = scenario.change[0].apply(problem, TUESDAY)
    added = set(changed.staff) | set(changed.chairs)
    assert added - set(problem.staff) - set(problem.chairs) == {"ONE-MORE"}
    if resource is Resource.ASSISTANT:
        assert changed.staff["ONE-MORE"].skills == ("bonding", "polishing")


def checked(points: float, gain: float, solved: float | None = None) -> Checked:
    noise = None if solved is None else Noise.CLEAR if solved > 50 else Noise.BOTH
    return Checked(price=price(points), bound_gain=gain, solved_gain=solved, noise=noise)


def test_agreement_counts_shares_ranks_and_noise():
    pairs = (checked(1000, 800, 900), checked(500, 450, 60), checked(100, 0, 70), checked(0, 50, 0))
    found = agreement_of(pairs)
    assert found.bound_share == 1300 / 1600
    # The last gains 50 where nothing was promised, above the slack of ten.
    assert (found.within, found.slack) == (3, 10)
    assert found.bound_rank == pytest.approx(0.8)
    assert found.solved_rank == pytest.approx(0.8)
    assert (found.solved, found.beyond_noise) == (4, 3)


def test_nothing_is_said_of_ranks_where_there_is_nothing_to_rank():
    assert rank_correlation([1, 2], [1, 2]) is None
    assert rank_correlation([1, 2, 3], [5, 5, 5]) is None
    assert rank_correlation([1, 2, 3], [6, 5, 4]) == -1.0
    empty = agreement_of(())
    assert (empty.bound_share, empty.bound_rank, empty.within) == (None, None, 0)
