"""Who fills the week: the simple ways of a front desk, and the engine. One small interface.

- first fit: the list in its order, each visit at the earliest possible start.
- best fit: by due date, each visit at the start of least personal cost, then the tightest.
- model day only: the template is law and nothing else counts. By due date, each visit at the
  earliest start in a cell of its own class or in time that the model day keeps for nobody; cells
  that accept other classes (fallbacks), or are released to them, stay empty instead.
- engine: `fill_days`.
- engine with constant p: the same, told that every visit is missed at the practice's base rate.
- clairvoyant: the engine, for a practice that knows who will not come: no time of the week is held
  for, or given to, a visit that would not be kept (`engine.simulate.foresight`). It shows what
  perfect predictions of attendance would be worth.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from engine.filling.best_so_far import BY_HAND
from engine.filling.by_hand import Fit, fill_by_hand
from engine.filling.call_order import Order
from engine.practice import Horizon, Problem
from engine.problems import PracticeProblemsError
from engine.result import Result, Status
from engine.schedule import Schedule
from engine.simulate.own_cells import own_cells_only
from engine.simulate.settings import EngineSettings
from engine.validation import put_aside


@dataclass(frozen=True, slots=True)
class Chosen:
    """A policy's answer. `fell_back`: the engine found none, or none better than best fit in time.

    Such a week is best fit's, and its year says so.
    """

    schedule: Schedule
    fell_back: bool = False


class Policy(Protocol):
    """Fills dates. `foresees`: the simulation tells it who will not come."""

    @property
    def foresees(self) -> bool:
        """True for the clairvoyant."""

    def choose(self, problem: Problem, horizon: Horizon, seed: int) -> Chosen:
        """A schedule of the horizon with every booking in it."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """First or best fit in a call order."""

    fit: Fit
    order: Order
    own_cells_only: bool = False
    foresees: bool = False

    def choose(self, problem: Problem, horizon: Horizon, seed: int) -> Chosen:
        """One visit after the other, and no second thoughts."""
        asked = own_cells_only(problem) if self.own_cells_only else problem
        return Chosen(fill_by_hand(asked, horizon, self.fit, self.order))


@dataclass(frozen=True, slots=True)
class Engine:
    """`fill_days` within the limits. `constant_p`: every no-show probability is the base rate."""

    limits: EngineSettings
    constant_p: bool = False
    foresees: bool = False

    def choose(self, problem: Problem, horizon: Horizon, seed: int) -> Chosen:
        """The best schedule found in time; visits that cannot be asked about are left out."""
        from engine.filling.fill import FillSettings, fill_days

        asked = _with_constant_p(problem) if self.constant_p else problem
        settings = FillSettings(
            time_limit=self.limits.seconds,
            workers=self.limits.workers,
            seed=seed,
            reproducible=self.limits.reproducible,
        )
        try:
            result = fill_days(asked, horizon, settings)
        except PracticeProblemsError:
            result = fill_days(put_aside(asked, horizon)[0], horizon, settings)
        if result.interrupted:
            raise KeyboardInterrupt
        if result.schedule is None:
            return Chosen(fill_by_hand(problem, horizon, "best", "due"), fell_back=True)
        return Chosen(result.schedule, fell_back=_is_by_hand(result))


POLICIES: dict[str, Callable[[EngineSettings], Policy]] = {
    "first-fit": lambda _: ByHand("first", "list"),
    "best-fit": lambda _: ByHand("best", "due"),
    "model-day-only": lambda _: ByHand("first", "due", own_cells_only=True),
    "engine": Engine,
    "engine-constant-p": lambda limits: Engine(limits, constant_p=True),
    "clairvoyant": lambda limits: Engine(limits, foresees=True),
}
"""Policies by name."""


def _is_by_hand(result: Result) -> bool:
    """True where the schedule is the one by hand that the fill began with, and not proven best."""
    first = result.trace[0]
    same = first.by == BY_HAND and first.objective == result.objective
    return same and result.status is not Status.OPTIMAL


def _with_constant_p(problem: Problem) -> Problem:
    risk = problem.policy.risk.model_copy(update={"constant_no_show": True})
    policy = problem.policy.model_copy(update={"risk": risk})
    return problem.model_copy(update={"policy": policy})
