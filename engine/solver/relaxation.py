"""The linear relaxation: the only bound of the whole problem, by HiGHS's interior point."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from engine.solver.arrays import ProgramArrays
from engine.solver.program import UNBOUNDED
from engine.weights import MILLIPOINTS

Reals = npt.NDArray[np.float64]

_CAUTION = 1e-7
"""Share of the value given away for the solver's tolerance, so that the bound stays a bound."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Bound (constant included), fractional solution, and reduced costs; all in millipoints.

    The reduced cost of a column says how much the relaxation loses for one more of it.
    """

    bound: float
    values: Reals
    reduced_costs: Reals


def relax(arrays: ProgramArrays, seconds: float) -> Relaxed | None:
    """Solve the relaxation; None if the time runs out first."""
    parameters = mathopt.SolveParameters()
    parameters.highs.string_options["solver"] = "ipm"
    parameters.highs.double_options["time_limit"] = seconds
    model = mathopt.Model.from_model_proto(_to_proto(arrays))
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
    if result.termination.reason is not mathopt.TerminationReason.OPTIMAL:
        return None
    solution = result.variable_values()
    values = np.array([solution[v] for v in model.variables()], dtype=np.float64)
    avoidable = result.dual_bound() * MILLIPOINTS
    # Objectives are whole millipoints, so what lies just above a whole one is rounded up.
    bound = float(math.ceil(avoidable - _CAUTION * abs(avoidable) - 0.5))
    prices = result.reduced_costs()
    reduced = np.array([prices[v] for v in model.variables()], dtype=np.float64) * MILLIPOINTS
    return Relaxed(bound + arrays.constant, values, reduced)


def _to_proto(arrays: ProgramArrays) -> model_pb2.ModelProto:
    """Costs in points, to keep the numbers near one."""
    proto = model_pb2.ModelProto()
    columns, rows = len(arrays.cost), len(arrays.row_lower)
    variables = proto.variables
    variables.ids.extend(range(columns))
    variables.lower_bounds.extend(arrays.lower.astype(float).tolist())
    variables.upper_bounds.extend(arrays.upper.astype(float).tolist())
    variables.integers.extend([False] * columns)
    priced = np.flatnonzero(arrays.cost)
    objective = proto.objective.linear_coefficients
    objective.ids.extend(priced.tolist())
    objective.values.extend((arrays.cost[priced] / MILLIPOINTS).tolist())
    low = np.where(arrays.row_lower <= -UNBOUNDED, -np.inf, arrays.row_lower)
    high = np.where(arrays.row_upper >= UNBOUNDED, np.inf, arrays.row_upper)
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend(low.tolist())
    proto.linear_constraints.upper_bounds.extend(high.tolist())
    matrix = arrays.matrix.sorted_indices()
    matrix.eliminate_zeros()
    entries = proto.linear_constraint_matrix
    entries.row_ids.extend(np.repeat(np.arange(rows), np.diff(matrix.indptr)).tolist())
    entries.column_ids.extend(matrix.indices.tolist())
    entries.coefficients.extend(matrix.data.astype(float).tolist())
    return proto
