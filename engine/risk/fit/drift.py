"""Does a model still hold? Recent misses against those expected, and patients against those of old.

Only visits after the last one of the fit are looked at: misses that the fit has seen are as it
expects them, whatever has become of the practice since.

A feature has shifted where its recent mean is more than a quarter of a standard deviation from that
of the fit, and further than chance would bring any of so many features among so many patients (a
normal limit with Bonferroni's correction). What hardly anybody has is not looked at.
P. C. Austin, 'Balance diagnostics for comparing the distribution of baseline covariates between
treatment groups', Statistics in Medicine 28, 2009, calls 0.1 a difference worth a look.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from engine.practice import GroupRatio, NoShowFeature, NoShowModel
from engine.risk.fit.calibrate import chances
from engine.risk.fit.design import FEATURES, design_of
from engine.risk.fit.known import Known, unseen_by
from engine.risk.fit.measures import dispersion, group_ratio

RECENT_DAYS = 90
FEWEST_RECENT = 50
LARGEST_SHIFT = 0.25
FALSE_ALARMS = 0.05
"""Chance that any feature raises the alarm though none has moved."""
FEWEST_AFFECTED = 5
"""Visits with a yes-or-no feature, then or now, below which its mean says nothing."""
_MEASURED = frozenset(
    NoShowFeature(name)
    for name in ("frailty", "months_1", "months_2", "lead_1", "lead_2", "lead_3")
)
"""Numbers; all other features are yes or no."""
_SEASONAL = ("weekday_", "clock_")
"""Change with the opening hours and the date of the export, and weigh little."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A feature whose mean has moved: then and now, and by how many standard deviations."""

    feature: NoShowFeature
    mean_of_fit: float
    mean_now: float
    by: float


@dataclass(frozen=True, slots=True)
class Drift:
    """What the last visits since the fit say. `advice`: what to do, a sentence.

    `first`, `last`: the dates that were looked at; None where no visit lies after the fit. `ratio`
    None: too few visits to judge by.
    """

    first: dt.date | None
    last: dt.date | None
    ratio: GroupRatio | None
    shifts: tuple[Shift, ...]
    alarm: bool
    advice: str


def drift_of(model: NoShowModel, rows: Sequence[Known]) -> Drift:
    """The alarm over the last 90 days of the rows, as far as they lie after the model's fit."""
    new = unseen_by(rows, model.last)
    if not new:
        advice = (
            f"no visit of this history lies after the last one of the fit ({model.last}): ask "
            "again with a history that goes on after it"
        )
        return Drift(None, None, None, (), False, advice)
    last = max(row.date for row in new)
    first = last - dt.timedelta(days=RECENT_DAYS - 1)
    if model.last is not None:
        first = max(first, model.last + dt.timedelta(days=1))
    recent = [row for row in new if row.date >= first]
    if len(recent) < FEWEST_RECENT:
        advice = f"only {len(recent)} visits that the fit has not seen: too few to say"
        return Drift(first, last, None, (), False, advice)
    p = chances(model, recent)
    missed = np.array([row.missed for row in recent], dtype=np.float64)
    patients = np.unique([row.patient for row in recent], return_inverse=True)[1]
    ratio = group_ratio("recent", missed, p, dispersion(patients, missed, p))
    shifts = _shifts(model, recent)
    return Drift(first, last, ratio, shifts, *_verdict(ratio, shifts))


def _shifts(model: NoShowModel, recent: Sequence[Known]) -> tuple[Shift, ...]:
    means = design_of(recent).mean
    patients = len({row.patient for row in recent})
    by_chance = float(norm.isf(FALSE_ALARMS / 2 / len(FEATURES))) / math.sqrt(patients)
    found = []
    for at, feature in enumerate(FEATURES, start=1):
        effect = model.effect_of.get(feature)
        if effect is None or effect.spread == 0 or feature.startswith(_SEASONAL):
            continue
        now = float(means[at])
        if feature not in _MEASURED and max(now, effect.mean) * len(recent) < FEWEST_AFFECTED:
            continue
        by = (now - effect.mean) / effect.spread
        if abs(by) > max(LARGEST_SHIFT, by_chance):
            found.append(Shift(feature, effect.mean, float(means[at]), by))
    return tuple(sorted(found, key=lambda shift: -abs(shift.by)))


def _verdict(ratio: GroupRatio, shifts: Sequence[Shift]) -> tuple[bool, str]:
    interval = ratio.ratio
    if not interval.low <= 1 <= interval.high:
        more = "more" if interval.value > 1 else "fewer"
        return True, (
            f"{more} visits are missed than the model expects: first look whether misses are still "
            "written down as before, then fit again with 'modelday risk fit'"
        )
    if shifts:
        return True, (
            "misses are as expected, but the visits differ from those of the fit: see whether the "
            "export has changed; if not, fit again with 'modelday risk fit'"
        )
    return False, "no sign of drift: keep the model"
