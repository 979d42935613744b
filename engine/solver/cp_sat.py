"""CP-SAT on a program."""

import numpy as np
from ortools.sat.python import cp_model

from engine.result import Status
from engine.solver.program import UNBOUNDED, Program
from engine.solver.solved import Limits, Solved

_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
}


def to_cp_model(program: Program) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """The program as a CP-SAT model; column k is variable k."""
    model = cp_model.CpModel()
    variables = [
        model.new_int_var(low, high, "")
        for low, high in zip(program.lower, program.upper, strict=True)
    ]
    weighted = cp_model.LinearExpr.weighted_sum
    for columns, coefficients, low, high in zip(
        program.row_columns,
        program.row_coefficients,
        program.row_lower,
        program.row_upper,
        strict=True,
    ):
        chosen = [variables[column] for column in columns]
        factors = [1] * len(chosen) if coefficients is None else list(coefficients)
        bounds = cp_model.Domain(
            low if low > -UNBOUNDED else -(1 << 60), high if high < UNBOUNDED else 1 << 60
        )
        if chosen:
            model.add_linear_expression_in_domain(weighted(chosen, factors), bounds)
        elif low > 0 or high < 0:
            model.add_bool_or([])
    priced = [column for column, cost in enumerate(program.cost) if cost]
    model.minimize(weighted([variables[c] for c in priced], [program.cost[c] for c in priced]))
    return model, variables


def solve_program(program: Program, limits: Limits, hint: dict[int, int] | None = None) -> Solved:
    """Minimise the program.

    The parameters are those under which start counts solve: full linearisation, a root LP
    without an early stop, and the LP-driven subsolvers only.
    """
    model, variables = to_cp_model(program)
    for column, value in (hint or {}).items():
        model.add_hint(variables[column], value)
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
    values = np.array(list(solver.response_proto.solution), dtype=np.int64)
    return Solved(
        status,
        values,
        float(program.objective_of(values)),
        solver.best_objective_bound + program.constant,
        work,
    )
