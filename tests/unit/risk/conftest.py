"""Histories of made-up patients, made once, and models written by hand."""

import datetime as dt

import pytest

from engine.generate import Planted, generate_history
from engine.practice import NoShowModel, PastVisit
from engine.risk.prior import prior_model

TODAY = dt.date(2026, 3, 5)


@pytest.fixture(scope="session")
def frail_history() -> tuple[PastVisit, ...]:
    """About 9,000 visits of a practice with many misses, whose patients differ in secret."""
    return generate_history(1000, TODAY, seed=5, planted=Planted(level=-3.2))


@pytest.fixture
def model_with():
    """The prior as a model at an intercept, with some log-odds and fields changed."""

    def make(logits=None, intercept=-2.0, centres=None, **changes) -> NoShowModel:
        prior = prior_model(0.05, intercept)
        effects = tuple(
            effect.model_copy(
                update={
                    "logit": (logits or {}).get(effect.feature, effect.logit),
                    "centre": (centres or {}).get(effect.feature, 0.0),
                }
            )
            for effect in prior.effects
        )
        return NoShowModel.model_validate(prior.model_dump() | {"effects": effects} | changes)

    return make
