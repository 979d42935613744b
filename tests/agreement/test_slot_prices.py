"""Solver, KPIs and certificate count lost minutes by slot in the same way."""

import random

import pytest

from engine.certificate.bound import PricedProblem
from engine.certificate.lacks import lacks_of
from engine.certificate.verify import verify
from engine.filling.fill import FillSettings, fill_certified
from engine.generate import generate
from engine.kpi import measure
from engine.practice import (
    NoShowFeature,
    NoShowModel,
    OpenHours,
    Problem,
    Weekday,
    WeightOverride,
)
from engine.risk.prior import prior_model

DEAR = WeightOverride(kpi="lost_minutes", value=350, reason="so that slots decide")


def priced(tiny, problem: Problem, seed: int) -> Problem:
    """Slot prices drawn for every hour of a tiny day, with lost minutes a hundred times as dear."""
    rng = random.Random(seed)
    slots = tiny.slots(
        *(
            (day, hour, rng.randint(25, 400), rng.randint(25, 400))
            for day in ("tue", "wed")
            for hour in (8, 9, 10)
        )
    )
    policy = problem.policy.model_copy(update={"weights": (DEAR,)})
    return problem.model_copy(update={"slot_prices": slots, "policy": policy})


def clock_model(logit: float) -> NoShowModel:
    """The prior with an effect of the time of day."""
    prior = prior_model(0.05, -2.0)
    effects = tuple(
        one.model_copy(update={"logit": logit}) if one.feature is NoShowFeature.CLOCK_1 else one
        for one in prior.effects
    )
    return prior.model_copy(update={"effects": effects})


def test_a_risky_visit_leaves_the_dear_hours(tiny, solve) -> None:
    # Tuesday 08:00-11:00. Everything costs 400 % but what begins between nine and ten.
    hours = (OpenHours(weekday=Weekday.TUE, start="08:00", end="11:00"),)
    slots = tiny.slots(*(("tue", hour, 400, 400) for hour in (8, 10)))
    problem = tiny.problem(tiny.visit("V1"), hours=hours, slots=slots)
    assert solve(problem).times["V1"][:2] == "09"
    # The doctor's 5 minutes of ADJ are worth more at 400 % (20) than the chair's 20 at 25 % less.
    chair_or_doctor = tiny.slots(("tue", 8, 75, 400), ("tue", 9, 100, 100), ("tue", 10, 75, 250))
    # 08: 15 + 20 = 35; 09: 20 + 5 = 25; 10: 15 + 12.5 = 27.5.
    other = tiny.problem(tiny.visit("V1"), hours=hours, slots=chair_or_doctor)
    assert solve(other).times["V1"][:2] == "09"


@pytest.mark.parametrize("seed", range(8))
def test_optimum_of_a_random_day(neighbours, tiny, solve, seed) -> None:
    """`solve` asserts that the program and the KPIs agree on what the schedule costs."""
    problem, horizon = neighbours("random_days").random_day(tiny, seed)
    problem = priced(tiny, problem, seed)
    solved = solve(problem, start=horizon.start, days=horizon.days)
    assert solved.millipoints == neighbours("brute_force").BruteForce(problem, horizon).optimum()


def test_the_prices_of_random_days_decide(neighbours, tiny) -> None:
    """Else the tests here would say nothing."""
    changed = 0
    for seed in range(8):
        problem, horizon = neighbours("random_days").random_day(tiny, seed)
        tried = neighbours("brute_force").BruteForce(problem, horizon)
        tried.optimum()
        one = priced(tiny, problem, seed)
        lost = [
            next(kpi.quanta for kpi in measure(asked, tried.schedule) if kpi.kpi == "lost_minutes")
            for asked in (problem, one)
        ]
        changed += lost[0] != lost[1]
    assert changed >= 6


@pytest.mark.parametrize("seed", range(5))
def test_no_prices_prove_more_than_the_optimum(neighbours, tiny, seed) -> None:
    problem, horizon = neighbours("random_days").random_day(tiny, seed)
    problem = priced(tiny, problem, seed)
    tried = neighbours("brute_force").BruteForce(problem, horizon)
    tried.optimum()
    bounds = PricedProblem(problem, horizon, lacks_of(problem, tried.schedule))
    draw = neighbours("test_certificate").random_prices
    assert bounds.bound(()) <= tried.best
    for prices in range(15):
        assert bounds.bound(draw(problem, horizon, prices)) <= tried.best, prices


def test_the_bound_without_prices_is_the_cheapest_hour(tiny) -> None:
    # One visit and nothing in its way: the certificate's floor is its cheapest hour, to the
    # quantum, and so is the schedule that takes it.
    slots = tiny.slots(*(("tue", hour, 40 * (hour - 4), 100) for hour in range(8, 14)))
    problem = tiny.problem(tiny.visit("V1"), slots=slots)
    schedule = tiny.schedule(problem, tiny.place("V1", "14:00"), start=tiny.tuesday, days=1)
    lost = next(kpi for kpi in measure(problem, schedule) if kpi.kpi == "lost_minutes")
    # 14:00 is average: 20 + 5 minutes, p = 0.023859: 0.5965 -> 60 hundredths at 3.5 points.
    assert lost.quanta == 60
    floor = PricedProblem(problem, schedule.horizon).bound(())
    assert floor == 60 * 35


@pytest.mark.parametrize("effect", [2.0, -2.0])
def test_a_fitted_effect_of_the_clock_is_priced_by_the_hour_too(tiny, solve, effect) -> None:
    """One visit and nothing in its way: floor and schedule are its cheapest hour, not noon."""
    problem = tiny.problem(tiny.visit("V1")).model_copy(
        update={"no_show_model": clock_model(effect)}
    )
    solved = solve(problem)
    assert solved.times["V1"][:2] != "12"
    assert solved.quanta("lost_minutes") > 0
    assert PricedProblem(problem, solved.schedule.horizon).bound(()) == solved.millipoints


@pytest.mark.parametrize("booked", [0.0, 0.5])
def test_a_fill_with_slot_prices_brings_its_own_proof(tiny, booked) -> None:
    made = generate("one-doctor", 40, 8, booked_share=booked)
    slots = tiny.slots(
        *(
            (day, hour, 70 + 10 * (hour % 7), 130 - 10 * (hour % 5))
            for day in ("mon", "tue", "wed", "thu", "fri")
            for hour in range(7, 18)
        )
    )
    problem = made.problem.model_copy(update={"slot_prices": slots})
    limits = FillSettings(time_limit=3.0, workers=1, gap=0.0, reproducible=True)
    result, certificate = fill_certified(problem, made.horizon, limits)
    assert result.slot_prices == slots
    assert result.schedule is not None
    assert certificate is not None
    assert verify(problem, result.schedule, certificate).failed == ()
    assert result.kpis == measure(problem, result.schedule)
    # Without its slot prices it is another question.
    other = verify(made.problem, result.schedule, certificate).failed
    assert "The certificate is for another problem." in other
