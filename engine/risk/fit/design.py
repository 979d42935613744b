"""Past visits as a matrix: one column a feature, after one of ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.practice import NoShowFeature, SplineOf
from engine.risk.features import (
    KNOTS,
    PRIORS,
    clock_features,
    lead_features,
    said_features,
    weekday_features,
)
from engine.risk.fit.known import Known

Floats = NDArray[np.float64]

FEATURES: tuple[NoShowFeature, ...] = tuple(PRIORS)
_AT = {feature: at for at, feature in enumerate(FEATURES, start=1)}
_CENTRED = tuple(
    feature for feature in FEATURES if feature.startswith(("weekday_", "clock_", "reminder_"))
)
"""Counted from their mean, so that what is not known is the usual."""


@dataclass(frozen=True, slots=True)
class Design:
    """`x`: rows by 1 + features, column 0 all ones. `missed`: 0 or 1. The rest by feature."""

    x: Floats
    missed: Floats
    centre: Floats
    mean: Floats
    spread: Floats


def design_of(rows: Sequence[Known]) -> Design:
    """The matrix of these rows; centred columns are centred here, unknown cells count as 0.

    Where it is not known what the patient said, it counts as what patients usually say here.
    """
    x = np.zeros((len(rows), 1 + len(FEATURES)))
    x[:, 0] = 1.0
    unknown = np.zeros(x.shape, dtype=bool)
    clock = [_AT[NoShowFeature.CLOCK_1], _AT[NoShowFeature.CLOCK_2]]
    for at, row in enumerate(rows):
        values = row.fixed | lead_features(row.lead_days, KNOTS[SplineOf.LEAD_DAYS])
        values |= weekday_features(row.date.weekday()) | said_features(row.said)
        if row.hour is None:
            unknown[at, clock] = True
        else:
            values |= clock_features(row.hour, KNOTS[SplineOf.CLOCK_HOUR])
        if NoShowFeature.REMINDER_PLANNED not in values:
            unknown[at, _AT[NoShowFeature.REMINDER_PLANNED]] = True
        for feature, value in values.items():
            x[at, _AT[feature]] = value
    said = [_AT[NoShowFeature.SAID_REMINDED], _AT[NoShowFeature.SAID_CONFIRMED]]
    open_ = np.array([row.said is None for row in rows], dtype=bool)
    if open_.any() and not open_.all():
        for column in said:
            x[open_, column] = x[~open_, column].mean()
    known = np.where(unknown, 0.0, 1.0)
    mean = (x * known).sum(axis=0) / np.maximum(1.0, known.sum(axis=0))
    spread = np.sqrt((((x - mean) * known) ** 2).sum(axis=0) / np.maximum(1.0, known.sum(axis=0)))
    centre = np.zeros(x.shape[1])
    for feature in _CENTRED:
        centre[_AT[feature]] = mean[_AT[feature]]
    missed = np.array([row.missed for row in rows], dtype=np.float64)
    return Design((x - centre) * known, missed, centre, mean, spread)
