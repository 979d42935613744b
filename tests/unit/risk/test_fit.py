"""Fitting: what was planted comes back, few rows change little, and the JSON is the fit."""

import dataclasses
import datetime as dt
import math

import numpy as np
import pytest

from engine.generate import Planted, generate_history
from engine.generate.history import PLANTED
from engine.practice import Confirmation, NoShowFeature, NoShowModel, Outcome, PastVisit
from engine.problems import PracticeProblemsError
from engine.risk.features import PRIORS
from engine.risk.fit.calibrate import calibration_of, chances
from engine.risk.fit.coefficients import fit_coefficients, with_cap_note
from engine.risk.fit.fit_no_show import fit_no_show
from engine.risk.fit.known import RowScorer, known_rows
from engine.risk.fit.logistic import fit_toward
from engine.risk.fit.split import after_run_in, split

TODAY = dt.date(2026, 3, 5)


@pytest.fixture(scope="module")
def plain_rows():
    """About 26,000 visits of patients without a secret of their own."""
    law = Planted(level=-3.2, frailty=0.0)
    return known_rows(generate_history(2000, TODAY, seed=11, years=6, planted=law), 0.05)


@pytest.fixture(scope="module")
def plain_fit(plain_rows):
    return fit_coefficients(plain_rows, 0.05)


def test_planted_effects_are_recovered(plain_rows, plain_fit):
    """Of features that occur, each estimate lies within 3.5 standard errors of what was planted.

    With some 25 of them a normal error larger than that comes once in 90 histories; the prior pulls
    by less than half a standard error at this size. Without history in the first two years of the
    file the record is cut short, so the effects of earlier misses are judged on later rows.
    """
    late = [row for row in plain_rows if row.date >= TODAY - dt.timedelta(days=4 * 365)]
    model = fit_coefficients(late, 0.05).model
    seen = [effect for effect in model.effects if effect.spread > 0]
    assert len(seen) > 20
    off = {
        effect.feature: (effect.logit, PLANTED.get(effect.feature, 0.0), effect.error)
        for effect in seen
        if effect.logit != 0
        and abs(effect.logit - PLANTED.get(effect.feature, 0.0)) > 3.5 * effect.error
    }
    assert off == {}
    strong = model.effect_of[NoShowFeature.ACCOUNT_OVERDUE]
    assert strong.error < 0.1
    assert strong.logit == pytest.approx(1.1, abs=0.3)


def test_the_json_scores_as_the_library_does(plain_rows, plain_fit):
    read = NoShowModel.model_validate_json(plain_fit.model.model_dump_json())
    scorer = RowScorer(read)
    # No effect of weekday or hour reaches its cap, so the fit and the score are the same formula.
    assert not scorer.scorer.cap_bites
    ours = [scorer.on_the_day(row) for row in plain_rows[:3000]]
    theirs = plain_fit.estimator.predict_proba(plain_fit.design.x[:3000])[:, 1]
    assert np.abs(np.array(ours) - theirs).max() < 1e-9


def test_without_a_visit_the_fit_is_the_prior():
    prior, spread = np.array([1.5, -0.4]), np.array([0.5, 0.2])
    fitted = fit_toward(np.zeros((1, 2)), np.array([1.0]), prior, spread)
    assert fitted.coefficients == pytest.approx(prior, abs=1e-3)
    assert fitted.errors == pytest.approx(spread)


def test_a_normal_prior_meets_visits_half_way():
    """400 visits at log-odds b + x, half missed, against a prior for b of 1 +- 0.1.

    The visits hold 400 / 4 = 100 at b = 0, the prior 1 / 0.01 = 100. The mode solves
    100 (1 - b) = 400 (s(b) - 1/2), whose right side is about 100 b - 8.3 b^3: b = 0.5052.
    """
    x, missed = np.ones((400, 1)), np.repeat([0.0, 1.0], 200)
    fitted = fit_toward(x, missed, np.array([1.0]), np.array([0.1]))
    b = fitted.coefficients[0]
    assert b == pytest.approx(0.5052, abs=0.002)
    assert 100 * (1 - b) == pytest.approx(400 * (1 / (1 + math.exp(-b)) - 0.5), abs=0.2)


def test_ten_rows_are_nearly_the_prior(frail_history):
    rows = known_rows(frail_history, 0.05)
    few = [*[row for row in rows if row.missed][:2], *[row for row in rows if not row.missed][:8]]
    model = fit_coefficients(few, 0.05).model
    for effect in model.effects:
        prior = PRIORS[effect.feature]
        assert abs(effect.logit - prior.mean) < prior.spread
    # Two of ten were missed, 5 % were stated: what is expected goes less than half of the way.
    expected = np.mean([RowScorer(model).on_the_day(row) for row in few])
    assert 0.05 < expected < 0.125


def test_few_rows_shrink_to_the_stated_rate_whatever_patients_say(frail_history):
    """In all rows a reminder is planned, most are confirmed: neither lowers what is stated."""
    rows = known_rows(frail_history, 0.05)
    few = [*[row for row in rows if row.missed][:2], *[row for row in rows if not row.missed][:38]]
    assert any(row.said is Confirmation.CONFIRMED for row in few)
    model = fit_coefficients(few, 0.05).model
    expected = np.mean([RowScorer(model).on_the_day(row) for row in few])
    assert expected == pytest.approx(0.05, abs=0.006)  # two of forty were missed, as stated


def test_few_rows_are_not_judged_and_it_is_said(frail_history):
    some = [visit for visit in frail_history if visit.patient < "H00030"]
    model = fit_no_show(some)
    assert model.held_out is None
    assert "too few to hold some out" in model.notes[0]
    assert model.calibration.slope == 1


@pytest.mark.parametrize("outcome", [Outcome.KEPT, Outcome.MISSED])
def test_one_outcome_alone_is_refused_with_the_way_out(outcome):
    day = dt.date(2025, 1, 6)
    past = [PastVisit(f"P{n}", day + dt.timedelta(days=n), outcome) for n in range(30)]
    with pytest.raises(PracticeProblemsError) as refused:
        fit_no_show(past)
    (problem,) = refused.value.problems
    assert problem.code == "history-one-outcome"
    assert f"all 30 visits were {outcome}" in problem.cause
    assert "the prior holds" in problem.remedy


def test_no_patient_is_in_two_parts_and_the_judged_part_is_later(frail_history):
    rows = known_rows(frail_history, 0.05)
    parts = split(rows, seed=3)
    assert parts is not None
    fitted, judged = ({row.patient for row in part} for part in (parts.fitted, parts.held_out))
    assert fitted & judged == set()
    assert max(row.date for row in parts.fitted) < min(row.date for row in parts.held_out)
    assert split(rows, seed=3) == parts
    assert split(rows, seed=4) != parts
    assert split(rows[:400], seed=3) is None


def test_the_first_year_serves_as_record_only(frail_history):
    rows = known_rows(frail_history, 0.05)
    left = after_run_in(rows)
    # A third of not quite three years.
    assert left[0].date >= rows[0].date + dt.timedelta(days=364)
    assert left == rows[len(rows) - len(left) :]
    assert after_run_in(rows[:400]) == rows[:400]
    # A history of half a year loses two months.
    short = [row for row in rows if row.date < rows[0].date + dt.timedelta(days=183)]
    assert 58 <= (after_run_in(short)[0].date - rows[0].date).days <= 64


def test_a_held_out_part_is_calibrated(frail_history):
    """Observed over expected holds 1, and the ECE is no larger than chance makes it.

    Without error the ECE over ten bins has mean `ece_by_chance` c; each bin's distance is a folded
    normal with standard deviation 0.756 of its mean, so that ten of them have c x 0.756 / sqrt(10)
    = 0.24 c. Visits of one patient go together and the fit has an error of its own: twice c is a
    bound that a model with a wrong level or slope does not keep.
    """
    model = fit_no_show(frail_history, 0.05, seed=1)
    held_out = model.held_out
    assert held_out is not None
    assert held_out.rows > 800
    assert held_out.ratio.low < 1 < held_out.ratio.high
    assert held_out.ece < 2 * held_out.ece_by_chance
    assert held_out.skill.low > 0
    assert (held_out.auc or 0) > 0.65
    assert model.rows > held_out.rows
    assert "last fit on all visits" in model.notes[0]


def test_what_becomes_of_others_later_does_not_change_what_is_judged(frail_history):
    """Visits after the first judged one, of patients of the fitted part, are in neither part."""
    some = [visit for visit in frail_history if visit.patient < "H00250"]
    parts = split(after_run_in(known_rows(some, 0.05)), seed=0)
    assert parts is not None
    border = min(row.date for row in parts.held_out)
    judged = {row.patient for row in parts.held_out}
    later = [
        dataclasses.replace(visit, outcome=Outcome.MISSED)
        if visit.date >= border and visit.patient not in judged and visit.outcome is Outcome.KEPT
        else visit
        for visit in some
    ]
    assert sum(one != other for one, other in zip(some, later, strict=True)) > 100
    assert fit_no_show(later).held_out == fit_no_show(some).held_out


def test_the_calibration_mends_a_wrong_level(frail_history):
    rows = known_rows(frail_history, 0.05)
    model = fit_coefficients(rows, 0.05).model
    p = chances(model, rows)
    too_high = np.log(p / (1 - p)) + 0.8
    mended = calibration_of(rows, too_high)
    fixed = 1 / (1 + np.exp(-(mended.intercept + mended.slope * too_high)))
    assert fixed.mean() == pytest.approx(np.mean([row.missed for row in rows]), rel=0.05)


def test_hours_that_make_no_clear_difference_are_not_priced():
    """Without an effect of the time of day none is left; of 1.2 for four hours one is."""
    effects = {**PLANTED, "clock_1": 0.0, "weekday_mon": 0.0}
    even = fit_coefficients(_rows(effects), 0.05).model
    clocks = (NoShowFeature.CLOCK_1, NoShowFeature.CLOCK_2, NoShowFeature.WEEKDAY_MON)
    assert [even.effect_of[feature].logit for feature in clocks] == [0, 0, 0]
    assert len([note for note in even.notes if "no clear difference" in note]) == 2
    uneven = fit_coefficients(_rows(effects | {"clock_1": 1.2}), 0.05).model
    assert uneven.effect_of[NoShowFeature.CLOCK_1].logit > 0.5
    assert [note for note in with_cap_note(uneven).notes if "capped" in note]
    assert with_cap_note(even) == even


def _rows(effects):
    law = Planted(level=-3.2, frailty=0.0, effects=effects)
    return known_rows(generate_history(250, TODAY, seed=6, planted=law), 0.05)


def test_same_history_same_model(frail_history):
    some = [visit for visit in frail_history if visit.patient < "H00100"]
    assert fit_no_show(some, seed=2) == fit_no_show(some, seed=2)
