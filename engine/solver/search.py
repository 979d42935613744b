"""Entry page of the solver: model, relaxation, a first answer, then window by window.

The relaxation of the whole model gives the bound. The search opens a few hours, a day, then more,
keeps the rest as it is, and lets CP-SAT find the best for that window. A window over all days with
nothing fixed is the whole problem, and its bound counts, too.
"""

import time
from dataclasses import dataclass
from typing import Protocol

from engine.practice import Horizon, Problem
from engine.result import gap_over_avoidable
from engine.schedule import Schedule
from engine.solver.build_model import build_model
from engine.solver.floor import floor_millipoints
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.solver.relaxing import Relaxing
from engine.solver.walker import Walker
from engine.weights import MILLIPOINTS

NO_BOUND = (
    "No bound is claimed: a movable booking takes part in a clash that is already in the book, and "
    "there the search is stricter than the rules."
)


LONGEST_WAIT = 3600.0
"""Seconds for a relaxation whose end must not depend on the clock."""


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Limits of a search. `reproducible`: solver work instead of seconds, one worker."""

    seconds: float
    gap: float
    workers: int
    seed: int
    reproducible: bool = False


class Watch(Protocol):
    """Who is told of schedules, bounds and the floor, and keeps the best."""

    def offer(self, schedule: Schedule, by: str) -> bool:
        """A schedule; True if it is kept as the best."""

    def raise_bound(self, bound: float) -> None:
        """A bound of the whole problem in points."""

    def note(self, text: str) -> None:
        """Something a reader of the result should know."""

    def set_floor(self, floor: float) -> None:
        """The unavoidable part in points."""


def search(
    problem: Problem,
    horizon: Horizon,
    settings: SearchSettings,
    incumbent: Schedule | None,
    watch: Watch,
) -> bool:
    """Improve on the incumbent until the gap or the time is reached; True if interrupted."""
    began = time.perf_counter()
    locked = locked_bookings(problem, horizon)
    lacking = lacking_resources(problem, horizon, locked)
    model = build_model(problem, horizon, locked=locked, lacking=lacking)
    floor = floor_millipoints(model) / MILLIPOINTS
    watch.set_floor(floor)
    if model.stricter:
        watch.note(NO_BOUND)
    else:
        watch.raise_bound(floor)  # a bound until the relaxation has a better one
    walker = Walker(model, settings.workers, settings.seed, settings.reproducible, watch.offer)
    relaxing = Relaxing(walker.arrays, LONGEST_WAIT if settings.reproducible else settings.seconds)
    try:
        clock = _Clock(began, settings, walker, relaxing, watch)
        walker.start_from(incumbent, clock.left())
        for window in walker.windows():
            if clock.is_over():
                break
            proven = walker.improve(window, clock.left())
            if proven is not None:
                clock.take(proven)
        clock.is_over()
    finally:
        relaxing.stop()
    return walker.interrupted


class _Clock:
    """Says when to stop: time, gap, interruption, or nothing left to prove."""

    def __init__(
        self,
        began: float,
        settings: SearchSettings,
        walker: Walker,
        relaxing: Relaxing,
        watch: Watch,
    ) -> None:
        self._began = began
        self._settings = settings
        self._walker = walker
        self._relaxing = relaxing
        self._watch = watch
        self._floor = walker.floor / MILLIPOINTS
        self._bound: float | None = None
        self._relaxed = False

    def left(self) -> float:
        """Seconds left, or solver work left where the run is to be reproducible."""
        if self._settings.reproducible:
            return self._settings.seconds - self._walker.work
        return self._settings.seconds - (time.perf_counter() - self._began)

    def take(self, bound: float) -> None:
        """A bound in millipoints over the whole problem; none where the model is too strict."""
        if self._walker.model.stricter:
            return
        points = bound / MILLIPOINTS
        if self._bound is None or points > self._bound:
            self._bound = points
            self._watch.raise_bound(points)

    def is_over(self) -> bool:
        """True once the search should stop."""
        if not self._relaxed:
            relaxed = self._relaxing.result(wait=self._settings.reproducible)
            if relaxed is not None:
                self._relaxed = True
                self.take(relaxed.bound)
                self._walker.learn(relaxed)
        if self._walker.interrupted or self.left() <= 0:
            return True
        if self._bound is None or self._walker.objective is None:
            return False
        objective = self._walker.objective / MILLIPOINTS
        return gap_over_avoidable(objective, self._bound, self._floor) <= self._settings.gap
