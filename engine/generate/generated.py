"""What a generator returns."""

from dataclasses import dataclass

from engine.generate.summary import Summary
from engine.practice import Horizon, Problem
from engine.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Generated:
    """A problem, the dates to fill, the known-good schedule where one was planted, and figures."""

    problem: Problem
    horizon: Horizon
    planted_schedule: Schedule | None
    summary: Summary
