"""Days of a schedule run many times."""

import math

import numpy as np
import pytest

from engine.day_run.day_plan import day_plan
from engine.day_run.draws import RunSettings, draw_visit
from engine.day_run.monte_carlo import doctor_steps, simulate_days
from engine.practice import Policy, RiskPolicy
from engine.schedule import Schedule

CALM = RunSettings(early=0.0, early_sd=0.0, assistant_variation=0.0, doctor_variation=0.0)


@pytest.fixture
def two(tiny):
    """09:00 and 09:20 in one chair: A5 D10... of the default adjustment (A5 D5 A10, turnover 5)."""
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"))
    placements = (tiny.place("V1", "09:00"), tiny.place("V2", "09:30"))
    return problem, Schedule(start=tiny.tuesday, days=1, placements=placements)


def test_the_plan_has_the_stages_of_the_schedule(two, tiny):
    problem, schedule = two
    plan = day_plan(problem, tiny.tuesday, schedule.placements)
    first, second = plan.visits
    assert (first.id, first.start, second.start, plan.end) == ("V1", 540, 570, 590)
    (stage,) = first.stages
    assert [step.minutes for step in stage.steps] == [5, 5, 10]
    assert [step.doctor for step in stage.steps] == [None, "DR1", None]
    assert (stage.chair, stage.staff, stage.turnover) == ("C1", "AS1", 5)
    assert plan.working == (("DR1", ((480, 1020),)),)
    assert doctor_steps(plan) == {"V1": (False, True, False), "V2": (False, True, False)}


def test_a_day_without_chance_runs_as_planned(two, tiny):
    problem, schedule = two
    (found,) = simulate_days(problem, schedule, runs=5, settings=CALM)
    assert (found.day, found.visits, found.runs) == (tiny.tuesday, 2, 5)
    assert (found.late_probability, found.wait, found.overtime) == (0.0, 0.0, 0.0)


def test_slow_days_run_late_and_the_same_seed_repeats_them(two):
    problem, schedule = two
    slow = CALM.model_copy(update={"early": -20.0})  # everybody comes twenty minutes late
    problem = problem.model_copy(
        update={"policy": Policy(risk=RiskPolicy(base_rate=1e-9, constant_no_show=True))}
    )
    (found,) = simulate_days(problem, schedule, runs=20, settings=slow)
    # All of twenty: the error is that of 22 of 24, sqrt(22 x 2 / 24^3).
    assert found.late_probability == 1.0
    assert found.late_error == pytest.approx(math.sqrt(44) / 24**1.5)
    assert simulate_days(problem, schedule, runs=20) == simulate_days(problem, schedule, runs=20)
    assert simulate_days(problem, schedule, 20, 1) != simulate_days(problem, schedule, 20, 2)


def test_patients_stay_away_with_the_known_probability(two):
    # The day ends late exactly when the second patient comes: she is twenty minutes late.
    problem, schedule = two
    risk = RiskPolicy(base_rate=0.4, constant_no_show=True)
    problem = problem.model_copy(update={"policy": Policy(risk=risk)})
    slow = CALM.model_copy(update={"early": -20.0})
    (found,) = simulate_days(problem, schedule, runs=800, settings=slow)
    assert abs(found.late_probability - 0.6) < 4 * np.sqrt(0.6 * 0.4 / 800)


def test_durations_have_the_mean_and_the_variation_asked_for():
    rng = np.random.default_rng(1)
    drawn = [draw_visit(rng, (False, True)) for _ in range(20_000)]
    assistant, doctor = (np.array([draw.factors[k] for draw in drawn]) for k in (0, 1))
    early = np.array([draw.early for draw in drawn])
    assert assistant.mean() == pytest.approx(1.0, abs=0.01)
    assert assistant.std() == pytest.approx(0.25, abs=0.01)
    assert doctor.mean() == pytest.approx(1.0, abs=0.015)
    assert doctor.std() == pytest.approx(0.4, abs=0.02)
    assert (early.mean(), early.std()) == pytest.approx((3.0, 6.0), abs=0.2)


def test_one_run_says_nothing_about_chance(two):
    with pytest.raises(ValueError, match="runs is 1; choose at least 2"):
        simulate_days(*two, runs=1)
