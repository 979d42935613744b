"""The jobs that design a day, each in a process of its own: first days, then CP-SAT or HiGHS.

CP-SAT has a few kinds of a day at a time before it has the whole program. The fill's own parameters
(searches led by the linear relaxation alone) are for start counts of single visits; blocks are
found by the neighbourhood searches that they leave out. What a job finds on its way it tells, so
that nothing is lost where it is ended.
"""

import math
import time
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from engine.model_day.design.day_model import DayModel
from engine.model_day.design.first_days import FirstDays, relaxation
from engine.model_day.design.known_day import KnownDay, is_closed
from engine.model_day.design.neighbourhoods import Neighbourhoods
from engine.result import Status
from engine.solver.arrays import to_arrays
from engine.solver.cp_sat import give_hint, solution_of, to_cp_model
from engine.solver.highs import branch_and_cut
from engine.solver.job import Tell
from engine.solver.solved import Limits, Solved, Values

FIRST_SHARE = 0.4
"""Of the time, at most so much goes to relaxation and first days."""
NEIGHBOURHOODS_UNTIL = 0.9
"""After so much of the time CP-SAT has the rest, for the whole program."""
NEIGHBOURHOODS_WORK = 0.5
"""Share of the work for neighbourhoods, where work is limited."""
BRANCH_FIRST_SHARE = 0.15
"""Branch and cut begins after so much of the time."""
RELAXATION_SECONDS = 60.0
"""Where no time is given."""
_NO_CLOCK = 3600.0
"""Seconds for a solver where work is limited."""


@dataclass(frozen=True, slots=True)
class DesignJob:
    """Minimise the program of a day. Answer: Solved, with the better bound of the two solvers.

    `start`: a day that is known already. `until`: moment (`time.time`) at which the answer is due,
    since a process takes its time to begin.
    """

    model: DayModel
    limits: Limits
    start: Values | None = None
    until: float = math.inf

    def run(self, tell: Tell) -> Solved:
        """Solve it here. With a limit in work nothing depends on the clock."""
        known, limits = KnownDay(self.model, tell), self.limits
        by_clock, began = math.isinf(limits.work), time.monotonic()
        seconds = _left(limits, self.until) if by_clock else _NO_CLOCK
        _first_days(known, self.start, limits, FIRST_SHARE * seconds if by_clock else None)
        until = began + NEIGHBOURHOODS_UNTIL * seconds
        spent = _neighbourhoods(known, limits, until)
        if not is_closed(known.best, limits.gap):
            left = max(0.5, began + seconds - time.monotonic())
            _cp_sat(known, replace(limits, seconds=left, work=limits.work - spent))
        return known.best


@dataclass(frozen=True, slots=True)
class BranchJob:
    """Branch and cut of HiGHS from first days of another seed. Fields, answer: as of DesignJob."""

    model: DayModel
    limits: Limits
    start: Values | None = None
    until: float = math.inf

    def run(self, tell: Tell) -> Solved:
        """Search here. What HiGHS finds is rounded and looked at again."""
        known = KnownDay(self.model, tell)
        seconds = _left(self.limits, self.until)
        ends = time.monotonic() + seconds
        _first_days(known, self.start, self.limits, BRANCH_FIRST_SHARE * seconds)
        left = ends - time.monotonic()
        if is_closed(known.best, self.limits.gap) or left <= 0:
            return known.best
        arrays = to_arrays(self.model.program)

        def see(found: Solved) -> None:
            values = found.values
            if values is not None and arrays.violates(values):
                values = None
            # Costs are whole, so a bound may be rounded up.
            bound = None if found.bound is None else float(math.ceil(found.bound - 1e-6))
            known.see(values, bound)

        values = known.best.values
        hint = {} if values is None else dict(enumerate(values.tolist()))
        limits = replace(self.limits, seconds=left, workers=1)
        see(branch_and_cut(self.model.program, limits, hint, see))
        return known.best


def _left(limits: Limits, until: float) -> float:
    return max(0.0, min(limits.seconds, until - time.time()))


def _first_days(
    known: KnownDay, start: Values | None, limits: Limits, seconds: float | None
) -> None:
    """The relaxation, then days of its kind, in so many seconds; None: in a number of rounds.

    Where more may be had than there is, first days say nothing: they know only what there is.
    """
    began, model = time.monotonic(), known.model
    if start is not None:
        known.see(start)
    weights, bound = relaxation(model.program, RELAXATION_SECONDS if seconds is None else seconds)
    known.see(None, bound)
    if model.extra or is_closed(known.best, limits.gap):
        return
    if seconds is not None:
        seconds = max(0.0, seconds - (time.monotonic() - began))
    first = FirstDays(model, limits.seed, start, on_better=known.see)
    first.run(bound, weights, limits.gap, seconds)


def _neighbourhoods(known: KnownDay, limits: Limits, until: float) -> float:
    """Parts of the best day made anew until that moment; the work it took, in CP-SAT's units."""
    if known.best.values is None or is_closed(known.best, limits.gap):
        return 0.0
    search = Neighbourhoods(known.model, limits.seed, known.best.values, known.see)
    search.run(known.best.bound or 0.0, limits.gap, until, NEIGHBOURHOODS_WORK * limits.work)
    return search.work


def _cp_sat(known: KnownDay, limits: Limits) -> None:
    """CP-SAT from the best day known; `known` sees what it finds, or that there is nothing."""
    program, hint = known.model.program, known.best.values
    model = to_cp_model(program)
    give_hint(model, {} if hint is None else dict(enumerate(hint.tolist())))
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.max_time_in_seconds = limits.seconds
    parameters.max_deterministic_time = limits.work
    parameters.relative_gap_limit = limits.gap
    parameters.random_seed = limits.seed
    parameters.num_workers = limits.workers
    parameters.linearization_level = 2
    if math.isinf(limits.work):
        solver.best_bound_callback = lambda bound: known.see(None, bound + program.constant)
        status = solver.solve(model, _Telling(known))
    else:
        status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        known.best = Solved(Status.INFEASIBLE, None, None, None)
    elif status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        known.see(solution_of(solver), solver.best_objective_bound + program.constant)


class _Telling(cp_model.CpSolverSolutionCallback):
    """Shows each better day of CP-SAT as it comes."""

    def __init__(self, known: KnownDay) -> None:
        super().__init__()
        self._known = known

    def on_solution_callback(self) -> None:
        """Called by the solver, one solution at a time."""
        self._known.see(solution_of(self))
