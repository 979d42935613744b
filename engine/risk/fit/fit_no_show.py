"""Fit a no-show model on a practice's own history: split, fit, calibrate, judge, fit on all.

The figures in the model come from a part of the history that the fit before them had not seen; the
coefficients come from a last fit on every row, with the calibration of the first one.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from engine.practice import Calibration, NoShowModel, PastVisit
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.risk.fit.coefficients import fit_coefficients
from engine.risk.fit.known import Known, RowScorer, known_rows
from engine.risk.fit.logistic import Floats, fit_toward
from engine.risk.fit.measures import held_out_of
from engine.risk.fit.split import FEWEST_MISSES, FEWEST_VISITS, split
from engine.risk.score import log_odds

_CALIBRATION_PRIOR = np.array([0.0, 1.0])
_CALIBRATION_SPREAD = np.array([0.25, 0.25])
"""A calibration part has few misses, so that its intercept and slope shrink to 0 and 1."""
_HELD_OUT = (
    "the figures were measured with {share:.0%} of the visits held out, later ones and of other "
    "patients; the coefficients are those of a last fit on all visits"
)
_TOO_FEW = (
    "{visits} visits with {misses} misses: too few to hold some out ({least} visits with "
    "{fewest} misses are needed), so nothing was measured and the model is close to the prior"
)


def fit_no_show(visits: Iterable[PastVisit], base_rate: float = 0.05, seed: int = 0) -> NoShowModel:
    """The model of these visits. `base_rate`: the practice's stated share of missed visits, to
    which a short history shrinks. `seed`: which patients are held out.

    PracticeProblemsError where no visit was missed, or none kept.
    """
    rows = known_rows(visits, base_rate)
    _refuse_one_outcome(rows)
    whole = fit_coefficients(rows, base_rate).model
    parts = split(rows, seed)
    if parts is None:
        note = _TOO_FEW.format(
            visits=whole.rows, misses=whole.misses, least=FEWEST_VISITS, fewest=FEWEST_MISSES
        )
        return whole.model_copy(update={"notes": (note, *whole.notes)})
    first = fit_coefficients(parts.training, base_rate).model
    calibrated = first.model_copy(update={"calibration": calibrate(first, parts.calibration)})
    usual = first.misses / first.rows
    held_out = held_out_of(
        parts.held_out, chances(calibrated, parts.held_out), usual or base_rate, seed
    )
    note = _HELD_OUT.format(share=held_out.rows / len(rows))
    return whole.model_copy(
        update={
            "calibration": calibrated.calibration,
            "held_out": held_out,
            "notes": (note, *whole.notes),
        }
    )


def chances(model: NoShowModel, rows: Sequence[Known]) -> Floats:
    """The chance of a miss of each visit as it was on the day it was booked."""
    scorer = RowScorer(model)
    return np.array([scorer.at_booking(row) for row in rows])


def calibrate(model: NoShowModel, rows: Sequence[Known]) -> Calibration:
    """Intercept and slope that set the model's log-odds right on visits it has not seen."""
    logits = np.array([log_odds(p) for p in chances(model, rows)])
    missed = np.array([row.missed for row in rows], dtype=np.float64)
    x = np.column_stack((np.ones(len(rows)), logits))
    fitted = fit_toward(x, missed, _CALIBRATION_PRIOR, _CALIBRATION_SPREAD)
    intercept, slope = (float(value) for value in fitted.coefficients)
    return Calibration(slope=max(0.05, slope), intercept=intercept)


def _refuse_one_outcome(rows: Sequence[Known]) -> None:
    misses = sum(row.missed for row in rows)
    if 0 < misses < len(rows):
        return
    found = "no visit was kept or missed" if not rows else f"all {len(rows)} visits were "
    if rows:
        found += "missed" if misses else "kept"
    remedy = (
        "export kept and missed visits both (many books drop broken ones when they are rebooked); "
        "until then leave the practice without a model: the prior holds, at policy.risk.base_rate"
    )
    raise PracticeProblemsError([PracticeProblem("history-one-outcome", "history", found, remedy)])
