"""What is settled of a horizon so far, and what a block of it is asked."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from engine.certificate.certificate import PriceLine
from engine.filling.block_kin import Kin
from engine.filling.block_order import BlockOrder, staying
from engine.filling.block_prices import pressed
from engine.practice import Booking, Horizon, Problem, Visit
from engine.risk.visit_costs import PersonalCosts
from engine.schedule import Placement, Schedule, Unplaced
from engine.solver.kinds import KindKey

MORE_SHARE, FEWEST_MORE = 0.5, 60
"""Visits that are due later and come into a block all the same, over those due in it; at least."""


@dataclass(slots=True)
class Sweep:
    """What is settled so far, from the first week on."""

    problem: Problem
    horizon: Horizon
    costs: PersonalCosts
    kin: Kin
    order: BlockOrder
    until: dt.date
    """The first date that is not settled."""
    placed: dict[str, Placement] = field(default_factory=dict)
    displaced: list[str] = field(default_factory=list)
    tolls: dict[KindKey, int] = field(default_factory=dict)
    """Millipoints that a start of a kind costs besides its own price."""
    lines: list[PriceLine] = field(default_factory=list)
    interrupted: bool = False

    @staticmethod
    def begin(problem: Problem, horizon: Horizon) -> "Sweep":
        """Nothing is settled yet."""
        costs, order = PersonalCosts(problem, horizon), BlockOrder(problem, horizon)
        return Sweep(problem, horizon, costs, Kin(problem), order, horizon.start)

    def rest_of(self, block: Horizon, week: Horizon) -> Problem:
        """The question that a block asks: what is not settled and due by its end, with its kin.

        Visits find the week in which they are due. Those due later wait for their own block, but
        for some to whom every week counts.
        Bookings may come into the week that is to be settled, and do not leave it: they would be
        settled in a week that is still to be asked.
        """
        known = self.problem.all_visits
        settled = {*self.placed, *self.displaced}
        open_bookings = [b for b in self.problem.bookings if b.visit.id not in settled]
        bookings = [_staying_in(week, b) if b.date in week else b for b in open_bookings]
        bookings += [_as_booking(known[name], placed) for name, placed in self.placed.items()]
        beside = self.order.beside(bookings, block)
        visits = [
            self.order.bind(visit, beside)
            for visit in self.problem.visits
            if visit.id not in settled
        ]
        visits = [v for v in visits if v.latest is None or v.latest >= block.start]
        if block.end < self.horizon.end:
            visits = self._due(visits, block, [b.visit.id for b in bookings if b.date in block])
        return self.problem.model_copy(
            update={
                "bookings": tuple(staying(b, beside) for b in bookings),
                "visits": tuple(visits),
                "policy": self.problem.policy.model_copy(update={"max_moves": self._moves_left()}),
            }
        )

    def _due(self, visits: list[Visit], block: Horizon, booked: Iterable[str]) -> list[Visit]:
        """Those due in a block, their kin and that of its bookings, and some more."""
        due = [visit.id for visit in visits if _is_due(visit, block)]
        inside = self.kin.with_kin((*due, *booked), {visit.id for visit in visits})
        others = [visit for visit in visits if visit.id not in inside]
        more = max(FEWEST_MORE, round(MORE_SHARE * len(due)))
        within = [visit for visit in visits if visit.id in inside]
        return within + pressed(self.costs, others, block)[:more]

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
        self.until = week.end

    def with_week(self, schedule: Schedule, week: Horizon) -> "Sweep":
        """The same with what a block's schedule says of a week, on trial."""
        trial = replace(self, placed=dict(self.placed), displaced=list(self.displaced))
        trial.settle(schedule, week)
        return trial

    def schedule(self, others: Iterable[Placement] = ()) -> Schedule:
        """The whole horizon; visits that found no week are unplaced.

        `others`: placements of dates that are not settled yet; those of settled visits and
        bookings do not count.
        """
        known = {*self.placed, *self.displaced}
        placed = self.placed | {other.visit: other for other in others if other.visit not in known}
        gone = [v for v in self.problem.visits_for(self.horizon) if v.id not in placed]
        return Schedule(
            start=self.horizon.start,
            days=self.horizon.days,
            placements=tuple(sorted(placed.values(), key=_by_time)),
            unplaced=tuple(Unplaced(visit=visit.id, reason="no-room") for visit in gone),
            displaced=tuple(self.displaced),
        )


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
