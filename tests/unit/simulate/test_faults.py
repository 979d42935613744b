"""Bad settings are refused with everything that is wrong."""

import re
from typing import Any

import pytest

from engine.practice import Problem
from engine.problems import PracticeProblemsError
from engine.simulate.care_path import CarePath
from engine.simulate.faults import settings_of, year_faults
from engine.simulate.settings import PatientSettings, YearSettings

GOOD = YearSettings(weeks=4, warm_up_weeks=1)


def codes(problem: Problem, policies=("first-fit",), replications=2, **changes: Any) -> list[str]:
    settings = GOOD.model_copy(update=changes)
    return [fault.code for fault in year_faults(problem, settings, policies, replications)]


def refused(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Where, cause and remedy of every fault of a settings document."""
    with pytest.raises(PracticeProblemsError) as error:
        settings_of(document)
    return [(fault.code, f"{fault.cause} -> {fault.remedy}") for fault in error.value.problems]


def test_good_settings_have_no_faults(small_problem):
    assert codes(small_problem) == []
    assert settings_of({}) == YearSettings()


@pytest.mark.parametrize(
    ("document", "code", "says"),
    [
        ({"weeks": 0}, "weeks", "is 0 -> it should be greater than or equal to 1"),
        ({"weeks": 261}, "weeks", "less than or equal to 260"),
        ({"weeks": 4, "warm_up_weeks": 4}, "warm-up-weeks", "below the 4 weeks of the year"),
        ({"warm_up_weeks": -1}, "warm-up-weeks", "greater than or equal to 0"),
        ({"horizon_weeks": 5}, "horizon-weeks", "less than or equal to 4"),
        ({"engine": {"seconds": 0}}, "seconds", "greater than 0"),
        ({"engine": {"workers": 0}}, "workers", "greater than or equal to 1"),
        ({"engine": {"seconds": "fast"}}, "seconds", "is fast -> it should be a valid number"),
        ({"patients": {"acceptance": 1.2}}, "acceptance", "is 1.2 -> it should be less than"),
        ({"patients": {"miss_rate": 0.0}}, "miss-rate", "greater than 0"),
        ({"patients": {"cancel_rate": 0.5}}, "cancel-rate", "less than 0.5"),
        ({"patients": {"miss_drift_a_year": 40.0}}, "miss-drift-a-year", "less than or equal to 1"),
        ({"patients": {"observation_days": -182}}, "observation-days", "is -182"),
        ({"patients": {"contract_months_sd": -1}}, "contract-months-sd", "greater than or equal"),
        (
            {"patients": {"contract_months_mean": 0}},
            "contract-months-mean",
            "greater than or equal",
        ),
        ({"patients": {"breakages_a_week": 50}}, "breakages-a-week", "less than or equal to 5"),
        ({"patients": {"new_a_week": -1}}, "new-a-week", "greater than or equal to 0"),
        ({"patients": {"frailty_shape": 0}}, "frailty-shape", "greater than or equal to 0.05"),
        (
            {"patients": {"interval_days": [[5, 1.0]]}},
            "interval-days",
            "greater than or equal to 7",
        ),
        ({"patients": {"interval_days": []}}, "interval-days", "at least one with a share above 0"),
        ({"patients": {"interval_days": [[42, 0.7], [56, 0.6]]}}, "interval-days", "make 1.3"),
        ({"patients": {"retention_days": [91, 42]}}, "retention-days", "later than the one before"),
        (
            {"patients": {"observation_starts": 0.7, "observation_leaves": 0.4}},
            "observation-leaves",
            "is 0.4 -> it should be at most 0.3, what observation_starts leaves of 1",
        ),
        ({"desk": {"checkout_share": -0.1}}, "checkout-share", "greater than or equal to 0"),
        ({"desk": {"later_days": -1}}, "later-days", "greater than or equal to 0"),
        ({"desk": {"longest_lead_days": 0}}, "longest-lead-days", "greater than or equal to 1"),
        (
            {"path": {"braces": [["ADJS", 0.8], ["ADJR", 0.4]]}},
            "braces",
            "at most 1; these make 1.2",
        ),
        ({"path": {"exam": [["NPEX", -0.5]]}}, "exam", "greater than or equal to 0"),
        ({"path": {"exam": [["A", 0.5], ["A", 0.2]]}}, "exam", "every name stands once"),
        ({"weks": 3}, "unknown-setting", "is no setting"),
        ({"patients": 7}, "patients", "is 7"),
    ],
)
def test_each_fault_alone(document: dict[str, Any], code: str, says: str):
    ((found, text),) = refused(document)
    assert found == f"year-{code}"
    assert says in text


def test_shares_that_make_one_in_decimals_are_good():
    shares = [["A", 0.05], ["B", 0.55], ["C", 0.3], ["D", 0.1]]
    assert sum(share for _, share in shares) > 1  # 1.0000000000000002
    assert settings_of({"path": {"braces": shares}}).path.braces[0] == ("A", 0.05)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"path": CarePath(exam=(("NO-SUCH", 1.0),))}, "year-care-path"),
        ({"policies": ()}, "year-no-policy"),
        ({"policies": ("engine", "engine")}, "year-policy-twice"),
        ({"policies": ("random",)}, "year-policy"),
        ({"replications": 0}, "year-replications"),
        ({"weeks": 0}, "year-weeks"),  # a copy is not checked when it is made
    ],
)
def test_what_no_document_can_know(small_problem, changes: dict[str, Any], code: str):
    assert codes(small_problem, **changes) == [code]


def test_all_faults_come_at_once(small_problem):
    wrong = PatientSettings().model_copy(update={"acceptance": 2.0, "observation_days": 0})
    found = codes(small_problem, ("random", "best"), 0, weeks=0, patients=wrong)
    assert found == [
        *("year-weeks", "year-acceptance", "year-observation-days"),
        *("year-policy", "year-policy", "year-replications"),
    ]


def test_a_fault_says_what_was_found_and_what_to_do(small_problem):
    (fault,) = year_faults(small_problem, GOOD, ("random",), 1)
    assert re.search(
        r"policy 'random': is not known -> choose of first-fit, .*clairvoyant", str(fault)
    )


def test_an_optional_step_may_lack_and_a_stand_in_counts(small_problem):
    path = CarePath(records=(("NO-SUCH", 1.0),), late_retention=(("NO-SUCH", 1.0),), aligners=())
    assert codes(small_problem, path=path) == []
