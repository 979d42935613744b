"""HiGHS on a program: branch and cut, for programs that are nearly decided.

Q. Huangfu and J. A. J. Hall, "Parallelizing the dual revised simplex method", Mathematical
Programming Computation 10 (2018) 119-142, doi 10.1007/s12532-017-0130-5.
"""

import math
from collections.abc import Callable
from typing import Any

import highspy
import numpy as np

from engine.result import Status
from engine.solver.arrays import ProgramArrays, to_arrays
from engine.solver.program import UNBOUNDED, Program
from engine.solver.solved import Limits, Solved
from engine.weights import MILLIPOINTS

CAUTION, COLUMN_CAUTION = 1e-6, 1e-7
"""Share of the objective above the constant, and points for each column, that are given away for
the solver's tolerances: a reduced cost may be off by so much."""

NOTHING_KNOWN = 1e100
"""Stands for no bound in what HiGHS tells."""


def branch_and_cut(
    program: Program, limits: Limits, hint: dict[int, int], tell: Callable[[Solved], None]
) -> Solved:
    """Minimise the program from a first solution, in points instead of millipoints.

    HiGHS works in floating point: its solutions are rounded and looked at again by whoever takes
    them, and its bound is lowered by more than its tolerances. Only `seconds`, `workers` and
    `seed` of the limits count. `tell` hears every better solution, and bounds now and then.
    """
    arrays = to_arrays(program)
    solver = loaded(arrays, limits)
    if hint:
        columns = np.fromiter(hint, dtype=np.int32)
        values = np.fromiter(hint.values(), dtype=np.float64)
        solver.setSolution(len(hint), columns, values)
    solver.cbMipImprovingSolution += lambda event: tell(
        _found(program, event.data_out.mip_solution, event.data_out.mip_dual_bound)
    )
    solver.cbMipLogging += lambda event: tell(
        Solved(Status.UNKNOWN, None, None, _bound(program, event.data_out.mip_dual_bound))
    )
    solver.run()
    info, status = solver.getInfo(), solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solved(Status.INFEASIBLE, None, None, None)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Solved(Status.UNKNOWN, None, None, _bound(program, info.mip_dual_bound))
    return _found(
        program,
        solver.getSolution().col_value,
        info.mip_dual_bound,
        Status.OPTIMAL if status == highspy.HighsModelStatus.kOptimal else Status.FEASIBLE,
    )


def _found(
    program: Program, solution: object, bound: float, status: Status = Status.FEASIBLE
) -> Solved:
    values = np.rint(np.asarray(solution, dtype=np.float64)).astype(np.int64)
    return Solved(status, values, float(program.objective_of(values)), _bound(program, bound))


def _bound(program: Program, points: float) -> float | None:
    """Millipoints, constant included; None where nothing is known."""
    if not math.isfinite(points) or abs(points) > NOTHING_KNOWN:
        return None
    sure = points - CAUTION * abs(points) - COLUMN_CAUTION * program.size
    return sure * MILLIPOINTS + program.constant


def loaded(arrays: ProgramArrays, limits: Limits) -> highspy.Highs:
    """HiGHS with the program, costs in points, and its limits; not yet run."""
    matrix = arrays.matrix.tocsc()
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(arrays.cost), len(arrays.row_lower)
    lp.col_cost_ = arrays.cost / MILLIPOINTS
    lp.col_lower_ = arrays.lower.astype(np.float64)
    lp.col_upper_ = arrays.upper.astype(np.float64)
    lp.row_lower_ = np.where(arrays.row_lower <= -UNBOUNDED, -highspy.kHighsInf, arrays.row_lower)
    lp.row_upper_ = np.where(arrays.row_upper >= UNBOUNDED, highspy.kHighsInf, arrays.row_upper)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = matrix.indptr
    lp.a_matrix_.index_ = matrix.indices
    lp.a_matrix_.value_ = matrix.data.astype(np.float64)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    kind: Any = highspy.Highs  # its constructor carries no types
    # With another number of threads than an earlier run of the process had, HiGHS finds nothing.
    kind.resetGlobalScheduler(True)
    solver: highspy.Highs = kind()
    for option, value in {
        "output_flag": False,
        "threads": limits.workers,
        "random_seed": limits.seed,
        "time_limit": max(0.1, limits.seconds),
        "mip_rel_gap": 0.0,
        "mip_abs_gap": max(limits.slack, 0.5) / MILLIPOINTS,
    }.items():
        solver.setOptionValue(option, value)
    solver.passModel(lp)
    return solver
