"""The literature and a fitted model, judged on the visits of a small practice after the fit."""

import datetime as dt

import pytest

from benchmarks.own_model import GROUPS, MODELS, judge, live, table
from engine.generate import generate
from engine.practice import Outcome
from engine.simulate.settings import PatientSettings, YearSettings

WEEKS = 30


def test_both_models_are_judged_on_the_same_later_visits():
    problem = generate("one-doctor", visits=60, seed=3, booked_share=0.4).problem
    habits = PatientSettings(new_a_week=4.0, miss_rate=0.15)
    settings = YearSettings(weeks=WEEKS, warm_up_weeks=2, patients=habits)
    lived = live(problem, settings, 1)
    assert all(one.past.booked_on <= one.past.date for one in lived)
    assert all(one.past.booked_on == one.past.date for one in lived if one.by == "desk")

    border = max(one.past.date for one in lived) - dt.timedelta(days=70)
    found = judge(lived, 1, border)
    assert [(one.group, one.model) for one in found] == [(g, m) for g in GROUPS for m in MODELS]
    later = [
        one
        for one in lived
        if one.past.date >= border
        and one.chance is not None
        and one.past.outcome is not Outcome.CANCELLED
    ]
    for group, given_by in GROUPS.items():
        own = [one for one in later if one.by in given_by]
        missed = sum(one.past.outcome is Outcome.MISSED for one in own)
        literature, fitted = (one for one in found if one.group == group)
        for one in (literature, fitted):
            assert (one.visits, one.missed) == (len(own), missed)
        assert missed > 10
        assert literature.ratio == pytest.approx(missed / sum(one.chance or 0 for one in own))
        # 15 % are missed, the literature was set at 5 %; the fit has seen the practice.
        assert abs(fitted.ratio - 1) < abs(literature.ratio - 1)
    assert table(found).count("\n| ") == len(GROUPS) * len(MODELS)
