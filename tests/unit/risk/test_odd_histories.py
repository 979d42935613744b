"""Histories that are short, oddly dated or coded the wrong way round."""

import datetime as dt
import random

import pytest

from engine.practice import NoShowModel, Outcome, PastVisit
from engine.problems import PracticeProblemsError
from engine.risk.fit.fit_no_show import fit_no_show
from engine.risk.fit.known import known_rows
from engine.risk.fit.split import after_run_in, split

DAY = dt.date(2024, 1, 1)


def history(visits: int, misses: int, patients: int, days: int, seed: int = 0) -> list[PastVisit]:
    """Visits of drawn patients on drawn days; which of them are missed is drawn, too."""
    draw = random.Random(seed)
    missed = set(draw.sample(range(visits), misses))
    return [
        PastVisit(
            f"P{draw.randrange(patients):04}",
            DAY + dt.timedelta(days=draw.randrange(days)),
            Outcome.MISSED if n in missed else Outcome.KEPT,
        )
        for n in range(visits)
    ]


@pytest.mark.parametrize(("misses", "refused"), [(29, False), (30, True), (45, True)])
def test_half_or_more_missed_is_refused_and_what_is_written_can_be_read(misses, refused):
    past = history(60, misses, 50, 60)
    if not refused:
        model = fit_no_show(past, 0.49)
        assert NoShowModel.model_validate_json(model.model_dump_json()) == model
        return
    with pytest.raises(PracticeProblemsError) as error:
        fit_no_show(past, 0.49)
    (problem,) = error.value.problems
    assert problem.code == "history-mostly-missed"
    assert f"{misses} of 60" in problem.cause
    assert "the wrong way round" in problem.remedy


@pytest.mark.parametrize("before", [0, 1, 400])
def test_a_history_of_the_date_of_its_export_is_fitted_and_told_of(before):
    """With one visit before the others nothing but that one could be fitted on."""
    day = DAY + dt.timedelta(days=1)
    past = [PastVisit(one.patient, day, one.outcome) for one in history(600, 60, 500, 1)]
    past += [PastVisit(f"Q{n}", DAY, Outcome.KEPT) for n in range(before)]
    model = fit_no_show(past)
    assert model.held_out is None
    assert f"600 of {600 + before} visits bear the date {day}" in " ".join(model.notes)


def test_a_run_in_is_cut_only_where_enough_is_left_to_judge():
    """One year: cutting a third of 600 visits would leave 400, too few to hold some out."""
    rows = known_rows(history(600, 70, 150, 365), 0.05)
    assert after_run_in(rows) == rows
    assert split(after_run_in(rows), 0) is not None
    more = known_rows(history(900, 100, 150, 365), 0.05)
    assert 500 <= len(after_run_in(more)) < 700


def test_too_few_misses_in_the_last_third_have_a_sentence_of_their_own():
    """All misses lie in the first half: level and slope can be set, and nothing be judged."""
    past = sorted(history(600, 0, 160, 60), key=lambda one: one.date)
    past = [
        PastVisit(one.patient, one.date, Outcome.MISSED if n < 300 and n % 6 == 0 else one.outcome)
        for n, one in enumerate(past)
    ]
    model = fit_no_show(past)
    assert (model.rows, model.misses, model.held_out) == (600, 50, None)
    assert model.notes[0].startswith("600 visits with 50 misses, but of the last third of them")
    assert "are needed" not in model.notes[0]
    assert model.calibration != NoShowModel().calibration


def test_a_single_patient_is_fitted_without_a_calibration():
    model = fit_no_show(history(600, 60, 1, 700))
    assert (model.patients, model.held_out) == (1, None)
    assert model.calibration == NoShowModel().calibration
