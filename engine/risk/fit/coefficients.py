"""The coefficients of a no-show model from past visits, by a fit that shrinks to the prior."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from engine.practice import (
    Confirmation,
    ConfirmationShares,
    Effect,
    NoShowModel,
    SplineKnots,
)
from engine.risk.features import HISTORY, INTERCEPT_SPREAD, KNOTS, PRIORS, TIME_CAP
from engine.risk.fit.design import FEATURES, Design, design_of
from engine.risk.fit.known import Known, RowScorer
from engine.risk.fit.logistic import Fitted, fit_toward
from engine.risk.prior import prior_model, solve_intercept
from engine.risk.score import Scorer

_PINNED = 1e-4
"""Standard deviation that holds a coefficient where its prior is."""


@dataclass(frozen=True, slots=True)
class FittedModel:
    """The model, and what scikit-learn made of the same matrix."""

    model: NoShowModel
    design: Design
    estimator: LogisticRegression


def fit_coefficients(rows: Sequence[Known], base_rate: float) -> FittedModel:
    """A model of these rows without calibration; of few rows it is nearly the prior.

    The effects of a patient's own misses never go below zero: one that would is held at zero.
    """
    design = design_of(rows)
    prior = np.array([_prior_intercept(rows, base_rate), *(one.mean for one in PRIORS.values())])
    spread = np.array([INTERCEPT_SPREAD, *(one.spread for one in PRIORS.values())])
    fitted = fit_toward(design.x, design.missed, prior, spread)
    history = [1 + FEATURES.index(feature) for feature in HISTORY]
    while below := [at for at in history if fitted.coefficients[at] < 0 and prior[at] >= 0]:
        for at in below:
            prior[at], spread[at] = 0.0, _PINNED
            history.remove(at)
        fitted = fit_toward(design.x, design.missed, prior, spread)
    # What is held at zero may be a hair below it.
    fitted.coefficients[:] = np.where(spread <= _PINNED, 0.0, fitted.coefficients)
    fitted.estimator.coef_ = fitted.coefficients[None, :]
    return FittedModel(_model(rows, base_rate, design, fitted), design, fitted.estimator)


def _prior_intercept(rows: Sequence[Known], base_rate: float) -> float:
    """At this intercept the prior misses as many of these visits as the practice has stated."""
    scorer = RowScorer(prior_model(base_rate))
    return solve_intercept((scorer.logit(row) for row in rows), base_rate)


def _model(rows: Sequence[Known], base_rate: float, design: Design, fitted: Fitted) -> NoShowModel:
    effects = tuple(
        Effect(
            feature=feature,
            logit=float(fitted.coefficients[at]),
            prior=PRIORS[feature].mean,
            error=float(fitted.errors[at]),
            centre=float(design.centre[at]),
            mean=float(design.mean[at]),
            spread=float(design.spread[at]),
        )
        for at, feature in enumerate(FEATURES, start=1)
    )
    model = NoShowModel(
        base_rate=base_rate,
        intercept=float(fitted.coefficients[0]),
        effects=effects,
        splines=tuple(SplineKnots(of=of, knots=knots) for of, knots in KNOTS.items()),
        confirmation=_shares(rows),
        first=min(row.date for row in rows),
        last=max(row.date for row in rows),
        rows=len(rows),
        patients=len({row.patient for row in rows}),
        misses=sum(row.missed for row in rows),
    )
    return model.model_copy(update={"notes": _notes(model)})


def _shares(rows: Sequence[Known]) -> ConfirmationShares | None:
    """How far patients had confirmed, over the rows that say so; None where none does."""
    counts = Counter(row.said for row in rows if row.said is not None)
    total = sum(counts.values())
    if not total:
        return None
    return ConfirmationShares(
        unconfirmed=counts[Confirmation.UNCONFIRMED] / total,
        reminded=counts[Confirmation.REMINDED] / total,
        confirmed=counts[Confirmation.CONFIRMED] / total,
    )


def _notes(model: NoShowModel) -> tuple[str, ...]:
    notes = [
        f"the effect of {feature} would have been below zero and is held at zero"
        for feature in HISTORY
        if model.effect_of[feature].logit == 0
    ]
    scorer = Scorer(model)
    times = [*scorer.weekdays, *(scorer.hour(hour) for hour in range(7, 19))]
    if any(abs(value) >= TIME_CAP for value in times):
        notes.append(f"an effect of weekday or time of day is capped at {TIME_CAP} log-odds")
    return tuple(notes)
