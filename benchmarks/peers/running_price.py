"""The objective of a schedule that changes a little at a time, in whole millipoints.

Says what `engine.kpi.measure` says, date by date, so that a search need not measure a whole week
after every step. A test holds the two against each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.openings import Openings
from engine.filling.cell_map import OTHERS
from engine.practice import DoctorRuleKind, SegmentKind, Visit
from engine.practice.calendar import present_intervals
from engine.risk.visit_costs import PersonalCosts
from engine.schedule import Placement
from engine.units import MINUTES_PER_DAY, Interval, to_minutes
from engine.yardsticks import clinic_minutes, doctor_limit_minutes, even_shares, prices_of


@dataclass(frozen=True, slots=True)
class Piece:
    """A placement with its price and what it adds to its date."""

    placement: Placement
    start: int
    price: int
    doctor: tuple[Interval, ...]
    clinic: int


class RunningPrice:
    """Prices of pieces, of visits without a time, of dates and of households."""

    def __init__(self, openings: Openings) -> None:
        self.openings, self.problem = openings, openings.problem
        self._costs = PersonalCosts(self.problem, openings.horizon)
        self.of = prices_of(self.problem)
        self.shares = even_shares(self.problem, openings.horizon)
        self.households = self._households()
        self._limits: dict[date, NDArray[np.int64]] = {}
        self._present: dict[date, NDArray[np.int64]] = {}

    def piece(self, placement: Placement) -> Piece:
        """A placement made ready for the sums."""
        visit = self.problem.all_visits[placement.visit]
        start = to_minutes(placement.start)
        price = self.personal(visit, placement.date, start // 60)
        if visit.id in self.openings.pending:
            end = to_minutes(placement.end)
            price += self.of["preferences_missed"] * self._missed(visit, placement, start, end)
            price += self.of["off_template"] * self._off_template(visit, placement)
        doctor = tuple(
            (to_minutes(segment.start), to_minutes(segment.end))
            for segment in placement.segments
            if segment.doctor_time
        )
        return Piece(placement, start, price, doctor, clinic_minutes(self.problem, visit))

    def without(self, visit: Visit) -> int:
        """The price of a visit that gets no time."""
        has_doctor_time = any(
            segment.kind is SegmentKind.DOCTOR
            for stage in self.problem.procedures[visit.procedure].stages
            for segment in stage.segments
        )
        wishes = bool(visit.wishes) + (visit.preferred_doctor is not None and has_doctor_time)
        return (
            self._priced(self._costs.unplaced(visit.id))
            + self.of["unplaced_visits"]
            + self.of["preferences_missed"] * wishes
        )

    def personal(self, visit: Visit, day: date, hour: int) -> int:
        """The personal KPIs of a start in that clock hour."""
        return self._priced(self._costs.at(visit.id, day, hour))

    def wish_met(self, visit: Visit, day: date, start: int, end: int) -> bool:
        """True where nothing is wished, or the visit lies in a wished time."""
        return not visit.wishes or any(
            wish.on(day.weekday())
            and to_minutes(wish.start) <= start
            and end <= to_minutes(wish.end)
            for wish in visit.wishes
        )

    def day(self, day: date, pieces: Iterable[Piece]) -> int:
        """What the load of a date costs: overload and chains of the doctors, uneven load."""
        demand = np.zeros(MINUTES_PER_DAY, dtype=np.int64)
        clinic = 0
        for piece in pieces:
            clinic += piece.clinic
            for start, end in piece.doctor:
                demand[start:end] += 1
        share = self.shares.get(day)
        price = 0 if share is None else max(0, clinic - share) * self.of["uneven_load"]
        over = demand.reshape(24, 60).sum(axis=1) - self._hour_limits(day)
        price += int(np.clip(over, 0, None).sum()) * self.of["doctor_overload"]
        return price + self._chains(day, demand) * self.of["doctor_chains"]

    def apart(self, pieces: Mapping[str, Piece]) -> int:
        """What households cost that are not seen together."""
        apart = sum(not self.together(members, pieces) for members in self.households)
        return apart * self.of["households_apart"]

    def together(self, members: tuple[str, ...], pieces: Mapping[str, Piece]) -> bool:
        """All placed, on one date, with starts close enough."""
        placed = [pieces[member] for member in members if member in pieces]
        if len(placed) < len(members) or len({piece.placement.date for piece in placed}) > 1:
            return False
        starts = [piece.start for piece in placed]
        return max(starts) - min(starts) <= self.problem.policy.together_minutes

    def _priced(self, quanta: Mapping[str, int]) -> int:
        return sum(self.of[kpi] * value for kpi, value in quanta.items())

    def _households(self) -> tuple[tuple[str, ...], ...]:
        """Households of at least two, one of whom can be moved or placed."""
        found: dict[str, list[str]] = {}
        free: set[str] = set()
        booked = [b for b in self.problem.bookings if b.date in self.openings.horizon]
        for visit, movable in [(visit, True) for visit in self.openings.visits] + [
            (booking.visit, booking.movable) for booking in booked
        ]:
            if visit.household is not None:
                found.setdefault(visit.household, []).append(visit.id)
                if movable:
                    free.add(visit.household)
        return tuple(tuple(ids) for name, ids in found.items() if len(ids) > 1 and name in free)

    def _missed(self, visit: Visit, placement: Placement, start: int, end: int) -> int:
        given = {segment.doctor for segment in placement.segments if segment.doctor_time}
        other = visit.preferred_doctor is not None and bool(given - {visit.preferred_doctor})
        return (not self.wish_met(visit, placement.date, start, end)) + other

    def _off_template(self, visit: Visit, placement: Placement) -> int:
        cells = self.openings.cells(placement.date, self.openings.class_of(visit))
        if cells is None:
            return 0
        lanes = self.openings.occupancy.day_book(placement.date).chairs
        start = to_minutes(placement.start)
        chairs = {segment.stage: segment.chair for segment in placement.segments}
        return sum(
            cells.whose(lanes.row[chair], start + stage.start, start + stage.end) == OTHERS
            for stage in self.openings.occupancy.stages(visit)
            if (chair := chairs[stage.index]) is not None
        )

    def _hour_limits(self, day: date) -> NDArray[np.int64]:
        if day not in self._limits:
            hours = [doctor_limit_minutes(self.problem, day, hour) for hour in range(24)]
            self._limits[day] = np.array(hours, dtype=np.int64)
        return self._limits[day]

    def _chains(self, day: date, demand: NDArray[np.int64]) -> int:
        practice = self.problem.practice
        if practice.doctor_rule.kind is not DoctorRuleKind.EXACT:
            return 0
        if day not in self._present:
            present = np.zeros(MINUTES_PER_DAY, dtype=np.int64)
            for doctor in self.problem.doctors:
                for start, end in present_intervals(practice, doctor, day):
                    present[start:end] += 1
            self._present[day] = present
        grid = practice.grid_minutes
        present = self._present[day][::grid]
        full = (present > 0) & (demand[::grid] >= present)
        steps = -(-(self.problem.policy.chain_minutes + grid) // grid)
        counts = np.concatenate([[0], np.cumsum(full)])
        return int((counts[steps:] - counts[:-steps] == steps).sum())
