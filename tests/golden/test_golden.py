"""Frozen problems keep their optimum: status, objective and KPIs, never placements.

A difference is either a fault or a change of rules or prices that is meant; then
`python tests/golden/freeze.py` writes the files anew.
"""

import importlib.util
from pathlib import Path

import pytest

from engine.checker import check
from engine.filling.fill import fill_days


def _load_freeze():
    path = Path(__file__).with_name("freeze.py")
    spec = importlib.util.spec_from_file_location("freeze", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


freeze = _load_freeze()


def test_every_file_has_its_seed() -> None:
    assert {path.stem for path in Path(__file__).parent.glob("*.json")} == set(freeze.SEEDS)


@pytest.mark.parametrize("name", list(freeze.SEEDS))
def test_optimum_is_as_it_was(name) -> None:
    problem, horizon, expected = freeze.read(name)
    result = fill_days(problem, horizon, freeze.SETTINGS)
    assert result.schedule is not None
    assert check(problem, result.schedule).ok
    assert freeze.expected_of(result) == expected
    assert result.bound == pytest.approx(result.objective, abs=0.0006)
