"""HiGHS on the same columns and rows: what a mixed-integer solver makes of the start counts.

Q. Huangfu and J. A. J. Hall, "Parallelizing the dual revised simplex method", Mathematical
Programming Computation 10 (2018) 119-142, doi 10.1007/s12532-017-0130-5.
"""

import math
import time

import highspy
import numpy as np

from benchmarks.peer import Limits, Offer
from benchmarks.peers.counted import started_by_hand
from engine.practice import Horizon, Problem
from engine.solver.arrays import to_arrays
from engine.solver.highs import loaded
from engine.solver.solved import Limits as SolverLimits
from engine.weights import MILLIPOINTS

CAUTION = 1e-6
"""Share of the avoidable part given away for the solver's tolerances."""


class Highs:
    """The whole model in one call of HiGHS's branch and cut."""

    name = "highs"
    settings = (
        "HiGHS branch and cut on the engine's start counts, costs in points; "
        "threads as workers, gap 0, otherwise default; from places and counts of the best fit by "
        "hand as a first solution, which HiGHS completes"
    )
    runs_to_limit = True

    def run(self, problem: Problem, horizon: Horizon, limits: Limits, offer: Offer) -> float | None:
        """Solves until the time is over or nothing is left to prove."""
        over = time.perf_counter() + limits.seconds
        model, hint, handover = started_by_hand(problem, horizon, offer)
        best: float | None = None
        while (left := over - time.perf_counter()) > 0:
            arrays = to_arrays(model.program)
            solver = loaded(arrays, SolverLimits(left, 0.0, limits.workers, limits.seed))
            columns, values = np.array(list(hint)), np.array(list(hint.values()), dtype=np.float64)
            solver.setSolution(len(hint), columns.astype(np.int32), values)
            solver.cbMipImprovingSolution += lambda event: handover.take(
                _whole(event.data_out.mip_solution)
            )
            solver.run()
            if solver.getModelStatus() == highspy.HighsModelStatus.kSolveError:
                raise RuntimeError("HiGHS ended with a solve error")  # or its callback raised
            info = solver.getInfo()
            if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
                handover.take(_whole(solver.getSolution().col_value))
            decoded = handover.finish()
            if math.isfinite(info.mip_dual_bound):
                bound = _cautious(info.mip_dual_bound) + arrays.constant / MILLIPOINTS
                best = bound if best is None else max(best, bound)
            if decoded or solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                break
            handover.add_cuts()
        return None if model.stricter else best


def _cautious(avoidable: float) -> float:
    """A bound of the avoidable part, less what tolerances of the solver may have added."""
    return avoidable - CAUTION * abs(avoidable)


def _whole(values: object) -> np.ndarray:
    return np.rint(np.asarray(values, dtype=np.float64)).astype(np.int64)
