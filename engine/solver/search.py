"""Entry page of the solver: model, relaxation, a first answer, then window by window.

The relaxation of the whole model gives the bound. The search never solves the whole at once: it
opens one day, then two, then more, keeps the rest as it is, and lets CP-SAT find the best for
that window. A window over all days is the whole problem and its bound counts, too.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from engine.practice import Horizon, Problem
from engine.result import gap_over_avoidable
from engine.schedule import Schedule
from engine.solver.build_model import build_model
from engine.solver.floor import floor_millipoints
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.solver.relaxation import Relaxed, relax
from engine.solver.walker import Walker
from engine.weights import MILLIPOINTS

Offer = Callable[[Schedule, str], bool]
"""Hand a schedule to the keeper of the best; True if it was accepted as better."""


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Limits of a search. `reproducible`: solver work instead of seconds, one worker."""

    seconds: float
    gap: float
    workers: int
    seed: int
    reproducible: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the search ended; floor in points."""

    floor: float
    interrupted: bool = False


def search(
    problem: Problem,
    horizon: Horizon,
    settings: SearchSettings,
    incumbent: Schedule | None,
    offer: Offer,
    raise_bound: Callable[[float], None],
) -> Outcome:
    """Improve on the incumbent until the gap or the time is reached; offer what is found."""
    began = time.perf_counter()
    locked = locked_bookings(problem, horizon)
    lacking = lacking_resources(problem, horizon, locked)
    model = build_model(problem, horizon, locked=locked, lacking=lacking)
    floor = floor_millipoints(model) / MILLIPOINTS
    walker = Walker(model, settings.workers, settings.seed, settings.reproducible, offer)
    with ThreadPoolExecutor(max_workers=1) as pool:
        relaxing = pool.submit(relax, walker.arrays, settings.seconds)
        if settings.reproducible:
            relaxing.result()
        clock = _Clock(began, settings, walker, relaxing, raise_bound, floor)
        walker.start_from(incumbent, clock.left())
        for days in walker.windows():
            if clock.is_over():
                break
            proven = walker.improve(days, clock.left())
            if proven is not None:
                clock.take(proven)
        interrupted = walker.interrupted
    clock.is_over()
    return Outcome(floor, interrupted)


class _Clock:
    """Says when to stop: time, gap, interruption, or nothing left to prove."""

    def __init__(
        self,
        began: float,
        settings: SearchSettings,
        walker: Walker,
        relaxing: Future[Relaxed | None],
        raise_bound: Callable[[float], None],
        floor: float,
    ) -> None:
        self._began = began
        self._settings = settings
        self._walker = walker
        self._relaxing = relaxing
        self._raise_bound = raise_bound
        self._floor = floor
        self._bound: float | None = None

    def left(self) -> float:
        """Seconds left, or solver work left where the run is to be reproducible."""
        if self._settings.reproducible:
            return self._settings.seconds - self._walker.work
        return self._settings.seconds - (time.perf_counter() - self._began)

    def take(self, bound: float) -> None:
        """A bound in millipoints over the whole problem."""
        points = bound / MILLIPOINTS
        if self._bound is None or points > self._bound:
            self._bound = points
            self._raise_bound(points)

    def is_over(self) -> bool:
        """True once the search should stop."""
        if self._relaxing.done():
            relaxed = self._relaxing.result()
            if relaxed is not None:
                self.take(relaxed.bound)
        if self._walker.interrupted or self.left() <= 0:
            return True
        if self._bound is None or self._walker.objective is None:
            return False
        objective = self._walker.objective / MILLIPOINTS
        return gap_over_avoidable(objective, self._bound, self._floor) <= self._settings.gap
