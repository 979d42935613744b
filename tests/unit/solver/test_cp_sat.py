"""A program reaches CP-SAT as the model that its own expressions would write."""

import numpy as np
import pytest
from ortools.sat.python import cp_model

from engine.result import Status
from engine.solver.cp_sat import give_hint, solve_program, to_cp_model
from engine.solver.program import UNBOUNDED, Program
from engine.solver.solved import Limits

LIMITS = Limits(seconds=20.0, gap=0.0, workers=1, seed=0)
WIDE = 1 << 60


def by_expressions(program: Program) -> cp_model.CpModel:
    """The same model by variables and weighted sums, row by row."""
    model = cp_model.CpModel()
    bounds = zip(program.lower.tolist(), program.upper.tolist(), strict=True)
    variables = [model.new_int_var(low, high, "") for low, high in bounds]

    def weighted(columns: list[int], factors: list[int]) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.weighted_sum([variables[one] for one in columns], factors)

    for columns, factors, low, high in zip(
        program.row_columns,
        program.row_coefficients,
        program.row_lower.tolist(),
        program.row_upper.tolist(),
        strict=True,
    ):
        domain = cp_model.Domain(
            low if low > -UNBOUNDED else -WIDE, high if high < UNBOUNDED else WIDE
        )
        if columns:
            model.add_linear_expression_in_domain(weighted(columns, factors), domain)
        elif low > 0 or high < 0:
            model.add_bool_or([])
    model.minimize(weighted(list(range(program.size)), program.cost.tolist()))
    return model


def a_program(seed: int) -> Program:
    """Rows of all kinds: no bound on a side, a column named twice, none at all."""
    rng = np.random.default_rng(seed)
    program = Program(constant=7)
    program.columns(12, rng.integers(-2, 1, 12), rng.integers(1, 5, 12), rng.integers(-3, 9, 12))
    for _ in range(9):
        columns = rng.choice(12, 5)  # with repeats
        program.row("some", columns, rng.integers(1, 6, 5), upper=int(rng.integers(3, 30)))
        program.row("some", columns[:2], lower=-3)
    program.row("empty", [], lower=-1, upper=1)
    return program


@pytest.mark.parametrize("seed", range(20))
def test_the_message_is_that_of_expressions(seed: int) -> None:
    program = a_program(seed)
    expected = by_expressions(program)
    assert str(to_cp_model(program).proto) == str(expected.proto)
    model = to_cp_model(program)
    give_hint(model, {})
    assert not model.proto.has_solution_hint()
    hint = {11: 1, 3: 0}
    for column, value in hint.items():
        expected.add_hint(expected.get_int_var_from_proto_index(column), value)
    give_hint(model, hint)
    assert str(model.proto) == str(expected.proto)


def test_a_column_that_cancels_itself_out_is_in_no_row() -> None:
    program = Program()
    program.columns(2, 0, 3, 1)
    program.row("nothing left of the first", [0, 1, 0], [1, 1, -1], lower=2)
    (row,) = to_cp_model(program).proto.constraints
    assert (list(row.linear.vars), list(row.linear.coeffs)) == ([1], [1])


def test_an_empty_row_that_cannot_hold_leaves_no_solution() -> None:
    program = Program()
    program.columns(1, 0, 3, 1)
    program.row("impossible", [], lower=1)
    assert solve_program(program, LIMITS).status is Status.INFEASIBLE


def test_bounds_and_objective_arrive() -> None:
    program = Program(constant=100)
    program.columns(2, np.array([0, 1]), np.array([4, 9]), np.array([5, -2]))
    program.row("together", [0, 1], [1, 1], upper=6)
    solved = solve_program(program, LIMITS)
    # nought of the first, six of the second: 100 - 12
    assert solved.values is not None
    assert solved.values.tolist() == [0, 6]
    assert (solved.objective, solved.bound) == (88.0, 88.0)
