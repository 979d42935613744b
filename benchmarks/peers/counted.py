"""What the two methods on start counts share: the model, and schedules out of its solutions."""

import time

from benchmarks.peer import Offer
from engine.filling.by_hand import fill_by_hand
from engine.practice import Horizon, Problem
from engine.solver.build_model import build_model
from engine.solver.decode import decode
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.solver.matching import HallCut
from engine.solver.model import Model
from engine.solver.pin import hint_of
from engine.solver.solved import Values

PATIENCE = 10.0
"""Naming seats takes at most one part in this many of the time; the rest waits for the end."""


def counted_model(problem: Problem, horizon: Horizon) -> Model:
    """The engine's start-count model, columns and rows as the engine has them."""
    locked = locked_bookings(problem, horizon)
    lacking = lacking_resources(problem, horizon, locked)
    return build_model(problem, horizon, locked=locked, lacking=lacking)


class Handover:
    """Decodes the solutions of a solver and offers them; collects the cuts of those it cannot.

    Visits with windows are matched to the counts afterwards. Where that fails, a cut says why.
    """

    def __init__(self, model: Model, offer: Offer) -> None:
        self._model = model
        self._offer = offer
        self._next = 0.0
        self._waiting: Values | None = None
        self.cuts: dict[tuple[int, ...], HallCut] = {}

    def take(self, values: Values) -> None:
        """A better solution: offered now, or kept for the end if one was offered just before."""
        began = time.perf_counter()
        if began < self._next:
            self._waiting = values
            return
        self._waiting = None
        self._decode(values)
        ended = time.perf_counter()
        self._next = ended + PATIENCE * (ended - began)

    def finish(self) -> bool:
        """Offers what waits; True where the last solution made a schedule, or asked no cut."""
        if self._waiting is not None:
            values, self._waiting = self._waiting, None
            self._decode(values)
        return not self.cuts

    def add_cuts(self) -> None:
        """The collected cuts become rows of the model."""
        for cut in self.cuts.values():
            self._model.program.sum_at_most("complete", cut.choices, cut.starts)
        self.cuts.clear()

    def _decode(self, values: Values) -> None:
        decoded = decode(self._model, values)
        if decoded.schedule is not None:
            self._offer(decoded.schedule)
        for cut in decoded.cuts:
            self.cuts[cut.choices] = cut


def started_by_hand(
    problem: Problem, horizon: Horizon, offer: Offer
) -> tuple[Model, dict[int, int], Handover]:
    """The model, the best fit by hand in its columns, and who takes what comes after it."""
    by_hand = fill_by_hand(problem, horizon, fit="best", order="due")
    offer(by_hand)
    model = counted_model(problem, horizon)
    return model, hint_of(model, by_hand), Handover(model, offer)
