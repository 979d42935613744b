"""Tiny days, each with its optimum by brute force, which is worked out only once."""

import importlib.util
import sys
from functools import cached_property
from pathlib import Path
from types import ModuleType

import pytest

from engine.practice import Horizon, Problem


def load_neighbour(name: str) -> ModuleType:
    """A module that lies beside this file, which is not on the import path."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


class TinyDay:
    """A problem, its dates, and the cheapest of all its schedules in millipoints."""

    def __init__(self, problem: Problem, horizon: Horizon) -> None:
        self.problem = problem
        self.horizon = horizon

    @cached_property
    def tried(self):
        """Everything tried: `optimum()` and the `schedule` that has it."""
        tried = load_neighbour("brute_force").BruteForce(self.problem, self.horizon)
        tried.optimum()
        return tried

    @property
    def optimum(self) -> int:
        return self.tried.best


_BUILDERS = load_neighbour("tiny_day_builders")  # first: the others import it by this name
for _name in ("forced_paths", "sound_fill", "random_days"):
    load_neighbour(_name)  # tests import what they need at their top
load_neighbour("tiny_days_of_people")
load_neighbour("tiny_days_of_rooms")
_KNOWN: dict[str, TinyDay] = {}


def known_day(name: str, tiny) -> TinyDay:
    """The tiny day of that name."""
    if name not in _KNOWN:
        horizon = Horizon(start=tiny.tuesday, days=2 if name in _BUILDERS.TWO_DAYS else 1)
        _KNOWN[name] = TinyDay(_BUILDERS.DAYS[name](tiny), horizon)
    return _KNOWN[name]


@pytest.fixture(params=list(_BUILDERS.DAYS))
def tiny_day(request, tiny) -> TinyDay:
    """One tiny day after the other."""
    return known_day(request.param, tiny)


@pytest.fixture
def tiny_days(tiny) -> list[TinyDay]:
    """All tiny days."""
    return [known_day(name, tiny) for name in _BUILDERS.DAYS]


@pytest.fixture
def neighbours():
    """Loads a module that lies beside the tests."""
    return load_neighbour
