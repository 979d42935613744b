"""The policy: weights by name, ladders and hour effects given once, shares that add up."""

import math
from collections import Counter
from collections.abc import Iterator

from engine.practice import Horizon, Problem
from engine.problems import PracticeProblem
from engine.validation.codes import fault
from engine.weights import DEFAULT_WEIGHTS

KPIS = tuple(weight.kpi for weight in DEFAULT_WEIGHTS)


def policy_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """Unknown, negative and repeated entries."""
    policy = problem.policy
    for override in policy.weights:
        if override.kpi not in KPIS:
            yield fault(
                "weight-unknown-kpi",
                "policy",
                f"a weight is given for '{override.kpi}'",
                f"use one of {', '.join(KPIS)}",
            )
        if not (math.isfinite(override.value) and override.value >= 0):
            yield fault(
                "weight-negative",
                "policy",
                f"the weight of '{override.kpi}' is {override.value}",
                "give a number of 0 or more",
            )
    for kpi, count in Counter(override.kpi for override in policy.weights).items():
        if count > 1:
            yield fault(
                "weight-twice",
                "policy",
                f"'{kpi}' has {count} weights",
                "give each KPI one weight",
            )
    for name, count in Counter(ladder.procedure_class for ladder in policy.release).items():
        if count > 1:
            yield fault(
                "release-class-twice",
                "policy",
                f"class '{name}' has {count} release ladders",
                "make them one",
            )
    for hour, count in Counter(effect.hour for effect in policy.risk.hour_effects).items():
        if count > 1:
            yield fault(
                "hour-effect-twice",
                "policy",
                f"hour {hour} has {count} effects on attendance",
                "give each hour one effect",
            )
    shares = math.fsum(delay.share for delay in policy.risk.rebooking_delays)
    if policy.risk.rebooking_delays and abs(shares - 1.0) > 1e-6:
        yield fault(
            "delay-shares",
            "policy",
            f"the shares of the rebooking delays add up to {shares:g}",
            "make them add up to 1, or leave the delays out",
        )
    grid = problem.practice.grid_minutes
    if policy.chain_minutes % grid:
        yield fault(
            "chain-off-grid",
            "policy",
            f"chains of doctor time are priced beyond {policy.chain_minutes} min, off the {grid} "
            "min grid",
            f"make it a multiple of {grid} min",
        )
