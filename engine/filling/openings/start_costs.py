"""What each start costs one visit: its own figures, wishes, other classes' cells, and prices.

The reduced cost of a start: the visit's own cost and the prices of what it would hold, each stage
in the cheapest chair and with the cheapest person that is free for it, each piece of doctor time at
its cheapest moment. Without prices the first part alone. Whole millipoints.
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from engine.filling.doctor_lanes import floats_of
from engine.filling.lanes import Mask, Minutes
from engine.filling.occupancy import Occupancy
from engine.filling.openings.asked import Asked, Served
from engine.filling.openings.clock_axis import ClockAxis
from engine.filling.openings.patient_starts import PatientStarts
from engine.filling.openings.served_starts import ServedStarts
from engine.filling.openings.start_prices import StartPrices, Sums
from engine.practice import ChairKind, Role, Visit
from engine.practice.pattern import DoctorTime, StageTime
from engine.risk.visit_costs import PersonalCosts
from engine.yardsticks import prices_of

NEVER = 1 << 58


@dataclass(frozen=True, slots=True)
class Costs:
    """By start, (k,): all in all; the visit's own part; free minutes left beside it in chairs."""

    total: Minutes
    own: Minutes
    gap: Minutes


class StartCosts:
    """Costs of starts that are known to be possible."""

    def __init__(
        self,
        axis: ClockAxis,
        occupancy: Occupancy,
        patients: PatientStarts,
        served: ServedStarts,
    ) -> None:
        self._axis, self._occupancy = axis, occupancy
        self._patients, self._served = patients, served
        self.prices = StartPrices(axis, occupancy.problem, {})
        """None at first; they may change from one question to the next."""
        self._personal = PersonalCosts(occupancy.problem, occupancy.horizon)
        self._of = prices_of(occupancy.problem)

    def no_show(self, visit: Visit, day: dt.date, hour: int) -> float:
        """Chance that the visit is missed there."""
        self._personal.admit(visit)
        return self._personal.no_show(visit.id, day, hour)

    def forget(self, visit: Visit) -> None:
        """Let go of what was worked out for a visit: a book is asked by many callers."""
        self._personal.forget(visit.id)

    def of(self, visit: Visit, served: Served) -> Costs:
        """The costs of every start."""
        asked = served.asked
        own = self._own(visit, asked)
        if visit.wishes:
            wished = self._patients.in_windows(visit.wishes, asked)
            own += np.where(wished, 0, self._of["preferences_missed"])
        total, gap = own.copy(), np.zeros(len(asked), dtype=np.int64)
        for stage in asked.kind.stages:
            if stage.chair_kind is not None:
                usable = served.chairs[stage.index]
                gap += self._served.gaps(asked, stage, usable)
                total += self._chair_cost(asked, visit, stage, usable)
            if stage.role is not None and self.prices.any:
                total += self._staff_cost(asked, stage)
        times = [time for stage in asked.kind.stages for time in stage.doctor]
        if times and (self.prices.any or visit.preferred_doctor is not None):
            total += self._doctor_cost(asked, visit, times)
        if self.prices.any:
            clinic = sum(s.end - s.start for s in asked.kind.stages if _in_clinic(s))
            total += self.prices.of_date(visit.procedure, clinic)[asked.day]
            ends = self._axis.at(asked.day, asked.minute + asked.kind.length)
            total += self.prices.under_way(visit.procedure, asked.at, ends)
        return Costs(total, own, gap)

    def _own(self, visit: Visit, asked: Asked) -> Minutes:
        """Personal figures by date, and by clock hour where they depend on it."""
        self._personal.admit(visit)
        by_hour = self._personal.hours_matter
        keys = asked.day * 24 + (asked.minute // 60 if by_hour else 0)
        changes = np.flatnonzero(np.diff(keys, prepend=-1))
        costs = [self._personal_cost(visit, *divmod(key, 24)) for key in keys[changes].tolist()]
        lengths = np.diff(np.append(changes, len(keys)))
        return np.repeat(np.array(costs, dtype=np.int64), lengths)

    def _personal_cost(self, visit: Visit, number: int, hour: int) -> int:
        quanta = self._personal.at(visit.id, self._axis.dates[number], hour)
        return sum(self._of[kpi] * value for kpi, value in quanta.items())

    def _chair_cost(self, asked: Asked, visit: Visit, stage: StageTime, usable: Mask) -> Minutes:
        off = self._served.off_template(asked, visit, stage)
        price = self._of["off_template"]
        if not self.prices.any:
            on = (usable & ~off).any(axis=1)
            return np.where(on, 0, price).astype(np.int64)
        cost = self._held(stage.chair_kind, asked, stage)
        cost += off * np.int64(price)
        return _cheapest(cost, usable)

    def _staff_cost(self, asked: Asked, stage: StageTime) -> Minutes:
        return _cheapest(self._held(stage.role, asked, stage), self._served.staff(asked, stage))

    def _held(self, group: ChairKind | Role | None, asked: Asked, stage: StageTime) -> Sums:
        """(starts, members): prices of holding a member until the turnover is done."""
        if group is None:
            raise ValueError("nobody is held")
        sums = self.prices.members[group]
        begin = asked.at + stage.start // self._axis.step
        until = self._axis.at(asked.day, asked.minute + stage.busy_until)
        cost: Sums = sums.take(until, axis=0)
        cost -= sums.take(begin, axis=0)
        return cost

    def _doctor_cost(self, asked: Asked, visit: Visit, times: list[DoctorTime]) -> Minutes:
        cost = self._cheapest_moments(asked, times)
        doctors = self._occupancy.problem.doctors
        if visit.required_doctor is not None:
            cost = cost[:, [doctor.id == visit.required_doctor for doctor in doctors]]
        wished = [doctor.id == visit.preferred_doctor for doctor in doctors]
        if visit.preferred_doctor is not None:
            cost = cost + np.where(wished, 0, self._of["preferences_missed"])
        least: Minutes = cost.min(axis=1)
        return least

    def _cheapest_moments(self, asked: Asked, times: list[DoctorTime]) -> Sums:
        """(starts, doctors): the doctor time at its cheapest floats, NEVER where it cannot be."""
        practice = self._occupancy.problem.practice
        doctors = len(self._occupancy.problem.doctors)
        best = np.full((len(asked), doctors), NEVER, dtype=np.int64)
        for floats in floats_of(times, practice.grid_minutes):
            fits = self._served.all_moments(asked, times, floats)
            cost = np.zeros((len(asked), doctors), dtype=np.int64)
            if self.prices.any:
                for time, later in zip(times, floats, strict=True):
                    begin = asked.at + (time.offset + later) // self._axis.step
                    end = begin + time.minutes // self._axis.step
                    sums = self.prices.doctors
                    cost += sums.take(end, axis=0) - sums.take(begin, axis=0)
            best = np.minimum(best, np.where(fits, cost, NEVER))
        return best


def _cheapest(cost: Sums, usable: Mask) -> Minutes:
    """The least cost of each start over its usable members; `cost` is used up."""
    cost += ~usable * np.int64(NEVER)  # faster than a choice by mask
    least: Minutes = cost.min(axis=1)
    return least


def _in_clinic(stage: StageTime) -> bool:
    return stage.chair_kind is ChairKind.CLINIC
