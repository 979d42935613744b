"""The jobs that design a day, each in a process of its own: first days, then CP-SAT or HiGHS.

The fill's own parameters (searches led by the linear relaxation alone) are for start counts of
single visits; blocks are found by the neighbourhood searches that they leave out.
"""

import math
import time
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from engine.model_day.design.day_model import DayModel
from engine.model_day.design.first_days import FirstDays, relaxation
from engine.result import Status
from engine.solver.arrays import to_arrays
from engine.solver.cp_sat import to_cp_model
from engine.solver.highs import branch_and_cut
from engine.solver.job import Tell
from engine.solver.solved import Limits, Solved, Values

FIRST_SHARE = 0.75
"""Of the time, at most so much goes to relaxation and first days; CP-SAT has the rest."""
BRANCH_FIRST_SHARE = 0.15
"""Branch and cut begins after so much of the time."""
RELAXATION_SECONDS = 60.0
"""Where no time is given."""

_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
}


@dataclass(frozen=True, slots=True)
class DesignJob:
    """Minimise the program of a day. Answer: Solved, with the better bound of the two solvers."""

    model: DayModel
    limits: Limits

    def run(self, _tell: Tell) -> Solved:
        """Solve it here. With a limit in work nothing depends on the clock."""
        began = time.monotonic()
        by_clock = math.isinf(self.limits.work)
        share = FIRST_SHARE * self.limits.seconds if by_clock else None
        weights, bound = relaxation(self.model.program, share or RELAXATION_SECONDS)
        if share is not None:
            share = max(0.0, share - (time.monotonic() - began))
        first = FirstDays(self.model, self.limits.seed)
        first.run(bound, weights, self.limits.gap, share)
        best = _solved(self.model, first.best, bound)
        if best.objective is not None and _closed(best, self.limits.gap):
            return best
        left = self.limits.seconds - (time.monotonic() - began) if by_clock else 3600.0
        found = self._cp_sat(first.best, max(0.5, left))
        if found.status is Status.INFEASIBLE:
            return found
        bound = max(bound, found.bound if found.bound is not None else bound)
        values = found.values if found.values is not None else first.best
        return _solved(self.model, values, bound, found.work)

    def _cp_sat(self, hint: Values | None, seconds: float) -> Solved:
        program = self.model.program
        model, variables = to_cp_model(program)
        for variable, value in zip(variables, [] if hint is None else hint.tolist(), strict=False):
            model.add_hint(variable, value)
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.max_time_in_seconds = seconds
        parameters.max_deterministic_time = self.limits.work
        parameters.relative_gap_limit = self.limits.gap
        parameters.random_seed = self.limits.seed
        parameters.num_workers = self.limits.workers
        parameters.linearization_level = 2
        status = _STATUS.get(solver.solve(model), Status.UNKNOWN)
        work = solver.response_proto.deterministic_time
        if status is Status.UNKNOWN or status is Status.INFEASIBLE:
            return Solved(status, None, None, None, work)
        values = np.array(list(solver.response_proto.solution), dtype=np.int64)
        if hint is not None and program.objective_of(hint) < program.objective_of(values):
            values = hint
        bound = solver.best_objective_bound + program.constant
        return Solved(status, values, float(program.objective_of(values)), bound, work)


@dataclass(frozen=True, slots=True)
class BranchJob:
    """Branch and cut of HiGHS from first days of another seed. Answer: Solved."""

    model: DayModel
    limits: Limits

    def run(self, _tell: Tell) -> Solved:
        """Search here. What HiGHS finds is rounded and looked at again."""
        began = time.monotonic()
        program, seconds = self.model.program, self.limits.seconds
        weights, bound = relaxation(program, BRANCH_FIRST_SHARE * seconds)
        first = FirstDays(self.model, self.limits.seed)
        first.run(bound, weights, self.limits.gap, BRANCH_FIRST_SHARE * seconds)
        best = _solved(self.model, first.best, bound)
        left = seconds - (time.monotonic() - began)
        if _closed(best, self.limits.gap) or left <= 0:
            return best
        hint = {} if first.best is None else dict(enumerate(first.best.tolist()))
        limits = replace(self.limits, seconds=left, workers=1)
        found = branch_and_cut(program, limits, hint, lambda told: None)
        if found.bound is not None:
            # Costs are whole, so a bound may be rounded up.
            bound = max(bound, float(math.ceil(found.bound - 1e-6)))
        values = found.values
        if values is None or to_arrays(program).violates(values):
            values = first.best
        return better_of(_solved(self.model, values, bound), best)


def better_of(one: Solved, other: Solved) -> Solved:
    """The cheaper day with the higher bound; both are about the same model."""
    if Status.INFEASIBLE in (one.status, other.status):
        return one if one.status is Status.INFEASIBLE else other
    cheap, dear = sorted(
        (one, other), key=lambda s: math.inf if s.objective is None else s.objective
    )
    if cheap.objective is None:
        return cheap
    bound = max(b for b in (cheap.bound, dear.bound, 0.0) if b is not None)
    proven = cheap.objective - bound < 1 - 1e-6
    status = Status.OPTIMAL if proven else Status.FEASIBLE
    return Solved(status, cheap.values, cheap.objective, min(bound, cheap.objective), cheap.work)


def _solved(model: DayModel, values: Values | None, bound: float, work: float = 0.0) -> Solved:
    if values is None:
        return Solved(Status.UNKNOWN, None, None, bound, work)
    cost = float(model.program.objective_of(values))
    # Costs are whole, so less than one point apart is equal.
    status = Status.OPTIMAL if cost - bound < 1 - 1e-6 else Status.FEASIBLE
    return Solved(status, values, cost, min(bound, cost), work)


def _closed(solved: Solved, gap: float) -> bool:
    if solved.objective is None or solved.bound is None:
        return False
    return solved.objective - solved.bound <= gap * solved.objective
