"""CP-SAT on a program."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model

from engine.result import Status
from engine.solver.arrays import to_arrays
from engine.solver.program import UNBOUNDED, Ints, Program
from engine.solver.solved import Limits, Solved

NO_LIMIT = 1 << 60
"""Stands for no bound on a row in CP-SAT's messages."""

_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
}


def to_cp_model(program: Program) -> cp_model.CpModel:
    """The program as a CP-SAT model; column k is variable k.

    Written into the model's message: an expression object for each row takes two to three times
    as long.
    """
    arrays, model = to_arrays(program), cp_model.CpModel()
    proto = model.proto
    for bounds in zip(arrays.lower.tolist(), arrays.upper.tolist(), strict=True):
        proto.variables.add().domain.extend(bounds)
    matrix = arrays.matrix
    matrix.eliminate_zeros()
    starts, columns, factors = (
        part.tolist() for part in (matrix.indptr, matrix.indices, matrix.data)
    )
    low = np.where(arrays.row_lower > -UNBOUNDED, arrays.row_lower, -NO_LIMIT).tolist()
    high = np.where(arrays.row_upper < UNBOUNDED, arrays.row_upper, NO_LIMIT).tolist()
    for row, (first, end) in enumerate(pairwise(starts)):
        if first < end:
            linear = proto.constraints.add().linear
            linear.vars.extend(columns[first:end])
            linear.coeffs.extend(factors[first:end])
            linear.domain.extend((low[row], high[row]))
        elif low[row] > 0 or high[row] < 0:
            model.add_bool_or([])
    priced = np.flatnonzero(arrays.cost)
    proto.objective.vars.extend(priced.tolist())
    proto.objective.coeffs.extend(arrays.cost[priced].tolist())
    proto.objective.scaling_factor = 1
    return model


def give_hint(model: cp_model.CpModel, values: Mapping[int, int]) -> None:
    """Start from these values by column; no values are no hint, not an empty one."""
    if not values:
        return
    model.proto.solution_hint.vars.extend(list(values))
    model.proto.solution_hint.values.extend(list(values.values()))


def solution_of(told: cp_model.CpSolver | cp_model.CpSolverSolutionCallback) -> Ints:
    """Values of all columns, from a solver that has a solution or tells of one; shape (n,)."""
    return np.array(list(told.response_proto.solution), dtype=np.int64)


def solve_program(program: Program, limits: Limits, hint: dict[int, int] | None = None) -> Solved:
    """Minimise the program.

    The parameters are those under which start counts solve: full linearisation, a root LP
    without an early stop, and the LP-driven subsolvers only.
    """
    model = to_cp_model(program)
    give_hint(model, hint or {})
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.max_time_in_seconds = max(0.0, limits.seconds)
    parameters.max_deterministic_time = max(0.0, limits.work)
    parameters.relative_gap_limit = limits.gap
    parameters.absolute_gap_limit = max(limits.slack, 1e-4)
    parameters.random_seed = limits.seed
    parameters.linearization_level = 2
    parameters.root_lp_iterations = 1_000_000
    parameters.find_big_linear_overlap = False
    if not limits.cuts:
        parameters.cut_level = 0
    parameters.num_workers = limits.workers
    parameters.subsolvers.extend(["max_lp", "reduced_costs"][: limits.workers])
    status = _STATUS.get(solver.solve(model), Status.UNKNOWN)
    work = solver.response_proto.deterministic_time
    if status not in {Status.OPTIMAL, Status.FEASIBLE}:
        return Solved(status, None, None, None, work)
    values = solution_of(solver)
    return Solved(
        status,
        values,
        float(program.objective_of(values)),
        solver.best_objective_bound + program.constant,
        work,
    )
