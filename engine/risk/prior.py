"""The no-show model of a practice without history: the literature, at the stated base rate."""

from collections.abc import Iterable

import numpy as np

from engine.practice import Effect, NoShowModel, SplineKnots
from engine.risk.features import KNOTS, PRIORS
from engine.risk.score import log_odds


def prior_model(base_rate: float, intercept: float = 0.0) -> NoShowModel:
    """Every effect as the literature has it."""
    return NoShowModel(
        base_rate=base_rate,
        intercept=intercept,
        effects=tuple(
            Effect(feature=feature, logit=prior.mean, prior=prior.mean, error=prior.spread)
            for feature, prior in PRIORS.items()
        ),
        splines=tuple(SplineKnots(of=of, knots=knots) for of, knots in KNOTS.items()),
    )


def solve_intercept(logits: Iterable[float], base_rate: float) -> float:
    """The intercept at which the mean probability is `base_rate`, by bisection to 1e-9."""
    values = np.array(tuple(logits), dtype=np.float64)
    if not len(values):
        return log_odds(base_rate)
    low, high = -20.0, 20.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        mean = float(np.mean(1.0 / (1.0 + np.exp(-(middle + values)))))
        low, high = (middle, high) if mean < base_rate else (low, middle)
    return (low + high) / 2
