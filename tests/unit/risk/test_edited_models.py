"""A model file that was changed by hand: what cannot be scored or shown is refused when read."""

import json

import numpy as np
import pytest

from engine.files import read_model
from engine.practice import NoShowModel
from engine.problems import PracticeProblemsError
from engine.risk.features import KNOTS
from engine.risk.fit.known import known_rows
from engine.risk.fit.measures import held_out_of
from engine.risk.prior import prior_model


@pytest.fixture
def raw(frail_history) -> dict:
    """A model with figures, as plain data."""
    rows = known_rows(frail_history[:60], 0.05)
    held_out = held_out_of(rows, np.linspace(0.05, 0.2, len(rows)), 0.1)
    update = {"held_out": held_out, "rows": 100, "misses": 10}
    return json.loads(prior_model(0.05, -3.0).model_copy(update=update).model_dump_json())


def knots(of: str, *values: float):
    def change(raw):
        next(one for one in raw["splines"] if one["of"] == of)["knots"] = list(values)

    return change


def effect(**fields):
    return lambda raw: raw["effects"][2].update(fields)


def held_out(**fields):
    return lambda raw: raw["held_out"].update(fields)


def ratio(value):
    return lambda raw: raw["held_out"]["ratio"].update(value=value)


EDITS = {
    "knot below zero": (knots("lead_days", -1.0, 7.0, 28.0, 56.0), "greater than or equal to 0"),
    "three knots": (knots("lead_days", 1.0, 7.0, 28.0), "lead_days has 3 knots, not 4"),
    "five knots": (
        knots("clock_hour", 8.0, 9.0, 12.0, 15.0, 16.0),
        "clock_hour has 5 knots, not 3",
    ),
    "falling": (knots("months_in_treatment", 12.0, 3.0, 24.0), "do not rise"),
    "error": (effect(error=1000.0), "less than or equal to 30"),
    "centre": (effect(centre=1000.0), "less than or equal to 10"),
    "bins": (held_out(bins=[]), "at least 1 item"),
    "misses": (lambda raw: raw.update(misses=101), "101 misses are more than 100 visits"),
    "judged misses": (held_out(misses=70), "70 misses are more than 56 visits"),
    "ratio": (ratio(-1.0), "is not below 0"),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_that_could_not_be_scored_or_shown_is_refused(raw, tmp_path, name):
    file = tmp_path / "model.json"
    file.write_text(json.dumps(raw), "utf-8")
    read_model(file, NoShowModel)
    change, words = EDITS[name]
    change(raw)
    file.write_text(json.dumps(raw), "utf-8")
    with pytest.raises(PracticeProblemsError) as refused:
        read_model(file, NoShowModel)
    assert words in " | ".join(problem.cause for problem in refused.value.problems)


def test_the_usual_knots_are_as_many_as_a_model_may_have():
    prior = prior_model(0.05)
    assert NoShowModel.model_validate(prior.model_dump()).knots_of == KNOTS
