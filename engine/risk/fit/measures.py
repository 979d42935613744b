"""How good probabilities are: Brier skill, calibration, observed over expected, with intervals."""

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta, chi2
from sklearn.metrics import roc_auc_score

from engine.practice import GroupRatio, HeldOut, Interval, ReliabilityBin
from engine.risk.fit.known import Known

Floats = NDArray[np.float64]

BINS = 10
RESAMPLES = 1000
_TAIL = 0.025


def held_out_of(rows: Sequence[Known], p: Floats, base_rate: float, seed: int = 0) -> HeldOut:
    """All figures of one part of a history. `p`: chances of a miss, in the order of the rows.

    `base_rate`: the constant that the Brier skill is held against; it comes from other visits.
    """
    missed = np.array([row.missed for row in rows], dtype=np.float64)
    loss, base = (p - missed) ** 2, (base_rate - missed) ** 2
    patients = np.unique([row.patient for row in rows], return_inverse=True)[1]
    spread = dispersion(patients, missed, p)
    bins = reliability(missed, p)
    both = 0 < missed.sum() < len(missed)
    return HeldOut(
        rows=len(rows),
        patients=int(patients.max()) + 1,
        misses=int(missed.sum()),
        first=min(row.date for row in rows),
        last=max(row.date for row in rows),
        base_rate=base_rate,
        brier=float(loss.mean()),
        brier_base=float(base.mean()),
        skill=skill_of(loss, base, patients, seed),
        ece=calibration_error(bins),
        ece_by_chance=error_by_chance(missed, p),
        auc=float(roc_auc_score(missed, p)) if both else None,
        ratio=ratio_of(missed.sum(), p.sum(), spread),
        bins=bins,
        by_procedure=by_group([row.group for row in rows], missed, p, spread),
    )


def skill_of(loss: Floats, base: Floats, patients: NDArray[np.int64], seed: int) -> Interval:
    """1 - Brier / Brier of the base rate, with a bootstrap interval over patients.

    Visits of one patient go together, so that drawing visits would make the interval too narrow.
    """
    ours = np.bincount(patients, weights=loss)
    theirs = np.bincount(patients, weights=base)
    count = len(ours)
    drawn = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), RESAMPLES)
    skills = 1.0 - (drawn @ ours) / (drawn @ theirs)
    low, high = np.quantile(skills, (_TAIL, 1 - _TAIL))
    return Interval(value=float(1 - loss.sum() / base.sum()), low=float(low), high=float(high))


def dispersion(patients: NDArray[np.int64], missed: Floats, p: Floats) -> float:
    """How much more misses vary between patients than chance alone would have it; at least 1.

    Pearson's statistic over patients: sum of (observed - expected)^2 over the sum of p (1 - p). The
    chances are first brought to the level of the misses: that all are too low is no clustering,
    and must not widen the interval that is to show it.
    """
    level = np.minimum(0.99, p * max(0.5, missed.sum()) / p.sum())
    difference = np.bincount(patients, weights=missed - level)
    return max(1.0, float((difference**2).sum() / (level * (1 - level)).sum()))


def ratio_of(observed: float, expected: float, spread: float = 1.0) -> Interval:
    """Observed over expected misses. The interval is exact for a Poisson count (F. Garwood,
    'Fiducial limits for the Poisson distribution', Biometrika 28, 1936), of observed / `spread`
    misses where they come in clusters.
    """
    seen = observed / spread
    low = chi2.ppf(_TAIL, 2 * seen) / 2 if seen > 0 else 0.0
    high = chi2.ppf(1 - _TAIL, 2 * seen + 2) / 2
    scale = spread / expected
    return Interval(value=observed / expected, low=float(low * scale), high=float(high * scale))


def by_group(
    groups: Sequence[str], missed: Floats, p: Floats, spread: float = 1.0
) -> tuple[GroupRatio, ...]:
    """Observed over expected misses of each group, the largest group first."""
    members: dict[str, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        members[group].append(at)
    return tuple(
        group_ratio(group, missed[at], p[at], spread)
        for group, at in sorted(members.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    )


def group_ratio(group: str, missed: Floats, p: Floats, spread: float = 1.0) -> GroupRatio:
    """Observed over expected misses of these visits."""
    observed, expected = float(missed.sum()), float(p.sum())
    return GroupRatio(
        group=group,
        visits=len(missed),
        observed=int(observed),
        expected=expected,
        ratio=ratio_of(observed, expected, spread),
    )


def reliability(missed: Floats, p: Floats) -> tuple[ReliabilityBin, ...]:
    """Bins of about as many visits each, from the lowest risk to the highest.

    The interval of the observed share is exact for a binomial (C. J. Clopper and E. S. Pearson,
    'The use of confidence or fiducial limits illustrated in the case of the binomial', Biometrika
    26, 1934).
    """
    bins = []
    for at in _equal_parts(p):
        count, events = len(at), float(missed[at].sum())
        low = beta.ppf(_TAIL, events, count - events + 1) if events > 0 else 0.0
        high = beta.ppf(1 - _TAIL, events + 1, count - events) if events < count else 1.0
        observed = Interval(value=events / count, low=float(low), high=float(high))
        expected = float(p[at].mean())
        bins.append(ReliabilityBin(visits=count, expected=expected, observed=observed))
    return tuple(bins)


def calibration_error(bins: Sequence[ReliabilityBin]) -> float:
    """Mean distance of observed share and expected one over the bins (ECE), visits counted."""
    total = sum(one.visits for one in bins)
    return sum(one.visits * abs(one.observed.value - one.expected) for one in bins) / total


def error_by_chance(missed: Floats, p: Floats) -> float:
    """The ECE that probabilities without any error have on average over so few visits.

    The observed share of a bin is about normal with variance sum p (1 - p) / n^2, and the mean
    distance of a normal from its mean is sqrt(2 / pi) standard deviations.
    """
    total = sum(math.sqrt(float((p[at] * (1 - p[at])).sum())) for at in _equal_parts(p))
    return math.sqrt(2 / math.pi) * total / len(missed)


def _equal_parts(p: Floats) -> list[NDArray[np.int64]]:
    order = np.argsort(p, kind="stable")
    return [part for part in np.array_split(order, BINS) if len(part)]
