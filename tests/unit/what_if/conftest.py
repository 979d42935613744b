"""Scenarios on tiny practices: changes are written as in a file."""

import datetime as dt

import pytest

from engine.practice import Horizon, Problem
from engine.what_if.faults import scenario_faults
from engine.what_if.prepare import changed_by
from engine.what_if.scenarios import Scenario

WEEK = Horizon(start=dt.date(2026, 3, 2), days=5)
"""Monday to Friday, as in the fixture `tiny`."""


class Asking:
    """A scenario of changes on a week."""

    week = WEEK

    @staticmethod
    def scenario(*changes: dict, name: str = "x", **more) -> Scenario:
        return Scenario.model_validate({"name": name, "change": list(changes), **more})

    def changed(self, problem: Problem, *changes: dict) -> Problem:
        return changed_by(problem, WEEK, self.scenario(*changes))

    def codes(self, problem: Problem, *changes: dict) -> list[str]:
        """The codes of all faults, without their common beginning."""
        found = scenario_faults(problem, WEEK, [self.scenario(*changes)])
        return [one.code.removeprefix("scenario-") for one in found]


@pytest.fixture
def asking() -> Asking:
    return Asking()
