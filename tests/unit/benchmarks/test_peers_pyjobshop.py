"""PyJobShop: its solutions are weeks that the checker accepts; the hand's is one of them."""

import pytest

from benchmarks.peer import Limits
from benchmarks.peers.openings import Openings
from benchmarks.peers.pyjobshop_peer import PyJobShopPeer
from benchmarks.peers.shop_model import ShopModel
from benchmarks.peers.shop_start import first_solution
from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.generate import generate
from engine.generate.sample import rolling_book
from engine.schedule import Schedule


def test_every_offer_passes_the_checker() -> None:
    made = generate("one-doctor", visits=25, seed=3)
    offered: list[Schedule] = []
    limits = Limits(seconds=5.0, workers=2, seed=1)
    bound = PyJobShopPeer().run(made.problem, made.horizon, limits, offered.append)
    assert bound is None
    assert len(offered) >= 2
    assert all(check(made.problem, schedule).ok for schedule in offered)


@pytest.mark.parametrize("seed", [3, 4])
def test_the_week_filled_by_hand_solves_the_shop(seed: int) -> None:
    made = generate("one-doctor", visits=25, seed=seed)
    model = ShopModel(Openings(made.problem, made.horizon))
    data = model.shop.data()
    filled = fill_by_hand(made.problem, made.horizon, fit="best", order="due")
    start = first_solution(model, data, filled.placements)
    prices = {
        visit: mode.duration
        for visit, job in model.jobs.items()
        for day, mode in job.price[1].items()
        if day == (filled.placement_of[visit].date if visit in filled.placement_of else None)
    }
    assert start.objective == sum(prices.values())
    fixed = model.shop.solve(
        display=False,
        num_workers=1,
        time_limit=20,
        initial_solution=start,
        fix_variables_to_their_hinted_value=True,
    )
    assert fixed.objective == start.objective


def test_a_booked_week_passes_the_checker() -> None:
    made = rolling_book()
    offered: list[Schedule] = []
    limits = Limits(seconds=4.0, workers=1, seed=1)
    PyJobShopPeer().run(made.problem, made.horizon, limits, offered.append)
    assert offered
    assert all(check(made.problem, schedule).ok for schedule in offered)
