"""CP-SAT on a program: build, solve, stop, and keep the best of our own."""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from engine.result import Status
from engine.solver.program import UNBOUNDED, Program

Values = npt.NDArray[np.int64]
OnSolution = Callable[[Values, float, float], None]
"""Called with a solution, its objective and the bound (millipoints, without the constant)."""

_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
}


@dataclass(frozen=True, slots=True)
class CpSatLimits:
    """When to stop: time, solver work, relative gap, or `slack` millipoints from the bound.

    `work`: CP-SAT's deterministic units; with one worker and no end of seconds the answer is the
    same on every run.
    """

    seconds: float
    gap: float
    workers: int
    seed: int
    work: float = math.inf
    slack: float = 0.0


@dataclass(slots=True)
class CpSatAnswer:
    """Values of all columns or none; objective and bound in millipoints, constant included."""

    status: Status
    values: Values | None
    objective: float | None
    bound: float | None
    interrupted: bool = False
    work: float = 0.0
    """Deterministic units that CP-SAT spent."""


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


class _Keeper(cp_model.CpSolverSolutionCallback):
    """Keeps the best solution seen, so that nothing is lost whatever the solver does next."""

    def __init__(self, variables: list[cp_model.IntVar], on_solution: OnSolution | None) -> None:
        super().__init__()
        self._variables = variables
        self._on_solution = on_solution
        self.values: Values | None = None
        self.error: Exception | None = None

    def on_solution_callback(self) -> None:
        """Called by CP-SAT on every improvement."""
        values = np.array([self.value(v) for v in self._variables], dtype=np.int64)
        self.values = values
        if self._on_solution is None or self.error is not None:
            return
        try:
            self._on_solution(values, self.objective_value, self.best_objective_bound)
        except Exception as error:  # must not cross the solver's own frames
            self.error = error
            self.stop_search()


def solve_program(
    program: Program,
    limits: CpSatLimits,
    hint: dict[int, int] | None = None,
    on_solution: OnSolution | None = None,
    on_bound: Callable[[float], None] | None = None,
) -> CpSatAnswer:
    """Minimise the program.

    The parameters are those under which start counts solve: full linearisation, a root LP
    without an early stop, and the LP-driven subsolvers only. Ctrl-C stops and keeps the best.
    """
    model, variables = to_cp_model(program)
    if hint is not None:
        for column, value in hint.items():
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
    parameters.catch_sigint_signal = False
    parameters.num_workers = limits.workers
    parameters.subsolvers.extend(["max_lp", "reduced_costs"][: limits.workers])
    return _run(model, program, solver, variables, on_solution, on_bound)


def _run(
    model: cp_model.CpModel,
    program: Program,
    solver: cp_model.CpSolver,
    variables: list[cp_model.IntVar],
    on_solution: OnSolution | None,
    on_bound: Callable[[float], None] | None,
) -> CpSatAnswer:
    keeper = _Keeper(variables, on_solution)
    if on_bound is not None:
        solver.best_bound_callback = on_bound
    outcome: list[cp_model.CpSolverStatus] = []
    thread = threading.Thread(target=lambda: outcome.append(solver.solve(model, keeper)))
    interrupted = False
    thread.start()
    while thread.is_alive():
        try:
            thread.join(0.2)
        except KeyboardInterrupt:
            interrupted = True
            solver.stop_search()
    if keeper.error is not None:
        raise keeper.error
    status = _STATUS.get(outcome[0], Status.UNKNOWN) if outcome else Status.UNKNOWN
    work = solver.response_proto.deterministic_time if outcome else 0.0
    if keeper.values is None:
        return CpSatAnswer(status, None, None, None, interrupted, work)
    constant = program.constant
    bound = solver.best_objective_bound if outcome else None
    return CpSatAnswer(
        status,
        keeper.values,
        float(program.objective_of(keeper.values)),
        None if bound is None else bound + constant,
        interrupted,
        work,
    )
