"""What a piece of the dive asks of a visit that stays elsewhere."""

import numpy as np

from engine.practice import Follows
from engine.solver.arrays import to_arrays
from engine.solver.dive import Dive
from engine.solver.lagrangian import Lagrangian
from engine.solver.places import Places


def elsewhere(tiny, solve, *, follows: bool) -> tuple[int, int, int]:
    """What FIRST pays for not coming on Tuesday: own cost of Wednesday, loss of LATER, asked."""
    after = (Follows(visit="FIRST", min_days=1),) if follows else ()
    problem = tiny.problem(tiny.visit("FIRST"), tiny.visit("LATER", follows=after))
    model = solve.model(problem, tiny.schedule(problem, start=tiny.tuesday, days=2).horizon)
    dual = Lagrangian(model, to_arrays(model.program))
    places = Places(model, dual)
    base = np.array(model.program.lower, dtype=np.int64)
    base[dual.unplaced] = 1
    dive = Dive.begin(dual, places, np.zeros(len(dual.right_side)), base)
    part, _ = dive.program_of(places.day_pieces(0, 100_000)[0], 100_000)
    first, later = model.items["FIRST"], model.items["LATER"]
    wednesday = {item: _least(model, item, 1) for item in (first.number, later.number)}
    lost = int(model.program.cost[later.unplaced]) - wednesday[later.number]
    asked = dict(zip(part.columns.tolist(), part.program.cost.tolist(), strict=True))
    return wednesday[first.number], lost, asked[first.unplaced]


def _least(model, number: int, day: int) -> int:
    items = {item.number: item for item in model.items.values()}
    columns = [c.column for c in items[number].columns if c.day == day]
    return min(int(model.program.cost[column]) for column in columns)


def test_waiting_costs_what_the_follower_would_lose(tiny, solve) -> None:
    """LATER may come a day after FIRST: if FIRST waits until Wednesday, there is no day for it."""
    own, lost, asked = elsewhere(tiny, solve, follows=True)
    assert lost > 0
    assert asked == own + lost


def test_waiting_costs_nothing_else(tiny, solve) -> None:
    own, _, asked = elsewhere(tiny, solve, follows=False)
    assert asked == own
