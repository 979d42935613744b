"""The job that designs a day: CP-SAT with its usual helpers, from a first solution.

The fill's own parameters (searches led by the linear relaxation alone) are for start counts of
single visits; blocks are found by the neighbourhood searches that they leave out.
"""

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from engine.result import Status
from engine.solver.cp_sat import to_cp_model
from engine.solver.job import Tell
from engine.solver.program import Program
from engine.solver.solved import Limits, Solved

_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
}


@dataclass(frozen=True, slots=True)
class DesignJob:
    """Minimise a program from a hint. Answer: Solved."""

    program: Program
    limits: Limits
    hint: dict[int, int]

    def run(self, _tell: Tell) -> Solved:
        """Solve it here."""
        model, variables = to_cp_model(self.program)
        for column, value in self.hint.items():
            model.add_hint(variables[column], value)
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.max_time_in_seconds = max(0.0, self.limits.seconds)
        parameters.max_deterministic_time = max(0.0, self.limits.work)
        parameters.relative_gap_limit = self.limits.gap
        parameters.random_seed = self.limits.seed
        parameters.num_workers = self.limits.workers
        parameters.linearization_level = 2
        status = _STATUS.get(solver.solve(model), Status.UNKNOWN)
        work = solver.response_proto.deterministic_time
        if status not in {Status.OPTIMAL, Status.FEASIBLE}:
            return Solved(status, None, None, None, work)
        values = np.array(list(solver.response_proto.solution), dtype=np.int64)
        bound = solver.best_objective_bound + self.program.constant
        return Solved(status, values, float(self.program.objective_of(values)), bound, work)
