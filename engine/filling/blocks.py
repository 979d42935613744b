"""Many weeks, two at a time: the first of the two is settled, the second says what waiting costs.

One model of twelve weeks grows out of hand. A block holds two weeks and what is due by their end,
of which many may as well wait. A visit that waits pays what its cheapest later date costs it, and a
toll, the price of a start of its kind in the last week seen: prices are carried over from block to
block. Then the first week is settled, and the next block begins with the second.
"""

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace

from engine.certificate.certificate import Priced, PriceLine
from engine.filling.best_so_far import BestSoFar
from engine.filling.block_prices import tolls, waiting_costs
from engine.filling.block_watch import BlockWatch
from engine.filling.by_hand import fill_by_hand
from engine.filling.price_lines import price_lines
from engine.filling.settle_week import BY, WeekSettler
from engine.filling.sweep import Sweep
from engine.practice import Horizon, Problem
from engine.schedule import Schedule
from engine.solver.search import SearchSettings, search

WHOLE_DAYS = 14
"""Up to so many days are one model."""

BLOCK_DAYS, STEP_DAYS = 14, 7
"""Length of a block, and how much of it is settled."""


def search_blocks(
    problem: Problem, horizon: Horizon, settings: SearchSettings, best: BestSoFar
) -> tuple[bool, tuple[PriceLine, ...]]:
    """Fill the weeks block by block; what time does not reach, by hand.

    The whole is offered after each block, so that whatever comes later loses nothing of it.
    Returns whether it was interrupted, and the prices of all weeks.
    """
    began = time.perf_counter()
    sweep = Sweep.begin(problem, horizon)
    blocks = list(_blocks(horizon))
    try:
        settler = WeekSettler(sweep, best)
        for number, (block, week) in enumerate(blocks):
            spent = 0.0 if settings.reproducible else time.perf_counter() - began
            if sweep.interrupted or spent >= settings.seconds:
                break
            rest = len(blocks) if settings.reproducible else len(blocks) - number
            share = replace(settings, seconds=(settings.seconds - spent) / rest)
            asked = sweep.rest_of(block, week)
            settler.settle(asked, block, week, _fill_block(sweep, asked, block, week, share, best))
    except KeyboardInterrupt:
        sweep.interrupted = True
    if sweep.until < horizon.end:
        _by_hand(sweep)
        best.offer(sweep.schedule(), by=BY)
    return sweep.interrupted, tuple(sweep.lines)


def _blocks(horizon: Horizon) -> Iterator[tuple[Horizon, Horizon]]:
    """Each block with the part of it that is settled; the last one is settled whole."""
    for offset in range(0, horizon.days, STEP_DAYS):
        start = horizon.start + dt.timedelta(days=offset)
        days = min(BLOCK_DAYS, horizon.days - offset)
        block = Horizon(start=start, days=days)
        if offset + days == horizon.days:
            yield block, block
            return
        yield block, Horizon(start=start, days=STEP_DAYS)


def _fill_block(
    sweep: Sweep,
    problem: Problem,
    block: Horizon,
    week: Horizon,
    settings: SearchSettings,
    best: BestSoFar,
) -> Schedule | None:
    """Search a block; its prices and tolls go into the sweep, its best schedule comes back."""
    watch = BlockWatch(problem, best, len(problem.visits_for(block)))
    after = Horizon(start=block.end, days=(sweep.horizon.end - block.end).days)
    waiting = waiting_costs(problem, block, after, sweep.costs, sweep.tolls)
    found = search(problem, block, settings, None, watch, waiting, sweep.costs)
    sweep.interrupted = found.interrupted
    lines = price_lines(found.model, found.rows, found.prices, closed=False)
    # Moves have one price over the whole horizon, which no block can know.
    sweep.lines += [line for line in lines if line.date in week and line.of is not Priced.MOVES]
    sweep.tolls = tolls(found, week)
    return watch.schedule


def _by_hand(sweep: Sweep) -> None:
    """Fill the dates that are not settled as a coordinator would."""
    rest = Horizon(start=sweep.until, days=(sweep.horizon.end - sweep.until).days)
    sweep.settle(fill_by_hand(sweep.rest_of(rest, rest), rest, fit="best", order="due"), rest)
