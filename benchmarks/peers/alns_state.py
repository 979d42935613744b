"""States of the large neighbourhood search, and the one book in which they are tried out."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from benchmarks.peers.openings import Openings
from benchmarks.peers.running_price import Piece, RunningPrice
from engine.filling.by_hand import fill_by_hand
from engine.filling.count_starts import keep_counts
from engine.filling.lanes import Minutes
from engine.filling.resource_starts import usable_chairs
from engine.filling.start_sieve import StartSieve
from engine.practice import Horizon, Problem, Visit
from engine.schedule import Placement, Schedule, Unplaced


@dataclass
class State:
    """A week: the pieces of all placed visits by date, with the price of each date.

    `out`: visits taken out by a destroy operator, in the order in which it took them.
    """

    board: "Board"
    days: dict[date, dict[str, Piece]]
    day_price: dict[date, int]
    unplaced: dict[str, int]
    out: list[str] = field(default_factory=list)
    _objective: int | None = None

    def copy(self) -> "State":
        """Another week of the same pieces; dates are shared until one of them changes."""
        return State(
            self.board, dict(self.days), dict(self.day_price), dict(self.unplaced), list(self.out)
        )

    @property
    def pieces(self) -> dict[str, Piece]:
        """All pieces by visit."""
        return {name: piece for day in self.days.values() for name, piece in day.items()}

    def objective(self) -> float:
        """Points of the whole objective, above those of every visit at its cheapest start."""
        if self._objective is None:
            prices = self.board.price
            for day in self.days:
                if day not in self.day_price:
                    pieces = self.days[day].values()
                    own = sum(piece.price for piece in pieces)
                    self.day_price[day] = own + prices.day(day, pieces)
            self._objective = sum(self.day_price.values()) + sum(self.unplaced.values())
            if prices.households:
                self._objective += prices.apart(self.pieces)
        return (self._objective - self.board.least) / 1000

    def take_out(self, visit_id: str, day: date) -> None:
        """Out of its date, with every pending visit that may not stand without it."""
        if visit_id not in self.days[day]:
            return
        self.days[day] = {name: one for name, one in self.days[day].items() if name != visit_id}
        self._changed(day)
        self.unplaced[visit_id] = self.board.without[visit_id]
        self.out.append(visit_id)
        for follower, _ in self.board.occupancy.followers(visit_id):
            where = self.day_of(follower) if follower in self.board.pending else None
            if where is not None:
                self.take_out(follower, where)

    def put_in(self, piece: Piece) -> None:
        """A piece on its date."""
        day, visit_id = piece.placement.date, piece.placement.visit
        self.days[day] = {**self.days.get(day, {}), visit_id: piece}
        self._changed(day)
        del self.unplaced[visit_id]

    def day_of(self, visit_id: str) -> date | None:
        """Where a visit is."""
        return next((day for day, pieces in self.days.items() if visit_id in pieces), None)

    def _changed(self, day: date) -> None:
        self.day_price.pop(day, None)
        self._objective = None


class Board:
    """The book of one process; it is turned to a state before something is placed in it."""

    def __init__(self, problem: Problem, horizon: Horizon) -> None:
        self.openings = Openings(problem, horizon)
        self.problem, self.horizon = problem, horizon
        self.price = RunningPrice(self.openings)
        self.occupancy = self.openings.occupancy
        self.pending: dict[str, Visit] = self.openings.pending
        self.without = {name: self.price.without(visit) for name, visit in self.pending.items()}
        self._shown: dict[str, Piece] = {}
        self.kept = tuple(self.price.piece(placement) for placement in self.openings.kept)
        self._kept_by_id = {piece.placement.visit: piece for piece in self.kept}
        self.alone: dict[tuple[str, date], Minutes] = {}
        """Starts of a visit on a date in the book without any other new visit."""
        self.cheapest_days = {
            name: self._cheapest_days(visit) for name, visit in self.pending.items()
        }
        self.least = sum(piece.price for piece in self.kept) + sum(
            min([self.without[name], *(price for price, _ in days)])
            for name, days in self.cheapest_days.items()
        )

    @cached_property
    def relatives(self) -> dict[str, tuple[str, ...]]:
        """The others of each visit's household."""
        return {
            name: tuple(other for other in members if other != name)
            for members in self.price.households
            for name in members
        }

    @cached_property
    def minutes(self) -> dict[str, int]:
        """Length of each visit."""
        return {name: self.occupancy.stages(one)[-1].end for name, one in self.pending.items()}

    def first_state(self) -> State:
        """The week filled by hand, best fit in order of the due dates."""
        filled = fill_by_hand(self.problem, self.horizon, fit="best", order="due")
        return self.state_of(filled.placements)

    def state_of(self, placements: tuple[Placement, ...]) -> State:
        """The state of a week of placements; kept bookings stay as they are seated here."""
        state = State(self, {day: {} for day in self.openings.dates}, {}, dict(self.without))
        for piece in self.kept:
            day = piece.placement.date
            state.days[day] = {**state.days.get(day, {}), piece.placement.visit: piece}
        for placement in placements:
            if placement.visit in self.pending:
                state.put_in(self.price.piece(placement))
        return state

    def show(self, state: State) -> None:
        """Turn the book to a state: what differs is taken out and written in."""
        wanted = {name: one for name, one in state.pieces.items() if name in self.pending}
        for name, piece in list(self._shown.items()):
            if wanted.get(name) is not piece:
                self.occupancy.release(name)
                del self._shown[name]
        for name, piece in wanted.items():
            if name not in self._shown:
                self.occupancy.book(piece.placement)
                self._shown[name] = piece

    def book(self, piece: Piece) -> None:
        """Write one more piece into the book that is shown."""
        self.occupancy.book(piece.placement)
        self._shown[piece.placement.visit] = piece

    def starts(self, visit: Visit, day: date) -> Minutes:
        """Starts at which the visit fits into the book that is shown.

        The occupancy's own answer. For the many visits of one stage that follow none and that
        none follows, it is put together here without counting which rule takes out what.
        """
        stages, occupancy = self.occupancy.stages(visit), self.occupancy
        if len(stages) > 1 or visit.follows or occupancy.followers(visit.id):
            return occupancy.feasible_starts(visit, day)
        sieve, book = StartSieve(self.alone[visit.id, day]), occupancy.day_book(day)
        keep_counts(sieve, book, visit, stages[0].end)
        starts, (stage,) = sieve.starts, stages
        if stage.chair_kind is not None:
            kind = self.openings.class_of(visit)
            rows = occupancy.staffing.chair_rows(stage.chair_kind, kind)
            usable = usable_chairs(book, self.openings.cells(day, kind), rows, stage, starts)
            starts = starts[usable.any(axis=0)]
        if stage.role is not None:
            rows = occupancy.staffing.staff_rows(stage.role, stage.skill)
            starts = starts[book.staff.fits(rows, starts, stage.busy_until).any(axis=0)]
        if stage.doctor and len(starts):
            served = np.zeros(len(starts), dtype=np.bool_)
            for row in occupancy.staffing.doctor_rows(visit.required_doctor, None):
                served |= book.doctors.choices(row, stage.doctor, starts) >= 0
            starts = starts[served]
        return starts

    def start_of(self, visit_id: str) -> tuple[date, int] | None:
        """Date and minute of a visit in the book that is shown."""
        piece = self._shown.get(visit_id) or self._kept_by_id.get(visit_id)
        return None if piece is None else (piece.placement.date, piece.start)

    def schedule_of(self, state: State) -> Schedule:
        """The state as an answer."""
        return Schedule(
            start=self.horizon.start,
            days=self.horizon.days,
            placements=tuple(piece.placement for piece in state.pieces.values()),
            unplaced=tuple(Unplaced(visit=name, reason="no-room") for name in state.unplaced),
        )

    def _cheapest_days(self, visit: Visit) -> tuple[tuple[int, date], ...]:
        """Dates at which the visit could be if it were alone, by least price."""
        found = []
        for day in self.openings.dates:
            starts = self.openings.starts(visit, day)
            if len(starts):
                self.alone[visit.id, day] = starts
                hours = np.unique(starts // 60)
                found.append((min(self.price.personal(visit, day, int(h)) for h in hours), day))
        return tuple(sorted(found))
