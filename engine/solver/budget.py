"""What a search may spend, whom it tells, and when it is over."""

import time
from dataclasses import dataclass, field
from typing import Protocol

from engine.result import gap_over_avoidable
from engine.schedule import Schedule
from engine.solver.verdict import Verdict
from engine.solver.windows import PATHS, Path
from engine.weights import MILLIPOINTS


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Limits of a search. `reproducible`: solver work instead of seconds decides.

    `prices`: find prices for a certificate where the search needs none, too. `dive`, `paths`:
    which ways to a solution are open; all of them but in tests.
    """

    seconds: float
    gap: float
    workers: int
    seed: int
    reproducible: bool = False
    prices: bool = False
    dive: bool = True
    paths: tuple[Path, ...] = PATHS


class Watch(Protocol):
    """Who is told of schedules, bounds and the floor, and keeps the best."""

    @property
    def objective(self) -> float | None:
        """Points of the best schedule kept."""

    def offer(self, schedule: Schedule, by: str, doubtful: bool = False) -> Verdict:
        """A schedule, which is kept if it is the best and breaks no rule."""

    def raise_bound(self, bound: float) -> None:
        """A bound of the whole problem in points."""

    def note(self, text: str) -> None:
        """Something a reader of the result should know."""

    def set_floor(self, floor: float) -> None:
        """The unavoidable part in points."""


@dataclass(slots=True)
class Budget:
    """Says when to stop: time or solver work, gap, interruption."""

    settings: SearchSettings
    watch: Watch
    floor: float
    claims: bool
    """False where the model is stricter than the rules: then no bound is claimed."""
    began: float = field(default_factory=time.perf_counter)
    work: float = 0.0
    interrupted: bool = False
    bound: float | None = None
    """Millipoints."""
    objective: float | None = None

    def left(self) -> float:
        """Seconds left, or solver work left where the run is to be reproducible."""
        spent = self.work if self.settings.reproducible else time.perf_counter() - self.began
        return self.settings.seconds - spent

    def take_bound(self, bound: float) -> None:
        """A bound of the whole problem in millipoints; no bound is above the best solution."""
        if self.objective is not None:
            bound = min(bound, self.objective)
        if self.bound is None or bound > self.bound:
            self.bound = bound
            if self.claims:
                self.watch.raise_bound(bound / MILLIPOINTS)

    def gap(self) -> float:
        """The unproven share of the avoidable part; 1 while something is not known."""
        if self.bound is None or self.objective is None:
            return 1.0
        return gap_over_avoidable(self.objective, self.bound, self.floor)

    def is_over(self) -> bool:
        """True once the search should stop."""
        return self.interrupted or self.left() <= 0 or self.gap() <= self.settings.gap
