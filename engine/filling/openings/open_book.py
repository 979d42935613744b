"""Entry page: a book that answers a caller at once, keeps a time for her, and takes it down.

The book is an occupancy (exact, date by date) with arrays of its free time beside it (all dates at
once). A question goes through the arrays: what suits the procedure, the patient, the counts, who is
there; then what each start costs; then a choice over days and half-days. What is held or booked is
seated by the occupancy, with all rules, and costs the arrays one date.
"""

import datetime as dt
from collections.abc import Iterable

import numpy as np

from engine.certificate.certificate import PriceLine
from engine.filling.lanes import Minutes
from engine.filling.occupancy import Occupancy
from engine.filling.openings.answers import NOON, HalfDay, Opening
from engine.filling.openings.asked import Asked, Served
from engine.filling.openings.clock_axis import ClockAxis
from engine.filling.openings.free_time import FreeTime
from engine.filling.openings.kind_starts import KindStarts, kind_starts
from engine.filling.openings.later_prices import LaterPrices
from engine.filling.openings.patient_starts import PatientStarts
from engine.filling.openings.served_starts import ServedStarts
from engine.filling.openings.spread import HalfDays, spread
from engine.filling.openings.start_costs import StartCosts
from engine.filling.openings.start_prices import StartPrices
from engine.filling.seat_bookings import seat_bookings
from engine.practice import Horizon, Problem, Visit
from engine.schedule import Hold, Placement
from engine.units import to_clock


class TakenError(ValueError):
    """The time is no longer there, or never was."""


class OpenBook:
    """The dates of a horizon with what is placed on them. `prices`: of the last fill, or none.

    `now` is always told: nothing here looks at a clock. The model day is as released at the
    problem's `as_of`; a book that is to see a later release is made anew.
    """

    def __init__(
        self,
        problem: Problem,
        horizon: Horizon,
        placements: Iterable[Placement] | None = None,
        prices: Iterable[PriceLine] = (),
        holds: Iterable[Hold] = (),
    ) -> None:
        """`placements`: everything that has a time in these dates; None: the bookings alone."""
        self.occupancy = Occupancy(problem, horizon)
        self.holds: dict[str, Hold] = {}
        for placement in seat_bookings(problem, horizon) if placements is None else placements:
            self.occupancy.book(placement)
        for hold in holds:
            self.occupancy.admit(hold.visit)
            self.occupancy.book(hold.placement)
            self.holds[hold.visit.id] = hold
        self._axis = ClockAxis(problem, horizon)
        self._free = FreeTime(self._axis, self.occupancy)
        self._patients = PatientStarts(self._axis, self.occupancy, self._free)
        self._served = ServedStarts(self._axis, self.occupancy, self._free)
        self._kinds: dict[tuple[str, int | None], KindStarts] = {}
        self._costs = StartCosts(self._axis, self.occupancy, self._patients, self._served)
        self.set_prices(prices)

    def set_prices(self, prices: Iterable[PriceLine]) -> None:
        """Score by these prices from now on."""
        self.prices = tuple(prices)
        self._priced = self._read_prices(self.prices)
        self._later = LaterPrices(self, self.prices, self._read_prices)

    def warm_up(self) -> None:
        """Work out beforehand what does not depend on the caller, for every procedure."""
        day, problem = self._axis.dates[0], self.occupancy.problem
        for procedure in problem.practice.procedures:
            name = f"warm-up-{procedure.code}"
            self.best(
                Visit(id=name, patient=name, procedure=procedure.code, due=day), problem.as_of
            )

    def best(
        self, visit: Visit, now: dt.datetime, count: int = 6, *, protect: bool = False
    ) -> tuple[Opening, ...]:
        """Up to `count` openings for a visit that has no time, the best first; see `spread`.

        `protect`: exam and start times also cost what they are worth to callers to come.
        """
        served = self._possible(visit, now)
        asked = served.asked
        if not len(asked):
            return ()
        self._costs.prices = self._later.at(now) if protect else self._priced
        costs = self._costs.of(visit, served)
        self._costs.forget(visit)
        due = (visit.due - self._axis.dates[0]).days
        halves = HalfDays(asked.day, asked.minute, costs.total, costs.gap, np.abs(asked.day - due))
        chosen = spread(halves, count, lambda index: self._is_seated(visit, asked, index))
        return tuple(
            self._opening(visit, asked, index, int(costs.total[index]), int(costs.own[index]))
            for index in chosen
        )

    def take(self, hold: Hold) -> None:
        """Take in a hold that was made elsewhere; a time that its visit had before is given up."""
        visit = hold.visit
        if visit.id in self.occupancy.placements:
            self.release(visit.id)
        self.occupancy.admit(visit)
        self.restore(hold.placement)
        self.holds[visit.id] = hold

    def starts(self, visit: Visit, now: dt.datetime) -> dict[dt.date, Minutes]:
        """Every start that a visit without a time could have, in minutes, by date."""
        asked = self._possible(visit, now).asked
        seated = [self._is_seated(visit, asked, index) for index in range(len(asked))]
        asked = asked.keep(np.array(seated, dtype=np.bool_))
        return {
            self._axis.dates[number]: asked.minute[asked.day == number]
            for number in np.unique(asked.day).tolist()
        }

    def served_on(self, visit: Visit, day: dt.date) -> Minutes:
        """Starts of a date at which a visit of this kind could be served, whoever the patient is.

        Asked for many patients of one kind; `seated_alone` kinds only are exact (see `KindStarts`).
        """
        return self._served_on(visit, day).asked.minute

    def places_left(self, visit: Visit, day: dt.date) -> int:
        """How many more visits of this kind fit into a date without other classes' cells, one after
        the other in each chair of their first stage; at most, since people are shared."""
        served = self._served_on(visit, day)
        asked = served.asked
        seated = [stage for stage in asked.kind.stages if stage.chair_kind is not None]
        if not seated or not len(asked):
            return 0
        off = self._served.off_template(asked, visit, seated[0])
        usable = served.chairs[seated[0].index] & ~off
        busy, count = seated[0].busy_until - seated[0].start, 0
        for column in usable.T:
            free_from = 0
            for minute in asked.minute[column].tolist():
                if minute >= free_from:
                    count, free_from = count + 1, minute + busy
        return count

    def chairs(self, visit: Visit, day: dt.date, start: int) -> tuple[str, ...]:
        """Chairs in which the first stage of a visit could be there, the best first."""
        return self.occupancy.first_chairs(visit, day, start)

    def is_seated_alone(self, visit: Visit) -> bool:
        """True where each stage can be looked at alone; see `KindStarts`."""
        return self._kind(visit).seated_alone

    def chance_of_miss(self, visit: Visit, day: dt.date, hour: int) -> float:
        """Chance that a visit is missed at this hour of a date."""
        return self._costs.no_show(visit, day, hour)

    def hold(
        self, visit: Visit, day: dt.date, start: int, *, now: dt.datetime, until: dt.datetime
    ) -> Hold:
        """Keep a time for a caller until a moment. TakenError where it cannot be had."""
        placement = self.book(visit, day, start, now=now)
        kept = Hold(visit=visit, placement=placement, until=until)
        self.holds[visit.id] = kept
        return kept

    def book(self, visit: Visit, day: dt.date, start: int, *, now: dt.datetime) -> Placement:
        """Give a visit its time. TakenError where it cannot be had."""
        self.expire(now)
        if visit.id in self.occupancy.placements:
            raise TakenError(f"visit '{visit.id}' has a time already")
        if day not in self.occupancy.horizon or dt.datetime.combine(day, to_clock(start)) < now:
            raise TakenError(f"{day} {to_clock(start):%H:%M} is past, or outside these dates")
        self.occupancy.demand_same(visit)
        placement = self.occupancy.place_at(visit, day, start)
        if placement is None:
            raise TakenError(f"{day} {to_clock(start):%H:%M} is taken, or does not suit the visit")
        self.occupancy.admit(visit)
        self.occupancy.book(placement)
        self._reread(day)
        return placement

    def commit(self, visit_id: str, now: dt.datetime) -> Placement:
        """The caller has said yes: the hold becomes a booking. TakenError where it has expired."""
        self.expire(now)
        if visit_id not in self.holds:
            raise TakenError(f"no time is held for visit '{visit_id}'")
        return self.holds.pop(visit_id).placement

    def give_back(self, visit_id: str, before: Placement | None) -> None:
        """Take out a time that was held or given; the visit is back `before`, where it had one."""
        self.release(visit_id)
        self.occupancy.dismiss(visit_id)
        if before is not None:
            self.restore(before)

    def release(self, visit_id: str) -> Placement:
        """Take a visit out again, held or booked; KeyError where it has no time."""
        self.holds.pop(visit_id, None)
        placement = self.occupancy.release(visit_id)
        self._reread(placement.date)
        return placement

    def restore(self, placement: Placement) -> None:
        """Write back what `release` took out."""
        self.occupancy.book(placement)
        self._reread(placement.date)

    def expire(self, now: dt.datetime) -> tuple[Hold, ...]:
        """Give back what is held no longer, and say what it was."""
        over = tuple(hold for hold in self.holds.values() if not hold.is_open(now))
        for hold in over:
            self.release(hold.visit.id)
        return over

    def _reread(self, day: dt.date) -> None:
        self._free.read(self._axis.number[day], self.occupancy.day_book(day))
        self._later.note(day)

    def _read_prices(self, lines: Iterable[PriceLine]) -> StartPrices:
        return StartPrices(self._axis, self.occupancy.problem, self._free.rows, lines)

    def _served_on(self, visit: Visit, day: dt.date) -> Served:
        number = self._axis.number[day]
        asked = Asked.between(self._kind(visit), number, number)
        return self._served.keep(self._patients.within_counts(visit, asked), visit)

    def _possible(self, visit: Visit, now: dt.datetime) -> Served:
        self.expire(now)
        self.occupancy.demand_same(visit)
        kind = self._kind(visit)
        asked = self._patients.of(visit, kind, max(now, self.occupancy.problem.as_of))
        return self._served.keep(asked, visit)

    def _is_seated(self, visit: Visit, asked: Asked, index: int) -> bool:
        if asked.kind.seated_alone:
            return True
        day = self._axis.dates[int(asked.day[index])]
        return self.occupancy.seat(visit, day, int(asked.minute[index])) is not None

    def _opening(self, visit: Visit, asked: Asked, index: int, total: int, own: int) -> Opening:
        day, start = self._axis.dates[int(asked.day[index])], int(asked.minute[index])
        return Opening(
            visit=visit.id,
            date=day,
            start=to_clock(start),
            end=to_clock(start + asked.kind.length),
            half_day=HalfDay.MORNING if start < NOON else HalfDay.AFTERNOON,
            chairs=self.chairs(visit, day, start),
            millipoints=total,
            own_millipoints=own,
        )

    def _kind(self, visit: Visit) -> KindStarts:
        key = (visit.procedure, visit.minutes)
        if key not in self._kinds:
            self._kinds[key] = kind_starts(
                self._axis,
                self.occupancy.stages(visit),
                lambda day: self.occupancy.starts_of_kind(visit, day),
                self.occupancy.staffing,
                self.occupancy.class_of(visit),
            )
        return self._kinds[key]
