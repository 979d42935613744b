"""Large neighbourhood search: its operators keep the rules, the same draws give the same week."""

from itertools import pairwise

import numpy as np
import pytest

from benchmarks.peer import Limits
from benchmarks.peers import alns_destroy, alns_repair
from benchmarks.peers.alns_peer import AlnsPeer
from benchmarks.peers.alns_state import Board, State
from engine.checker import check
from engine.generate import generate
from engine.kpi import measure, objective_points
from engine.schedule import Schedule


@pytest.fixture(scope="module")
def board() -> Board:
    made = generate("one-doctor", visits=120, seed=3)
    return Board(made.problem, made.horizon)


@pytest.mark.parametrize("destroy", alns_destroy.OPERATORS)
def test_a_destroyed_week_keeps_the_rules_and_every_visit(
    board: Board, destroy: alns_destroy.Destroy
) -> None:
    first = board.first_state()
    destroyed = destroy(first, np.random.default_rng(4))
    assert check(board.problem, board.schedule_of(destroyed)).ok
    assert first.unplaced.keys() <= destroyed.unplaced.keys()
    assert len(destroyed.pieces) + len(destroyed.unplaced) == 120
    assert destroyed.out
    assert board.schedule_of(first) == board.schedule_of(board.first_state())


@pytest.mark.parametrize("repair", alns_repair.OPERATORS)
def test_a_repaired_week_keeps_the_rules(board: Board, repair: alns_destroy.Destroy) -> None:
    rng = np.random.default_rng(4)
    state = board.first_state()
    for _ in range(3):
        state = repair(alns_destroy.of_one_date(state, rng), rng)
        assert check(board.problem, board.schedule_of(state)).ok
        assert len(state.pieces) + len(state.unplaced) == 120


def test_the_same_draws_give_the_same_week() -> None:
    made = generate("one-doctor", visits=60, seed=3)

    def after_ten() -> State:
        board, rng = Board(made.problem, made.horizon), np.random.default_rng(9)
        state = board.first_state()
        for step in range(10):
            destroy = alns_destroy.OPERATORS[step % len(alns_destroy.OPERATORS)]
            repair = alns_repair.OPERATORS[step % len(alns_repair.OPERATORS)]
            state = repair(destroy(state, rng), rng)
        return state

    first, second = after_ten(), after_ten()
    assert first.board.schedule_of(first) == second.board.schedule_of(second)


def test_every_offer_passes_the_checker_and_is_better_than_the_one_before() -> None:
    made = generate("one-doctor", visits=25, seed=3)
    offered: list[Schedule] = []
    limits = Limits(seconds=2.0, workers=2, seed=1)
    bound = AlnsPeer().run(made.problem, made.horizon, limits, offered.append)
    assert bound is None
    assert offered
    assert all(check(made.problem, schedule).ok for schedule in offered)
    prices = [objective_points(measure(made.problem, schedule)) for schedule in offered]
    assert all(later < earlier for earlier, later in pairwise(prices))
