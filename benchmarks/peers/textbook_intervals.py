"""Optional intervals in CP-SAT: the model that a good engineer writes from the manual."""

import time
from collections.abc import Callable

from ortools.sat.python import cp_model

from benchmarks.peer import Limits, Offer
from benchmarks.peers.group_seats import Seated, name_seats
from benchmarks.peers.interval_groups import Group
from benchmarks.peers.interval_hint import add_hint
from benchmarks.peers.interval_model import Chosen, IntervalModel, Slot
from benchmarks.peers.interval_rules import add_rules
from benchmarks.peers.openings import Openings
from benchmarks.peers.relay import Relay
from benchmarks.peers.whole_hint import complete_hint
from engine.filling.by_hand import fill_by_hand
from engine.practice import DoctorRuleKind, Horizon, Problem
from engine.schedule import Schedule, Unplaced
from engine.weights import MILLIPOINTS

Value = Callable[[cp_model.LinearExprT], int]
PATIENCE = 10.0
"""Naming seats takes at most one part in this many of the time."""
KEPT_FOR_LAST = 0.02
"""Share of the time kept for the last solution."""


class TextbookIntervals:
    """The whole model in one call of CP-SAT."""

    name = "intervals"
    settings = (
        "an optional interval for each visit and date; chairs and people that are alike as "
        "cumulatives, others as no-overlap alternatives; doctor time as no-overlap (units per slot "
        "kept as one patient at a time); bookings stay; without hourly doctor load and chains in "
        "the objective; CP-SAT at default parameters but without probing in presolve, which took "
        "longer than most limits; from the best fit by hand as a whole hint"
    )
    runs_to_limit = True

    def run(self, problem: Problem, horizon: Horizon, limits: Limits, offer: Offer) -> float | None:
        """Solves until the time is over or nothing is left to prove."""
        over = time.perf_counter() + limits.seconds * (1 - KEPT_FOR_LAST)
        by_hand = fill_by_hand(problem, horizon, fit="best", order="due")
        offer(by_hand)
        openings = Openings(problem, horizon)
        model = IntervalModel(openings)
        add_rules(model)
        model.minimize()
        add_hint(model, by_hand.placements)
        complete_hint(model.cp, over - time.perf_counter())
        if time.perf_counter() >= over:
            return None
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = limits.workers
        solver.parameters.random_seed = limits.seed
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_time_in_seconds = over - time.perf_counter()
        keeper = _Keeper(model, offer)
        status = solver.solve(model.cp, keeper)
        keeper.finish()
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
            raise RuntimeError(f"the interval model ended {solver.status_name(status)}")
        # A booking could move, and its people could be others; then the bound would not hold.
        exact = problem.practice.doctor_rule.kind is DoctorRuleKind.EXACT
        if openings.kept or not exact:
            return None
        # No cost is below 0, whatever the solver has proved so far.
        return (max(0.0, solver.best_objective_bound) + model.constant) / MILLIPOINTS


class _Keeper(Relay):
    """Reads slots of the interval model."""

    def __init__(self, model: IntervalModel, offer: Offer) -> None:
        super().__init__(PATIENCE)
        self._model, self._offer = model, offer

    def read(self) -> list[Seated]:
        return [
            _seated(slot, self.value)
            for slots in self._model.slots.values()
            for slot in slots.values()
            if self.value(slot.present)
        ]

    def offer(self, seated: list[Seated]) -> None:
        self._offer(_schedule(self._model.openings, seated))


def _seated(slot: Slot, value: Value) -> Seated:
    start = value(slot.start)
    times = [time for stage in slot.stages for time in stage.doctor]
    return Seated(
        slot.visit,
        slot.day,
        start,
        tuple(_chosen(ways, value) for ways in slot.chairs),
        tuple(_chosen(ways, value) for ways in slot.staff),
        next((row for literal, row in slot.doctors if value(literal)), None),
        tuple(
            0 if begin is None else value(begin) - start - time.offset
            for begin, time in zip(slot.doctor_begins, times, strict=True)
        ),
    )


def _chosen(ways: list[Chosen], value: Value) -> Group | None:
    return next((way.group for way in ways if value(way.literal)), None)


def _schedule(openings: Openings, seated: list[Seated]) -> Schedule:
    placements = (*openings.kept, *name_seats(openings, seated))
    given = {placement.visit for placement in placements}
    return Schedule(
        start=openings.horizon.start,
        days=openings.horizon.days,
        placements=placements,
        unplaced=tuple(
            Unplaced(visit=visit.id, reason="no-room")
            for visit in openings.visits
            if visit.id not in given
        ),
    )
