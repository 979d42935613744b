"""What the book plainly serves is left out of the search for lacks, and no lack is lost by it."""

import pytest

from engine.generate import generate
from engine.practice import Problem
from engine.solver.arrays import restrict, to_arrays
from engine.solver.build_model import build_model
from engine.solver.cp_sat import solve_program
from engine.solver.inherited import locked_bookings
from engine.solver.settled import settle
from engine.solver.solved import Limits

LIMITS = Limits(seconds=10.0, gap=0.0, workers=1, seed=0)


def piled_up(problem: Problem, count: int) -> Problem:
    """The bookings after the fifth come at its time; every third of them may move."""
    bookings = list(problem.bookings)
    at = bookings[5]
    for k in range(count):
        there = {"date": at.date, "start": at.start, "movable": k % 3 == 0}
        bookings[6 + k] = bookings[6 + k].model_copy(update=there)
    return problem.model_copy(update={"bookings": tuple(bookings)})


@pytest.mark.parametrize(
    ("profile", "piled"),
    [("one-doctor", 0), ("one-doctor", 7), ("one-doctor-units", 8), ("two-doctor", 11)],
)
def test_the_rest_lacks_as_little_as_the_whole(profile: str, piled: int) -> None:
    made = generate(profile, 120, 3, booked_share=0.7)
    problem = piled_up(made.problem, piled)
    locked = locked_bookings(problem, made.horizon)
    model = build_model(problem, made.horizon, locked=locked, only_book=True)
    model.program.cost[:] = 0
    model.program.cost[[use.slack for use in model.uses.values()]] = 1
    arrays, settled = to_arrays(model.program), settle(model)
    values = settled.values.copy()
    if settled.open.any():
        answer = solve_program(restrict(arrays, settled.open, values).program, LIMITS)
        assert answer.values is not None
        values[settled.open] = answer.values
    assert not arrays.violates(values)
    assert arrays.value_of(values) == solve_program(model.program, LIMITS).objective
    assert not settled.open.all()
