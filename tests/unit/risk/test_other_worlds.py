"""Histories that the model is not made for: cut short, or of patients who follow another law."""

import datetime as dt

import numpy as np
import pytest

from engine.generate import Planted, generate_history
from engine.practice import Outcome, PastVisit, Purpose
from engine.risk.fit.calibrate import chances
from engine.risk.fit.fit_no_show import fit_no_show
from engine.risk.fit.known import known_rows, usual_rate

TODAY = dt.date(2026, 3, 5)


def test_the_usual_rate_of_a_history_shrinks_to_the_stated_one():
    # Ten misses of 200 are stated; 30 of 100 came, and three cancelled visits are neither.
    outcomes = [Outcome.MISSED] * 30 + [Outcome.KEPT] * 70 + [Outcome.CANCELLED] * 3
    past = [PastVisit(f"P{n}", TODAY, one) for n, one in enumerate(outcomes)]
    assert usual_rate(past, 0.05) == pytest.approx(40 / 300)
    assert usual_rate([], 0.05) == pytest.approx(0.05)


def test_a_short_history_sets_the_level_of_patients_whose_records_are_longer():
    """Half a year is fitted, and then asked about with all that the years before know of patients.

    Over four histories expected misses are those that came, within a tenth. One alone may be off by
    more: some 230 misses of a few hundred patients hold it.
    """
    first, ratios = TODAY - dt.timedelta(days=182), []
    for seed in (5, 6, 7, 8):
        history = generate_history(1000, TODAY, seed=seed, planted=Planted(level=-3.2))
        model = fit_no_show([visit for visit in history if visit.date >= first], 0.05)
        rows = [row for row in known_rows(history, model.base_rate) if row.date >= first]
        missed = np.mean([row.missed for row in rows])
        ratios.append(chances(model, rows).mean() / missed)
    assert np.mean(ratios) == pytest.approx(1.0, abs=0.1)


def test_hazards_and_gamma_frailty_are_calibrated_by_a_logistic_model_too():
    """Misses come with 1 - exp(-frailty x hazard), of patients whose frailty is gamma distributed.

    Of each history some 100 misses are held out, and as many decide the level of the fit: observed
    over expected is off by 0.15 or so, over four histories by half of that.
    """
    parts = [fit_no_show(_hazards(seed, patients=1500), 0.05).held_out for seed in range(4)]
    held_out = [part for part in parts if part is not None]
    assert len(held_out) == 4
    assert np.mean([part.ratio.value for part in held_out]) == pytest.approx(1.0, abs=0.15)
    assert np.mean([part.ece / part.ece_by_chance for part in held_out]) < 2
    assert min(part.skill.low for part in held_out) > 0


def _hazards(seed: int, patients: int) -> list[PastVisit]:
    """Up to fourteen visits of each patient, an exam first, two to ten weeks apart."""
    rng, made = np.random.default_rng(seed), []
    for number in range(patients):
        frailty, day = rng.gamma(0.8, 1 / 0.8), TODAY - dt.timedelta(days=int(rng.integers(1, 900)))
        for at in range(14):
            booked, purpose = day, Purpose.ACTIVE if at else Purpose.EXAM
            day = booked + dt.timedelta(days=int(rng.integers(14, 70)))
            if day >= TODAY:
                break
            hazard = frailty * (0.07 if at else 0.11)
            missed = rng.random() < 1 - np.exp(-hazard)
            outcome = Outcome.MISSED if missed else Outcome.KEPT
            made.append(PastVisit(f"P{number}", day, outcome, booked_on=booked, purpose=purpose))
    return made
