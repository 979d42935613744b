"""Weights by name, ladders, hour effects, delays."""

import math

import pytest

from engine.practice import Policy, RiskPolicy, WeightOverride
from engine.risk.prior import prior_model
from engine.validation.no_show_level import level_faults


def weights(**values):
    entries = [{"kpi": kpi, "value": value, "reason": "test"} for kpi, value in values.items()]
    return lambda d: d["policy"].update(weights=entries)


def test_unknown_kpi(emits):
    emits(
        "weight-unknown-kpi",
        weights(late_week=3_000_000),
        weights(late_weeks=3_000_000),
        where="policy",
        says="'late_week'",
    )


@pytest.mark.parametrize("value", [-1.0, -0.001, math.nan, math.inf])
def test_negative_or_no_number(emits, problem_with, value):
    # The types refuse it already; whoever goes around them is told here.
    good = problem_with(weights(households_apart=21))
    wrong = WeightOverride.model_construct(kpi="households_apart", value=value, reason="test")
    policy = good.policy.model_copy(update={"weights": (wrong,)})
    bad = good.model_copy(update={"policy": policy})
    emits("weight-negative", bad, good, where="policy", says=f"is {value}")


def test_two_weights_for_one_kpi(emits):
    def twice(kpi):
        def change(d):
            weights(households_apart=21)(d)
            d["policy"]["weights"].append({"kpi": kpi, "value": 22, "reason": "test"})

        return change

    emits("weight-twice", twice("households_apart"), twice("preferences_missed"), where="policy")


def test_two_ladders_and_two_effects(emits):
    def ladders(*names):
        return lambda d: d["policy"].update(
            release=[{"procedure_class": name, "steps": []} for name in names]
        )

    def effects(*hours):
        return lambda d: d["policy"].update(
            risk={"hour_effects": [{"hour": hour, "logit": 0.1} for hour in hours]}
        )

    emits(
        "release-class-twice",
        ladders("start", "exam", "start"),
        ladders("start", "exam", "short"),
        where="policy",
        says="class 'start' has 2",
    )
    emits("hour-effect-twice", effects(8, 9, 8), effects(8, 9, 10), where="policy", says="hour 8")


def test_shares_of_delays_that_do_not_add_up(emits):
    def shares(*given):
        delays = [{"days": 28 + 7 * n, "share": share} for n, share in enumerate(given)]
        return lambda d: d["policy"].update(risk={"rebooking_delays": delays})

    emits("delay-shares", shares(0.5, 0.25), shares(0.7, 0.2, 0.1), where="policy", says="0.75")
    emits("delay-shares", shares(0.5, 0.6), shares(), where="policy", says="1.1")


def test_chain_off_grid(emits):
    def chain(minutes):
        return lambda d: d["policy"].update(chain_minutes=minutes)

    emits("chain-off-grid", chain(62), chain(65), where="policy", says="62 min")


@pytest.mark.parametrize(("intercept", "says"), [(-1.0, "expects"), (-9.0, "expects 0.0%")])
def test_a_model_far_from_its_own_rate(emits, problem_with, intercept, says):
    def judged(at):
        return problem_with(None).model_copy(update={"no_show_model": prior_model(0.05, at)})

    emits("no-show-model-off", judged(intercept), judged(-3.0), where="no_show_model", says=says)
    # A policy that looks at no model does not mind.
    constant = Policy(risk=RiskPolicy(constant_no_show=True))
    assert not list(level_faults(judged(intercept).model_copy(update={"policy": constant}), None))
