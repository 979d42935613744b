"""HiGHS answers as CP-SAT does, tells what it finds, and its bound gives tolerances away."""

from dataclasses import replace

import numpy as np
import pytest

from engine.result import Status
from engine.solver.arrays import to_arrays
from engine.solver.cp_sat import solve_program
from engine.solver.highs import branch_and_cut
from engine.solver.program import Program
from engine.solver.solved import Limits, Solved

LIMITS = Limits(seconds=20.0, gap=0.0, workers=1, seed=0)


def a_cover(seed: int) -> Program:
    """Sixty columns at random prices, forty rows of which each wants two of its columns."""
    rng = np.random.default_rng(seed)
    program = Program(constant=1_000_000)
    program.columns(60, 0, 1, rng.integers(1_000, 90_000, 60))
    for _ in range(40):
        program.row("some", rng.choice(60, 6, replace=False), lower=2)
    return program


@pytest.mark.parametrize("seed", range(6))
def test_both_solvers_find_the_same_optimum(seed) -> None:
    program, told = a_cover(seed), list[Solved]()
    by_cp_sat = solve_program(program, LIMITS)
    by_highs = branch_and_cut(program, LIMITS, {}, told.append)
    assert by_highs.status is Status.OPTIMAL
    assert by_highs.objective == by_cp_sat.objective
    assert by_highs.bound is not None
    assert by_cp_sat.objective is not None
    assert by_cp_sat.objective - 1 <= by_highs.bound <= by_cp_sat.objective
    solutions = [one for one in told if one.values is not None]
    assert solutions
    for one in solutions:
        assert one.values is not None
        assert not to_arrays(program).violates(one.values)
        assert one.objective == program.objective_of(one.values)


def test_the_number_of_threads_may_change_in_a_process() -> None:
    """HiGHS keeps the threads of its first run, and with another number would find nothing."""
    found = [
        branch_and_cut(a_cover(2), replace(LIMITS, workers=workers), {}, lambda told: None)
        for workers in (2, 1, 2)
    ]
    assert [one.status for one in found] == [Status.OPTIMAL] * 3
    assert len({one.objective for one in found}) == 1


def test_a_first_solution_is_told_again_and_improved() -> None:
    program, told = a_cover(1), list[Solved]()
    everything = dict.fromkeys(range(60), 1)
    best = branch_and_cut(program, LIMITS, everything, told.append)
    costs = [one.objective for one in told if one.objective is not None]
    assert costs[0] == program.objective_of(np.ones(60, dtype=np.int64))
    assert best.objective is not None
    assert best.objective < costs[0]


def test_what_nothing_satisfies_has_no_bound() -> None:
    program = Program()
    columns = [program.column(0, 1, 5), program.column(0, 1, 3)]
    program.row("both", columns, lower=3)
    answer = branch_and_cut(program, LIMITS, {}, lambda told: None)
    assert (answer.status, answer.values, answer.bound) == (Status.INFEASIBLE, None, None)
