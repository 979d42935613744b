"""Start counts at default parameters: the engine's model, and CP-SAT as it comes."""

import threading
import time

from ortools.sat.python import cp_model

from benchmarks.peer import Limits, Offer
from benchmarks.peers.counted import Handover, started_by_hand
from benchmarks.peers.whole_hint import complete_hint
from engine.practice import Horizon, Problem
from engine.solver.cp_sat import give_hint, solution_of, to_cp_model
from engine.weights import MILLIPOINTS


class StartCounts:
    """The whole model in one call of CP-SAT, without relaxation."""

    name = "start-counts"
    settings = (
        "the engine's start counts, whole, in CP-SAT at default parameters; from the best fit by "
        "hand as a whole hint"
    )
    runs_to_limit = True

    def run(self, problem: Problem, horizon: Horizon, limits: Limits, offer: Offer) -> float | None:
        """Solves until the time is over or nothing is left to prove."""
        over = time.perf_counter() + limits.seconds
        model, hint, handover = started_by_hand(problem, horizon, offer)
        bounds: list[float] = []
        while over - time.perf_counter() > 0:
            cp = to_cp_model(model.program)
            give_hint(cp, hint)
            constant = model.program.constant
            complete_hint(cp, over - time.perf_counter())
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = limits.workers
            solver.parameters.random_seed = limits.seed
            solver.parameters.max_time_in_seconds = max(0.1, over - time.perf_counter())
            # Only bounds that it reports: without a solution its own figure at the end may be 0.
            solver.best_bound_callback = lambda bound, constant=constant: bounds.append(
                bound + constant
            )
            status = solver.solve(cp, _Keeper(handover))
            decoded = handover.finish()
            if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                bounds.append(solver.best_objective_bound + constant)
            if decoded or status != cp_model.OPTIMAL:
                break
            handover.add_cuts()
        return None if model.stricter or not bounds else max(bounds) / MILLIPOINTS


class _Keeper(cp_model.CpSolverSolutionCallback):
    """Hands every solution over; CP-SAT calls it from one of its threads at a time."""

    def __init__(self, handover: Handover) -> None:
        super().__init__()
        self._handover = handover
        self._one_at_a_time = threading.Lock()

    def on_solution_callback(self) -> None:
        with self._one_at_a_time:
            self._handover.take(solution_of(self))
