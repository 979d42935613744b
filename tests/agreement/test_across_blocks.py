"""What belongs together across the borders of blocks stays together, and every rule is kept.

Weeks begin on Monday 2 March 2026, and blocks of two weeks on every Monday; the first week of a
block is settled. Hardly anything is to be placed: only the borders can do harm.
"""

import datetime as dt

from engine.checker import check
from engine.filling.best_so_far import BestSoFar
from engine.filling.blocks import search_blocks
from engine.practice import Follows, Horizon
from engine.solver.search import SearchSettings

MARCH_18, MARCH_24 = dt.date(2026, 3, 18), dt.date(2026, 3, 24)
SETTINGS = SearchSettings(seconds=3.0, gap=0.002, workers=1, seed=0, reproducible=True)


def follows(tiny, id, first, date, start=None, movable=False, **gap):
    """A visit due on the date, or a booking there if it has a start, of the patient of `first`."""
    fields = {"patient": f"P-{first}", "follows": (Follows(visit=first, **gap),)}
    if start is None:
        return tiny.visit(id, due=date, **fields)
    return tiny.booking(id, start, date=date, movable=movable, **fields)


def test_orders_and_households_across_blocks(tiny):
    problem = tiny.problem(
        # Due on 3 March, but at most 8 days before a frozen booking: from 10 March on.
        tiny.visit("WAITS"),
        follows(tiny, "WAITS-NEXT", "WAITS", MARCH_18, "09:00", max_days=8),
        # Due only after the booking that follows: by 4 March, a fortnight before it.
        tiny.visit("EARLY", due=MARCH_24),
        follows(tiny, "EARLY-NEXT", "EARLY", MARCH_18, "10:00", min_days=14),
        # The same, with one that might be moved.
        tiny.visit("SOONER", due=MARCH_24),
        follows(tiny, "SOONER-NEXT", "SOONER", MARCH_18, "11:00", movable=True, min_days=14),
        # The second is due three weeks after the first, but has to come within three days of it.
        tiny.visit("PAIR"),
        follows(tiny, "PAIR-NEXT", "PAIR", MARCH_24, max_days=3),
        # The first is due three weeks after the second.
        tiny.visit("CHAIN", due=MARCH_24),
        follows(tiny, "CHAIN-NEXT", "CHAIN", tiny.tuesday),
        # Due in different blocks.
        tiny.visit("BROTHER", household="H"),
        tiny.visit("SISTER", household="H", due=MARCH_24),
    )
    best = BestSoFar(problem, began=0.0, on_progress=None)
    search_blocks(problem, Horizon(start=tiny.monday, days=28), SETTINGS, best)
    assert best.notes == []  # nothing was refused on the way
    schedule = best.schedule
    assert schedule is not None
    assert check(problem, schedule).ok
    assert schedule.unplaced == schedule.displaced == ()
    dates = {placed.visit: placed.date for placed in schedule.placements}
    assert dates["WAITS"] == dt.date(2026, 3, 10)
    assert dates["EARLY"] <= dt.date(2026, 3, 4)
    assert dates["SOONER"] <= dt.date(2026, 3, 4)
    assert dates["SOONER-NEXT"] == MARCH_18
    assert dates["PAIR"] <= tiny.tuesday
    assert (dates["PAIR-NEXT"] - dates["PAIR"]).days <= 3
    assert dates["CHAIN-NEXT"] <= tiny.tuesday
    assert dates["BROTHER"] == dates["SISTER"] <= tiny.tuesday
