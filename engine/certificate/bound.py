"""The bound that prices prove: each visit at its cheapest place, less the worth of the capacity.

For prices p >= 0 of things of which there are so many at each moment,

    bound = sum over visits of min over its choices (own cost + prices of what it holds)
          - sum over things and moments of price * capacity,

because a schedule never holds more than there is. Own costs: personal KPIs, no time at all, wishes
missed, cells of other classes, moving or displacing a booking. Doctor load and uneven days enter
with a price up to their weight: w * max(0, d - limit) >= p * (d - limit) for 0 <= p <= w; chains of
doctor time likewise (`chains.py`). Households and orders are pacts (`pacts.py`): what members pay
for their places, less the most they can pay together. Left out, which only lowers the bound: that
two visits of one patient do not overlap, and that clashes of the book are not worsened. Capacity is
counted where a grid step begins; new visits begin everything on the grid, so two of them never
share a step.

The bound holds for every schedule that the checker accepts, in which frozen bookings keep the chair
of the book unless the policy lets them change, and kept bookings lack no more than what is listed
as `without` (`lacks.py`). All in whole millipoints, exact.
"""

import datetime as dt
from collections.abc import Iterable
from math import gcd

import numpy as np

from engine.certificate.book_demands import BookedVisit, Lack, booked_visits
from engine.certificate.capacity import Counted, capacity_worth, counted_things
from engine.certificate.certificate import Priced, PriceLine
from engine.certificate.clock_rows import NEVER, Ints
from engine.certificate.day_prices import DayPrices, price_day
from engine.certificate.day_rows import DayRows, read_day
from engine.certificate.menus import NO_TIME, STAY, KindKey, Menus, Prices, Reader
from engine.certificate.pacts import Pacts, Whereabouts
from engine.certificate.places import Places, places_on
from engine.certificate.price_faults import price_faults
from engine.certificate.price_table import PriceTable
from engine.certificate.room_for_new import rows_for_new
from engine.certificate.stays import stay_cost
from engine.practice import Horizon, Problem, Visit
from engine.practice.calendar import is_open
from engine.practice.pattern import StageTime
from engine.units import to_minutes
from engine.yardsticks import clinic_minutes, even_shares, stages_of


class PricedProblem:
    """A problem and its dates, read once; `bound` is then quick for any prices.

    `without`: what kept bookings may go without; the bound is about schedules that lack no more.
    """

    def __init__(self, problem: Problem, horizon: Horizon, without: Iterable[Lack] = ()) -> None:
        self.problem = problem
        self._without = frozenset(without)
        self.horizon = horizon
        self.booked = booked_visits(problem, horizon)
        self.dates = tuple(
            day for day in horizon.dates if is_open(problem.practice, day) or day in self.booked
        )
        self.rows: dict[dt.date, DayRows] = {
            day: read_day(problem, day, (hold for one in self._of(day) for hold in one.taken))
            for day in self.dates
        }
        self._for_new: dict[dt.date, DayRows] = {
            day: rows_for_new(problem, rows, self._of(day), self._without)
            for day, rows in self.rows.items()
        }
        self.counted: dict[dt.date, Counted] = {
            day: counted_things(problem, day, self._of(day)) for day in self.dates
        }
        self.shares = even_shares(problem, horizon)
        self._prices = Prices(problem, horizon)
        self._stages: dict[KindKey, tuple[StageTime, ...]] = {}
        self._clinic: dict[KindKey, int] = {}
        self._places: dict[tuple[int, KindKey], Places] = {}
        self._stays: list[tuple[dt.date, BookedVisit]] = []
        self._pacts = Pacts(problem, horizon)
        self._where = self._no_whereabouts()
        self._menus = self._read_visits()
        self._pact_places = _joined(self._menus.pact_places)
        self._positions = _joined(self._menus.positions)
        self._surcharges = _joined(self._menus.surcharges)
        self._menu_starts = _begins(self._menus.menu_sizes)
        self._visit_starts = _begins(self._menus.visit_sizes)
        self._entries = np.array(self._menus.entries, dtype=np.int64)
        self._entry_costs = np.array(self._menus.entry_costs, dtype=np.int64)
        self._entry_moves = np.array(self._menus.entry_moves, dtype=np.int64)

    def _of(self, day: dt.date) -> list[BookedVisit]:
        return self.booked.get(day, [])

    def _no_whereabouts(self) -> Whereabouts:
        """Nobody anywhere yet; a column is the longest step that holds every start."""
        practice, members = self.problem.practice, self._pacts.members
        booked = [(n, one) for n, day in enumerate(self.dates) for one in self._of(day)]
        starts = [to_minutes(one.booking.start) for _, one in booked]
        step = gcd(practice.start_mark_minutes, *starts)
        return Whereabouts(
            rows={name: row for row, name in enumerate(members)},
            dates=self.dates,
            step=step,
            possible=np.zeros((len(members), len(self.dates), 1440 // step), dtype=np.bool_),
            stay={
                one.booking.visit.id: (number, start // step)
                for (number, one), start in zip(booked, starts, strict=True)
            },
            certain=frozenset(o.booking.visit.id for _, o in booked if not o.booking.movable),
        )

    def _read_visits(self) -> Menus:
        pending = self.problem.visits_for(self.horizon)
        for day, booked in self.booked.items():
            self._stays += [(day, one) for one in booked]
        movable = [one.booking.visit for _, one in self._stays if one.booking.movable]
        for visit in (*pending, *movable):
            self._read_kind(visit)
        lengths = {kind: stages[-1].end for kind, stages in self._stages.items()}
        reader = Reader(
            self.problem, self.dates, self._places, lengths,
            self._prices, self._pacts.orders, self._where,
        )  # fmt: skip
        for visit in pending:
            reader.add(visit, stay=None, movable=True)
        for number, (day, one) in enumerate(self._stays):
            visit = one.booking.visit
            cost = self._prices.at(visit, day, one.booking.start.hour)
            reader.add(visit, stay=(number, cost), movable=one.booking.movable)
        return reader.menus

    def _read_kind(self, visit: Visit) -> None:
        kind = (visit.procedure, visit.minutes)
        if kind in self._stages:
            return
        stages = self._stages[kind] = stages_of(self.problem, visit)
        self._clinic[kind] = clinic_minutes(self.problem, visit)
        procedure = self.problem.procedures[visit.procedure]
        off_template = self._prices.of["off_template"]
        for number, day in enumerate(self.dates):
            places = places_on(self.problem, self._for_new[day], procedure, stages, off_template)
            if places is not None:
                self._places[number, kind] = places

    def bound(self, lines: Iterable[PriceLine]) -> int:
        """Millipoints that no schedule can stay below. ValueError where these are no prices."""
        listed = tuple(lines)
        faults = tuple(price_faults(self.problem, self.horizon, listed, self._pacts))
        if faults:
            raise ValueError("; ".join(faults[:5]))
        table = PriceTable(listed)
        worth = 0
        days: dict[dt.date, DayPrices] = {}
        for day in self.dates:
            days[day] = price_day(self.problem, self.rows[day], table)
            share = self.shares.get(day)
            worth += capacity_worth(self.problem, self.rows[day], self.counted[day], table, share)
        costs = np.full(self._menus.channel_length, NEVER, dtype=np.int64)
        self._price_channels(days, costs)
        paid, pact_worth = self._pacts.payments(table, self._where)
        payments = np.append(paid, 0)  # the last one, at -1, is for visits without pacts
        places = costs[self._positions] + self._surcharges + payments[self._pact_places]
        menus = _least(places, self._menu_starts)
        stays = [
            stay_cost(self.problem, self.rows[day], days[day], one, self._without)
            + int(payments[place])
            for (day, one), place in zip(self._stays, self._menus.stay_places, strict=True)
        ]
        values = np.array([*menus, 0, *stays], dtype=np.int64)
        behind = np.where(self._entries == NO_TIME, 0, 1 + STAY - self._entries)
        where = np.where(self._entries >= 0, self._entries, len(menus) + behind)
        move = table.of_date(Priced.MOVES, "", self.horizon.start)
        worth += move * (self.problem.policy.max_moves or 0)
        entries = values[where] + self._entry_costs + move * self._entry_moves
        cheapest = _least(entries, self._visit_starts)
        return int(cheapest.sum()) - worth - pact_worth

    def _price_channels(self, days: dict[dt.date, DayPrices], costs: Ints) -> None:
        missed = self._prices.of["preferences_missed"]
        seats: dict[tuple[int, KindKey], Ints] = {}
        doctors: dict[tuple[int, KindKey], Ints] = {}
        for (number, kind, (need, doctor)), offset in self._menus.channels.items():
            places, prices = self._places[number, kind], days[self.dates[number]]
            if (number, kind) not in seats:
                own = places.seats(prices.chairs, prices.staff)
                own += prices.of_visit(kind[0], self._clinic[kind])
                own += prices.under_way(kind[0], places.starts, self._stages[kind][-1].end)
                seats[number, kind] = own
                if places.doctor:
                    doctors[number, kind] = places.doctors(prices.doctors)
            total = seats[number, kind]
            if places.doctor:
                given = doctors[number, kind]
                cheapest = given[doctor] if need == "only" else given.min(axis=0)
                if need == "rather":
                    cheapest = np.minimum(given[doctor], cheapest + missed)
                total = total + cheapest
            costs[offset : offset + len(total)] = np.minimum(total, NEVER)


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)


def _least(values: Ints, begins: Ints) -> Ints:
    """The least of each of the stretches that begin there; none of them is empty."""
    return np.minimum.reduceat(values, begins) if len(begins) else values


def _begins(sizes: list[int]) -> Ints:
    ends = np.cumsum([0, *sizes])
    return ends[:-1].astype(np.int64)
