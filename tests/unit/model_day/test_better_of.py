"""Two searches of one model: the cheaper day, the higher bound."""

import numpy as np

from engine.model_day.design.known_day import better_of
from engine.result import Status
from engine.solver.solved import Solved

DAY = np.array([1])


def test_the_cheaper_day_and_the_higher_bound() -> None:
    dear = Solved(Status.FEASIBLE, DAY, 240.0, 205.0)
    cheap = Solved(Status.FEASIBLE, DAY * 2, 220.0, 190.0)
    for one, other in ((dear, cheap), (cheap, dear)):
        found = better_of(one, other)
        assert (found.status, found.objective, found.bound) == (Status.FEASIBLE, 220.0, 205.0)
        assert found.values is not None
        assert found.values.tolist() == [2]


def test_a_day_that_meets_the_others_bound_is_optimal() -> None:
    found = better_of(
        Solved(Status.UNKNOWN, None, None, 160.0), Solved(Status.FEASIBLE, DAY, 160.0, 150.0)
    )
    assert (found.status, found.objective, found.bound) == (Status.OPTIMAL, 160.0, 160.0)


def test_nothing_is_better_than_a_proof_that_there_is_no_day() -> None:
    none = Solved(Status.INFEASIBLE, None, None, None)
    assert better_of(Solved(Status.UNKNOWN, None, None, 0.0), none).status is Status.INFEASIBLE
    assert better_of(none, Solved(Status.UNKNOWN, None, None, 0.0)).status is Status.INFEASIBLE
