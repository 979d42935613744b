"""Many weeks, two at a time: the first of the two is settled, the second says what waiting costs.

One model of twelve weeks grows out of hand. A block holds two weeks and what is due by their end,
of which many may as well wait. A visit that waits pays what its cheapest later date costs it, and a
toll, the price of a start of its kind in the last week seen: prices are carried over from block to
block. Then the first week is settled, and the next block begins with the second.
"""

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from engine.certificate.certificate import Priced, PriceLine
from engine.filling.best_so_far import BestSoFar
from engine.filling.block_prices import pressed, tolls, waiting_costs
from engine.filling.block_watch import BlockWatch
from engine.filling.by_hand import fill_by_hand
from engine.filling.price_lines import price_lines
from engine.practice import Booking, Horizon, Problem, Visit
from engine.risk.visit_costs import PersonalCosts
from engine.schedule import Placement, Schedule, Unplaced
from engine.solver.kinds import KindKey
from engine.solver.search import SearchSettings, search

WHOLE_DAYS = 14
"""Up to so many days are one model."""

BLOCK_DAYS, STEP_DAYS = 14, 7
"""Length of a block, and how much of it is settled."""

MORE_SHARE, FEWEST_MORE = 0.5, 60
"""Visits that are due later and come into a block all the same, over those due in it; at least."""


@dataclass(slots=True)
class Sweep:
    """What is settled so far, from the first week on."""

    problem: Problem
    horizon: Horizon
    costs: PersonalCosts
    placed: dict[str, Placement] = field(default_factory=dict)
    displaced: list[str] = field(default_factory=list)
    tolls: dict[KindKey, int] = field(default_factory=dict)
    """Millipoints that a start of a kind costs besides its own price."""
    lines: list[PriceLine] = field(default_factory=list)
    interrupted: bool = False

    def rest_of(self, block: Horizon, week: Horizon) -> Problem:
        """The question that a block asks: what is not settled and due by its end.

        Visits find the week in which they are due. Those due later wait for their own block, but
        for some to whom every week counts.
        Bookings may come into the week that is to be settled, and do not leave it: they would be
        settled in a week that is still to be asked.
        """
        last = block.end >= self.horizon.end
        settled = {*self.placed, *self.displaced}
        known = self.problem.all_visits
        open_bookings = [b for b in self.problem.bookings if b.visit.id not in settled]
        bookings = [_staying_in(week, b) if b.date in week else b for b in open_bookings]
        bookings += [_as_booking(known[name], placed) for name, placed in self.placed.items()]
        visits = [
            visit
            for visit in self.problem.visits
            if visit.id not in settled and (visit.latest is None or visit.latest >= block.start)
        ]
        if not last:
            due = [visit for visit in visits if _is_due(visit, block)]
            others = [visit for visit in visits if not _is_due(visit, block)]
            more = max(FEWEST_MORE, round(MORE_SHARE * len(due)))
            visits = due + pressed(self.costs, others, block)[:more]
        return self.problem.model_copy(
            update={
                "bookings": tuple(bookings),
                "visits": tuple(visits),
                "policy": self.problem.policy.model_copy(update={"max_moves": self._moves_left()}),
            }
        )

    def _moves_left(self) -> int | None:
        most = self.problem.policy.max_moves
        if most is None:
            return None
        book = self.problem.booking_of
        moved = sum(
            (placed.date, placed.start) != (book[name].date, book[name].start)
            for name, placed in self.placed.items()
            if name in book
        )
        return max(0, most - moved)

    def settle(self, schedule: Schedule, week: Horizon) -> None:
        """Keep what a block's schedule says of a week."""
        book = self.problem.booking_of
        self.placed |= {p.visit: p for p in schedule.placements if p.date in week}
        self.displaced += [name for name in schedule.displaced if book[name].date in week]

    def schedule(self) -> Schedule:
        """The whole horizon; visits that found no week are unplaced."""
        gone = [v for v in self.problem.visits_for(self.horizon) if v.id not in self.placed]
        return Schedule(
            start=self.horizon.start,
            days=self.horizon.days,
            placements=tuple(sorted(self.placed.values(), key=_by_time)),
            unplaced=tuple(Unplaced(visit=visit.id, reason="no-room") for visit in gone),
            displaced=tuple(self.displaced),
        )


def search_blocks(
    problem: Problem, horizon: Horizon, settings: SearchSettings, best: BestSoFar
) -> tuple[bool, tuple[PriceLine, ...]]:
    """Fill the weeks block by block, and offer the whole; what time does not reach, by hand.

    Returns whether it was interrupted, and the prices of all weeks.
    """
    began = time.perf_counter()
    sweep = Sweep(problem, horizon, PersonalCosts(problem, horizon))
    blocks = list(_blocks(horizon))
    settled = horizon.start
    try:
        for number, (block, week) in enumerate(blocks):
            spent = 0.0 if settings.reproducible else time.perf_counter() - began
            if sweep.interrupted or spent >= settings.seconds:
                break
            rest = len(blocks) if settings.reproducible else len(blocks) - number
            share = replace(settings, seconds=(settings.seconds - spent) / rest)
            _fill_block(sweep, block, week, share, best)
            settled = week.end
    except KeyboardInterrupt:
        sweep.interrupted = True
    if settled < horizon.end:
        _by_hand(sweep, settled)
    best.offer(sweep.schedule(), by="week by week")
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
    block: Horizon,
    week: Horizon,
    settings: SearchSettings,
    best: BestSoFar,
) -> None:
    problem = sweep.rest_of(block, week)
    watch = BlockWatch(problem, best, len(problem.visits_for(block)))
    after = Horizon(start=block.end, days=(sweep.horizon.end - block.end).days)
    waiting = waiting_costs(problem, block, after, sweep.costs, sweep.tolls)
    found = search(problem, block, settings, None, watch, waiting, sweep.costs)
    sweep.interrupted = found.interrupted
    schedule = watch.schedule
    if schedule is None:
        schedule = fill_by_hand(problem, block, fit="best", order="due")
    sweep.settle(schedule, week)
    lines = price_lines(found.model, found.rows, found.prices)
    # Moves have one price over the whole horizon, which no block can know.
    sweep.lines += [line for line in lines if line.date in week and line.of is not Priced.MOVES]
    sweep.tolls = tolls(found, week)


def _by_hand(sweep: Sweep, start: dt.date) -> None:
    """Fill the dates from `start` on as a coordinator would."""
    rest = Horizon(start=start, days=(sweep.horizon.end - start).days)
    sweep.settle(fill_by_hand(sweep.rest_of(rest, rest), rest, fit="best", order="due"), rest)


def _is_due(visit: Visit, block: Horizon) -> bool:
    """Due before the block ends, or not possible after it."""
    return visit.due < block.end or (visit.latest is not None and visit.latest < block.end)


def _staying_in(week: Horizon, booking: Booking) -> Booking:
    """The same booking, which may move only as far as the last date of the week."""
    last = week.end - dt.timedelta(days=1)
    latest = last if booking.visit.latest is None else min(last, booking.visit.latest)
    visit = booking.visit.model_copy(update={"latest": latest})
    return booking.model_copy(update={"visit": visit})


def _by_time(placement: Placement) -> tuple[dt.date, dt.time, str]:
    return placement.date, placement.start, placement.visit


def _as_booking(visit: Visit, placement: Placement) -> Booking:
    """A settled visit as the next blocks see it."""
    chair = next((piece.chair for piece in placement.segments if piece.chair is not None), None)
    return Booking(visit=visit, date=placement.date, start=placement.start, chair=chair)
