"""What waiting costs a visit that others follow."""

import numpy as np
import pytest

from engine.practice import Follows
from engine.solver.chains import Chain, chains_of, least_by_date

NEXT_DAY = np.triu(np.ones((3, 3), dtype=np.bool_), k=1)
"""The later one comes on a later date."""

NOW = np.array([5.0, np.inf, np.inf, np.inf])
LATER = np.array([1.0, 10.0, 20.0, 100.0])


def test_the_follower_loses_dates_while_the_first_waits() -> None:
    # Now: the follower costs 10 (Tuesday). Waiting until Tuesday, 6 + 20; until Wednesday,
    # 7 + 100; without a time, 40 + 100. The first alone would lose nothing by 6.
    first = np.array([np.inf, 6.0, 7.0, 40.0])
    assert Chain(0, 1, NEXT_DAY).lost_by_waiting(NOW, first, LATER) == 20 - 10


def test_without_a_later_date_the_follower_is_lost() -> None:
    first = np.array([np.inf, np.inf, np.inf, 40.0])
    assert Chain(0, 1, NEXT_DAY).lost_by_waiting(NOW, first, LATER) == 100 - 10


def test_nothing_is_lost_where_the_follower_has_time() -> None:
    first = np.array([np.inf, 6.0, 7.0, 40.0])
    later = np.array([1.0, 20.0, 20.0, 100.0])
    assert Chain(0, 1, NEXT_DAY).lost_by_waiting(NOW, first, later) == 0


def test_nothing_is_lost_by_whoever_cannot_come_now() -> None:
    nowhere = np.full(4, np.inf)
    assert Chain(0, 1, NEXT_DAY).lost_by_waiting(nowhere, LATER, LATER) == 0


def test_least_costs_by_date() -> None:
    cost, day = np.array([3.0, 2.0, 9.0, 4.0]), np.array([0, 0, -1, 2])
    assert least_by_date(cost, day, 3).tolist() == [2.0, np.inf, 4.0, 9.0]


@pytest.mark.parametrize(("min_days", "allowed"), [(0, [1, 1, 0, 1]), (1, [0, 1, 0, 0])])
def test_the_dates_of_a_chain(tiny, solve, min_days, allowed) -> None:
    """Two dates: the later visit on the same one, or only on the next."""
    problem = tiny.problem(
        tiny.visit("LATER", follows=(Follows(visit="FIRST", min_days=min_days),)),
        tiny.visit("FIRST"),
    )
    schedule = tiny.schedule(problem, start=tiny.tuesday, days=2)
    model = solve.model(problem, schedule.horizon)
    (chain,) = chains_of(model)
    assert chain.first == model.items["FIRST"].number
    assert chain.later == model.items["LATER"].number
    assert chain.allowed.astype(int).ravel().tolist() == allowed
