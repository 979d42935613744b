"""Bad settings are refused with everything that is wrong."""

import re
from typing import Any

import pytest

from engine.practice import Problem
from engine.simulate.care_path import CarePath
from engine.simulate.faults import year_faults
from engine.simulate.settings import (
    DeskSettings,
    EngineSettings,
    PatientSettings,
    YearSettings,
)

GOOD = YearSettings(weeks=4, warm_up_weeks=1)


def codes(problem: Problem, policies=("first-fit",), replications=2, **changes: Any) -> list[str]:
    settings = GOOD.model_copy(update=changes)
    return [fault.code for fault in year_faults(problem, settings, policies, replications)]


def test_good_settings_have_no_faults(small_problem):
    assert codes(small_problem) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"weeks": 0, "warm_up_weeks": 0}, "year-weeks"),
        ({"weeks": 261}, "year-weeks"),
        ({"warm_up_weeks": 4}, "year-warm-up"),
        ({"warm_up_weeks": -1}, "year-warm-up"),
        ({"horizon_weeks": 5}, "year-horizon"),
        ({"engine": EngineSettings(seconds=0)}, "year-seconds"),
        ({"engine": EngineSettings(workers=0)}, "year-workers"),
        ({"patients": PatientSettings(acceptance=1.2)}, "year-share"),
        ({"patients": PatientSettings(miss_rate=0.0)}, "year-rate"),
        ({"patients": PatientSettings(new_a_week=-1)}, "year-rate"),
        ({"patients": PatientSettings(frailty_shape=0)}, "year-frailty"),
        ({"patients": PatientSettings(interval_days=((5, 1.0),))}, "year-interval"),
        ({"patients": PatientSettings(retention_days=(91, 42))}, "year-retention"),
        (
            {"patients": PatientSettings(observation_starts=0.7, observation_leaves=0.4)},
            "year-observation",
        ),
        ({"desk": DeskSettings(checkout_share=-0.1)}, "year-share"),
        ({"desk": DeskSettings(later_days=-1)}, "year-days"),
        ({"path": CarePath(exam=(("NO-SUCH", 1.0),))}, "year-care-path"),
        ({"policies": ()}, "year-no-policy"),
        ({"policies": ("engine", "engine")}, "year-policy-twice"),
        ({"policies": ("random",)}, "year-policy"),
        ({"replications": 0}, "year-replications"),
    ],
)
def test_each_fault_alone(small_problem, changes: dict[str, Any], code: str):
    assert codes(small_problem, **changes) == [code]


def test_all_faults_come_at_once(small_problem):
    changes = {"weeks": 0, "patients": PatientSettings(acceptance=2.0)}
    found = codes(small_problem, ("random", "best"), 0, **changes)
    assert found == [
        *("year-weeks", "year-warm-up", "year-replications"),
        *("year-policy", "year-policy", "year-share"),
    ]


def test_a_fault_says_what_was_found_and_what_to_do(small_problem):
    (fault,) = year_faults(small_problem, GOOD, ("random",), 1)
    assert re.search(
        r"policy 'random': is not known -> choose of first-fit, .*clairvoyant", str(fault)
    )


def test_an_optional_step_may_lack_and_a_stand_in_counts(small_problem):
    path = CarePath(records=(("NO-SUCH", 1.0),), late_retention=(("NO-SUCH", 1.0),), aligners=())
    assert codes(small_problem, path=path) == []
