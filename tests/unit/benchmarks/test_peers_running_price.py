"""The price that the large neighbourhood search keeps is the price that the KPIs find."""

import pytest

from benchmarks.peers.alns_state import Board
from engine.filling.by_hand import Fit, fill_by_hand
from engine.generate import generate
from engine.generate.sample import rolling_book
from engine.kpi import measure, objective_points


@pytest.mark.parametrize("fit", ["first", "best"])
def test_same_price_on_an_empty_book(fit: Fit) -> None:
    made = generate("one-doctor", visits=120, seed=3)
    board = Board(made.problem, made.horizon)
    filled = fill_by_hand(made.problem, made.horizon, fit=fit, order="random", seed=5)
    state = board.state_of(filled.placements)
    priced = objective_points(measure(made.problem, filled))
    assert state.objective() + board.least / 1000 == pytest.approx(priced, abs=0.0005)


def test_same_price_with_bookings_and_after_visits_are_taken_out() -> None:
    made = rolling_book()
    board = Board(made.problem, made.horizon)
    state = board.first_state().copy()
    placed = sorted(name for name in state.pieces if name in board.pending)
    for name in placed[::3]:
        day = state.day_of(name)
        if day is not None:
            state.take_out(name, day)
    left = board.schedule_of(state)
    priced = objective_points(measure(made.problem, left))
    assert len(left.unplaced) >= len(placed[::3])
    assert state.objective() + board.least / 1000 == pytest.approx(priced, abs=0.0005)


def test_no_state_costs_less_than_the_cheapest_starts() -> None:
    made = generate("one-doctor", visits=25, seed=3)
    board = Board(made.problem, made.horizon)
    assert board.first_state().objective() >= 0
