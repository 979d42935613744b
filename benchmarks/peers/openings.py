"""When a pending visit can be given in an office that holds nothing but its kept bookings.

The peers that write a model of their own begin here: each keeps the practice's hours, marks and
the patient's own facts by taking starts out, as the engine's own columns do.
"""

from datetime import date
from functools import cached_property

import numpy as np

from engine.filling.cell_map import CellMap, cell_map
from engine.filling.count_starts import keep_counts
from engine.filling.lanes import Minutes
from engine.filling.occupancy import Occupancy
from engine.filling.office_hours import OfficeHours
from engine.filling.order_window import Seen, order_window
from engine.filling.procedure_starts import procedure_starts
from engine.filling.resource_starts import keep_resources
from engine.filling.seat_bookings import seat_bookings
from engine.filling.start_sieve import StartSieve
from engine.filling.visit_starts import keep_personal
from engine.practice import Follows, Horizon, Problem, Visit
from engine.practice.calendar import is_open


class Openings:
    """Starts by visit and date, with the kept bookings seated and no new visit placed."""

    def __init__(self, problem: Problem, horizon: Horizon) -> None:
        self.problem, self.horizon = problem, horizon
        self.occupancy = Occupancy(problem, horizon)
        self._office = OfficeHours(problem)
        self.kept = seat_bookings(problem, horizon)
        for placement in self.kept:
            self.occupancy.book(placement)
        self.visits = problem.visits_for(horizon)
        self._cells: dict[tuple[date, str], CellMap | None] = {}
        self._sieves: dict[tuple[str, int | None, date], StartSieve] = {}

    @cached_property
    def pending(self) -> dict[str, Visit]:
        """The visits to place by id."""
        return {visit.id: visit for visit in self.visits}

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The open dates of the horizon."""
        return tuple(day for day in self.horizon.dates if is_open(self.problem.practice, day))

    def class_of(self, visit: Visit) -> str:
        """The class of a visit's procedure."""
        return self.problem.procedures[visit.procedure].procedure_class

    def cells(self, day: date, procedure_class: str) -> CellMap | None:
        """Whose time is where for a class; None on a date without model day."""
        key = (day, procedure_class)
        if key not in self._cells:
            self._cells[key] = cell_map(self.problem, *key)
        return self._cells[key]

    def starts(self, visit: Visit, day: date) -> Minutes:
        """Minutes of the day at which the visit could begin if it were the only new one.

        Visits that it follows or that follow it are looked at only where they are booked.
        """
        stages = self.occupancy.stages(visit)
        key, length = (visit.procedure, visit.minutes, day), stages[-1].end
        if key not in self._sieves:
            procedure = self.problem.procedures[visit.procedure]
            self._sieves[key] = procedure_starts(self._office, procedure, stages, day)
        sieve = self._sieves[key].copy()
        keep_personal(sieve, visit, day, length, self.problem.as_of)
        if len(sieve.starts):
            self._keep_booked_order(sieve, visit, day, length)
            keep_counts(sieve, self.occupancy.day_book(day), visit, length)
        if len(sieve.starts):
            keep_resources(
                sieve,
                self.occupancy.day_book(day),
                self.occupancy.staffing,
                self.cells(day, self.class_of(visit)),
                visit=visit,
                stages=stages,
            )
        return np.asarray(sieve.starts, dtype=np.int64)

    def _keep_booked_order(self, sieve: StartSieve, visit: Visit, day: date, length: int) -> None:
        before = [
            (follows, self.occupancy.seen(follows.visit))
            for follows in visit.follows
            if follows.visit not in self.pending
        ]
        after: list[tuple[Follows, Seen]] = [
            (follows, seen)
            for follower, follows in self.occupancy.followers(visit.id)
            if follower in self.occupancy.placements
            and (seen := self.occupancy.seen(follower)) is not None
        ]
        if before or after:
            first, last = order_window(self._office.open_days, before, after, day)
            sieve.keep("order", (first <= sieve.starts) & (sieve.starts + length <= last))
