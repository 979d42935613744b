"""The last step of a model: log-odds that are right on patients it has not seen."""

from collections.abc import Sequence

import numpy as np

from engine.practice import Calibration, NoShowModel
from engine.risk.fit.coefficients import fit_coefficients
from engine.risk.fit.known import Known, RowScorer
from engine.risk.fit.logistic import Floats, fit_toward
from engine.risk.fit.split import folds
from engine.risk.score import log_odds

FOLDS = 3
_SPREAD = np.array([0.15, 0.2])
"""Misses are few and come in clusters, so level and slope shrink to no change at all."""


def fit_calibrated(rows: Sequence[Known], base_rate: float, seed: int) -> NoShowModel:
    """Coefficients of all rows, and the calibration of the same fit on patients left out of it.

    Each third of the patients is the calibration part of a model of the other two thirds; one part
    alone has too few misses to set a level by. Of a single patient there is no calibration.
    """
    fold = folds(rows, FOLDS, seed)
    ahead: list[Known] = []
    logits: list[Floats] = []
    for left_out in range(FOLDS):
        others = [row for row in rows if fold[row.patient] != left_out]
        part = [row for row in rows if fold[row.patient] == left_out]
        if part and others:
            ahead += part
            logits.append(log_odds_at_booking(fit_coefficients(others, base_rate).model, part))
    whole = fit_coefficients(rows, base_rate).model
    if not ahead:
        return whole
    return whole.model_copy(update={"calibration": calibration_of(ahead, np.concatenate(logits))})


def calibration_of(rows: Sequence[Known], logits: Floats) -> Calibration:
    """Level and slope that set these log-odds right."""
    missed = np.array([row.missed for row in rows], dtype=np.float64)
    # From the middle of the log-odds, where level and slope hardly depend on each other.
    middle = float(logits.mean())
    x = np.column_stack((np.ones(len(rows)), logits - middle))
    fitted = fit_toward(x, missed, np.array([middle, 1.0]), _SPREAD)
    level, slope = (float(one) for one in fitted.coefficients)
    slope = max(0.05, slope)
    return Calibration(slope=slope, intercept=level - slope * middle)


def chances(model: NoShowModel, rows: Sequence[Known]) -> Floats:
    """The chance of a miss of each visit as it was on the day it was booked."""
    scorer = RowScorer(model)
    return np.array([scorer.at_booking(row) for row in rows])


def log_odds_at_booking(model: NoShowModel, rows: Sequence[Known]) -> Floats:
    """The same as log-odds."""
    return np.array([log_odds(p) for p in chances(model, rows)])
