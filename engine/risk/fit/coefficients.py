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
from engine.risk.fit.design import FEATURES, Design, Floats, design_of
from engine.risk.fit.known import Known
from engine.risk.fit.logistic import Fitted, fit_toward
from engine.risk.prior import solve_intercept
from engine.risk.score import Scorer

_UNCLEAR = 0.05
"""Effects of weekday or hour that chance alone would make as large more often are left out."""


@dataclass(frozen=True, slots=True)
class FittedModel:
    """The model, and what scikit-learn made of the same matrix."""

    model: NoShowModel
    design: Design
    estimator: LogisticRegression


def fit_coefficients(rows: Sequence[Known], base_rate: float) -> FittedModel:
    """A model of these rows without calibration; of few rows it is nearly the prior.

    The effects of a patient's own misses never go below zero: one that would is held at zero. So
    are those of the weekday and of the time of day, unless together they are clear: a fill that
    chases noise between hours helps nobody.
    """
    design = design_of(rows)
    means = [one.mean for one in PRIORS.values()]
    # At this intercept the prior misses as many of these very rows as the practice has stated.
    level = solve_intercept(design.x[:, 1:] @ np.array(means), base_rate)
    prior = np.array([level, *means])
    spread = np.array([INTERCEPT_SPREAD, *(one.spread for one in PRIORS.values())])
    held: list[int] = []
    fitted = _fit(design, prior, spread, held)
    history = {1 + FEATURES.index(feature) for feature in HISTORY}
    while below := [at for at in history - set(held) if fitted.coefficients[at] < 0]:
        held += below
        fitted = _fit(design, prior, spread, held)
    if unclear := _unclear(design, fitted):
        held += unclear
        fitted = _fit(design, prior, spread, held)
    return FittedModel(_model(rows, base_rate, design, fitted), design, fitted.estimator)


def _fit(design: Design, prior: Floats, spread: Floats, held: list[int]) -> Fitted:
    """The fit with the coefficients of some columns held at zero."""
    x, mean = design.x.copy(), prior.copy()
    x[:, held], mean[held] = 0.0, 0.0
    fitted = fit_toward(x, design.missed, mean, spread)
    fitted.coefficients[held] = 0.0
    fitted.estimator.coef_ = fitted.coefficients[None, :]
    return fitted


def _unclear(design: Design, fitted: Fitted) -> list[int]:
    """Columns of the weekdays, and of the time of day, where together they may well be nothing."""
    found: list[int] = []
    for group in ("weekday_", "clock_"):
        columns = [
            at
            for at, feature in enumerate(FEATURES, start=1)
            if feature.startswith(group) and design.spread[at] > 0
        ]
        if columns and fitted.chance_of_none(columns) > _UNCLEAR:
            found += columns
    return found


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
        f"the effect of '{feature.replace('_', ' ')}' would be below zero and is held at zero"
        for feature in HISTORY
        if model.effect_of[feature].logit == 0 and model.effect_of[feature].spread > 0
    ]
    for name, group in (("weekday", "weekday_"), ("time of day", "clock_")):
        effects = [one for one in model.effects if one.feature.startswith(group) and one.spread]
        if effects and all(one.logit == 0 for one in effects):
            notes.append(f"the {name} makes no clear difference and is held at zero")
    return tuple(notes)


def with_cap_note(model: NoShowModel) -> NoShowModel:
    """The model, saying so where the cap on weekdays and hours holds an effect down."""
    if not Scorer(model).cap_bites:
        return model
    note = f"an effect of weekday or time of day is capped at {TIME_CAP} log-odds"
    return model.model_copy(update={"notes": (*model.notes, note)})
