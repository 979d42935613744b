"""What each visit can choose from: its starts by date, no time at all, its place in the book.

Everything that prices do not change is worked out once and laid flat:

* a *channel* is a kind on a date with a wish or need for one doctor: one cost for each start;
* a *menu* is a channel as far as one patient's windows go, with the price of missed wishes; its
  value is the cheapest of it (for each clock hour, where personal costs change by the hour);
* a visit is a list of menus, each with its personal cost; its value is the cheapest of the list.
"""

import datetime as dt
from dataclasses import dataclass, field

import numpy as np

from engine.certificate.clock_rows import Ints, Mask
from engine.certificate.orders import Orders
from engine.certificate.pacts import Whereabouts
from engine.certificate.places import Places
from engine.certificate.visit_dates import first_minute, inside_one, may_come
from engine.practice import ClockWindow, Horizon, Problem, Visit
from engine.risk.visit_costs import PersonalCosts
from engine.yardsticks import move_count, prices_of

KindKey = tuple[str, int | None]
"""Procedure and own length."""
DoctorNeed = tuple[str, int]
"""`any`, `only` this doctor, or `rather` this doctor at the price of a missed wish."""
ANY: DoctorNeed = ("any", -1)

_Windows = tuple[ClockWindow, ...]
_MenuKey = tuple[int, KindKey, DoctorNeed, _Windows, _Windows, str]


@dataclass(slots=True)
class Menus:
    """Flat arrays; filled once by `Reader`, evaluated for every set of prices."""

    channels: dict[tuple[int, KindKey, DoctorNeed], int] = field(default_factory=dict)
    """Where the costs of a channel begin in the flat row of costs."""
    channel_length: int = 0
    positions: list[Ints] = field(default_factory=list)
    surcharges: list[Ints] = field(default_factory=list)
    pact_places: list[Ints] = field(default_factory=list)
    """For each position where the payments of its visit's pacts stand; -1 for none."""
    stay_places: list[int] = field(default_factory=list)
    """The same for each booking in its place."""
    menu_sizes: list[int] = field(default_factory=list)
    entries: list[int] = field(default_factory=list)
    """Of each choice: its menu, or NO_TIME, or STAY less the number of the booking."""
    entry_costs: list[int] = field(default_factory=list)
    entry_moves: list[bool] = field(default_factory=list)
    """True where a booking is moved."""
    visit_sizes: list[int] = field(default_factory=list)

    def add_entry(self, menu: int, cost: int, *, moved: bool = False) -> None:
        """One more choice of the visit that is read."""
        self.entries.append(menu)
        self.entry_costs.append(cost)
        self.entry_moves.append(moved)


NO_TIME = -1
STAY = -2
NOON = 12
"""Stands for every hour where the hour does not matter."""


class Prices:
    """Whole millipoints of one unit of each KPI, and of personal costs."""

    def __init__(self, problem: Problem, horizon: Horizon) -> None:
        self.of = prices_of(problem)
        self._costs = PersonalCosts(problem, horizon)
        self.by_hour = self._costs.hours_matter
        """False where no personal cost depends on the hour."""

    def at(self, visit: Visit, day: dt.date, hour: int) -> int:
        """Personal cost of a start in this hour."""
        return self._sum(self._costs.at(visit.id, day, hour))

    def without_time(self, visit: Visit, kpi: str, *, has_doctor: bool) -> int:
        """Personal cost, missed wishes, and the price of `kpi` for having no time."""
        missed = bool(visit.wishes) + (visit.preferred_doctor is not None and has_doctor)
        personal = self._sum(self._costs.unplaced(visit.id))
        return personal + missed * self.of["preferences_missed"] + self.of[kpi]

    def _sum(self, quanta: dict[str, int]) -> int:
        return sum(count * self.of[kpi] for kpi, count in quanta.items())


class Reader:
    """Lays the choices of visits flat, one visit after the other."""

    def __init__(
        self,
        problem: Problem,
        dates: tuple[dt.date, ...],
        places: dict[tuple[int, KindKey], Places],
        lengths: dict[KindKey, int],
        prices: Prices,
        orders: Orders,
        where: Whereabouts,
    ) -> None:
        self._orders = orders
        self._where = where
        self._problem = problem
        self._dates = dates
        self._places = places
        self._lengths = lengths
        self._prices = prices
        self._by_hour = prices.by_hour
        self._doctors = [doctor.id for doctor in problem.doctors]
        self._known: dict[_MenuKey, list[tuple[int, int]]] = {}
        self.menus = Menus()

    def add(self, visit: Visit, *, stay: tuple[int, int] | None, movable: bool) -> None:
        """A visit to place; or with `stay` (number, cost) a booking, that may go if `movable`."""
        menus, before = self.menus, len(self.menus.entries)
        if stay is not None:
            number, cost = stay
            menus.stay_places.append(self._stay_place(visit.id))
            menus.add_entry(STAY - number, cost)
        if stay is None or movable:
            kpi = "unplaced_visits" if stay is None else "displaced_bookings"
            gone = self._prices.without_time(visit, kpi, has_doctor=self._has_doctor(visit))
            menus.add_entry(NO_TIME, gone)
            most = self._problem.policy.max_moves
            if stay is None or most is None or most > 0:
                self._add_places(visit, moved=stay is not None)
        menus.visit_sizes.append(len(menus.entries) - before)

    def _stay_place(self, visit_id: str) -> int:
        if visit_id not in self._where.rows:
            return -1
        place = (self._where.rows[visit_id], *self._where.stay[visit_id])
        self._where.possible[place] = True
        return int(np.ravel_multi_index(place, self._where.possible.shape))

    def _has_doctor(self, visit: Visit) -> bool:
        stages = self._problem.procedures[visit.procedure].stages
        return any(segment.kind == "doctor" for stage in stages for segment in stage.segments)

    def _add_places(self, visit: Visit, *, moved: bool) -> None:
        cost = 0
        if moved:
            booking = self._problem.booking_of[visit.id]
            cost = self._prices.of["moved_bookings"] * move_count(self._problem, booking)
        kind = (visit.procedure, visit.minutes)
        need = self._need(visit)
        if need is None:
            return
        for number, day in enumerate(self._dates):
            if (number, kind) not in self._places:
                continue
            if not may_come(visit, day, self._problem.as_of):
                continue
            for hour, menu in self._menus(number, day, kind, need, visit):
                self.menus.add_entry(menu, cost + self._prices.at(visit, day, hour), moved=moved)

    def _need(self, visit: Visit) -> DoctorNeed | None:
        """None where the required doctor does not exist."""
        if not self._has_doctor(visit):
            return ANY
        if visit.required_doctor is not None:
            if visit.required_doctor not in self._doctors:
                return None
            return ("only", self._doctors.index(visit.required_doctor))
        if visit.preferred_doctor is not None and visit.preferred_doctor in self._doctors:
            return ("rather", self._doctors.index(visit.preferred_doctor))
        return ANY

    def _menus(
        self, number: int, day: dt.date, kind: KindKey, need: DoctorNeed, visit: Visit
    ) -> list[tuple[int, int]]:
        """Hour and menu; one menu for all hours where the hour does not matter."""
        own = visit.id in self._where.rows or self._orders.binds(visit)
        windows = (visit.availability, visit.wishes)
        key = (number, kind, need, *windows, visit.id if own else "")
        if key not in self._known:
            self._known[key] = self._open(number, day, kind, need, visit)
        return self._known[key]

    def _open(
        self, number: int, day: dt.date, kind: KindKey, need: DoctorNeed, visit: Visit
    ) -> list[tuple[int, int]]:
        starts, length = self._places[number, kind].starts, self._lengths[kind]
        possible = starts >= first_minute(day, self._problem.as_of)
        if visit.availability:
            possible &= inside_one(visit.availability, day, starts, length)
        possible &= self._orders.keep(visit, day, starts, length)
        if not possible.any():
            return []
        pact_places = self._pact_places(number, visit.id, starts, possible)
        surcharge = np.zeros(len(starts), dtype=np.int64)
        if visit.wishes:
            wished = inside_one(visit.wishes, day, starts, length)
            surcharge[~wished] = self._prices.of["preferences_missed"]
        offset = self._channel(number, kind, need)
        hours = starts // 60 if self._by_hour else np.full(len(starts), NOON)
        listed = sorted(set(hours[possible].tolist())) if self._by_hour else [NOON]
        found: list[tuple[int, int]] = []
        for hour in listed:
            chosen = np.flatnonzero(possible & (hours == hour))
            found.append((hour, len(self.menus.menu_sizes)))
            self.menus.positions.append(chosen + offset)
            self.menus.surcharges.append(surcharge[chosen])
            self.menus.pact_places.append(pact_places[chosen])
            self.menus.menu_sizes.append(len(chosen))
        return found

    def _pact_places(self, number: int, visit_id: str, starts: Ints, possible: Mask) -> Ints:
        where = self._where
        if visit_id not in where.rows:
            return np.full(len(starts), -1, dtype=np.int64)
        row, columns = where.rows[visit_id], starts // where.step
        where.possible[row, number, columns[possible]] = True
        _, dates, width = where.possible.shape
        places: Ints = columns + (row * dates + number) * width
        return places

    def _channel(self, number: int, kind: KindKey, need: DoctorNeed) -> int:
        key, menus = (number, kind, need), self.menus
        if key not in menus.channels:
            menus.channels[key] = menus.channel_length
            menus.channel_length += len(self._places[number, kind].starts)
        return menus.channels[key]
