"""What is done for each scenario: the bound of its relaxation, and full solves."""

from dataclasses import dataclass

from engine.filling.fill import FillSettings, fill_days
from engine.practice import Horizon, Problem
from engine.result import Result
from engine.schedule import Schedule
from engine.solver.relaxation import Relaxation
from engine.what_if.from_base import laid_over
from engine.what_if.scenarios import ScenarioSettings


@dataclass(frozen=True, slots=True)
class BoundTask:
    """The bound of a scenario by prices alone."""

    name: str
    problem: Problem
    horizon: Horizon
    steps: int

    def run(self) -> float:
        """Points."""
        return Relaxation(self.problem, self.horizon).after(self.steps).bound


@dataclass(frozen=True, slots=True)
class FillTask:
    """A full solve with one seed, from the base's `earlier` schedule where there is one.

    `called`: bookings that the scenario has given other times.
    """

    name: str
    problem: Problem
    horizon: Horizon
    settings: FillSettings
    earlier: Schedule | None = None
    called: tuple[str, ...] = ()

    def run(self) -> Result:
        """Fill the dates; the checker has seen the schedule.

        KeyboardInterrupt where it was broken off: a shorter search cannot be compared.
        """
        start = None
        if self.earlier is not None:
            start = laid_over(self.problem, self.horizon, self.earlier, self.called)
        result = fill_days(self.problem, self.horizon, self.settings, start=start)
        if result.interrupted:
            raise KeyboardInterrupt
        return result


def fill_settings(settings: ScenarioSettings, repeat: int) -> FillSettings:
    """The limits of a repeat, the same for the base and every scenario; only the seed counts up."""
    return FillSettings(
        time_limit=settings.seconds,
        gap=settings.gap,
        workers=settings.workers,
        seed=settings.seed + repeat,
        reproducible=settings.reproducible,
    )
