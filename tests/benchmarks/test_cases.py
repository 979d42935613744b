"""The cases have the loads that their names say, measured on the problems themselves."""

import pytest

from benchmarks.cases import CASES, LOADS
from benchmarks.load import Shares, shares_of


@pytest.mark.parametrize(
    "name", [case.name for case in CASES.values() if case.load and case.visits < 2000]
)
def test_the_load_is_what_the_case_says(name: str) -> None:
    case = CASES[name]
    assert case.load is not None
    loads = [shares_of(case.make(seed)).load for seed in (0, 1, 2)]
    assert sum(loads) / len(loads) == pytest.approx(case.load, abs=0.005)
    assert all(abs(load - case.load) < 0.012 for load in loads)


def test_every_size_has_both_loads() -> None:
    for size in ("one-", "two-", "four-", "ten-"):
        found = {case.load for case in CASES.values() if case.name.startswith(size)}
        assert set(LOADS) <= found


def test_the_scarcest_minutes_make_the_load() -> None:
    assert Shares(clinic=0.5, assistant=0.81, doctor=0.95).load == 0.95
    assert Shares(clinic=0.5, assistant=1.02, doctor=0.95).load == 1.02
