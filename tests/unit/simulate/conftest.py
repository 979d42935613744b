"""A small practice year: sixty visits, four callers a week, filled by hand in two seconds."""

from dataclasses import dataclass

import pytest

from engine.generate import generate
from engine.practice import Problem
from engine.simulate.clinic import Clinic
from engine.simulate.policies import POLICIES, Policy
from engine.simulate.settings import EngineSettings, PatientSettings, YearSettings
from engine.simulate.week import live_through, run_week
from engine.simulate.year import open_clinic

SMALL = YearSettings(weeks=6, warm_up_weeks=2, patients=PatientSettings(new_a_week=4.0))


@dataclass
class Year:
    """A year that can be looked into: the clinic at its end."""

    clinic: Clinic
    policy: Policy


@pytest.fixture(scope="session")
def small_settings() -> YearSettings:
    return SMALL


@pytest.fixture(scope="session")
def small_problem() -> Problem:
    return generate("one-doctor", visits=60, seed=3, booked_share=0.4).problem


@pytest.fixture(scope="session")
def lived(small_problem: Problem):
    """Years by policy and seed, each lived once."""
    known: dict[tuple[str, int], Year] = {}

    def live(policy: str, seed: int = 1) -> Year:
        if (policy, seed) not in known:
            chosen = POLICIES[policy](EngineSettings(seconds=1.0, workers=1))
            clinic = open_clinic(small_problem, SMALL, seed)
            live_through(clinic, 0)
            for week in range(1, SMALL.weeks + 1):
                run_week(clinic, week, chosen)
            known[policy, seed] = Year(clinic, chosen)
        return known[policy, seed]

    return live
