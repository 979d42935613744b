"""The week as a textbook interval model: an optional interval for each visit and date.

P. Laborie and J. Rogerie, "Reasoning with conditional time-intervals", FLAIRS 2008, 555-560, for
optional intervals and alternatives. Minutes of local clock time; costs in whole millipoints.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.peers.interval_groups import (
    Group,
    chair_groups,
    free_minutes,
    runs,
    staff_groups,
)
from benchmarks.peers.openings import Openings
from benchmarks.peers.running_price import RunningPrice
from engine.filling.cell_map import OTHERS
from engine.filling.lanes import Minutes
from engine.filling.resource_starts import usable_chairs
from engine.practice import Visit
from engine.practice.pattern import DoctorTime, StageTime
from engine.units import MINUTES_PER_DAY

Literal = cp_model.IntVar


@dataclass
class Chosen:
    """One way to serve a stage: its literal and its group."""

    literal: Literal
    group: Group


@dataclass
class Slot:
    """A visit on a date: presence, start, and the alternatives."""

    visit: Visit
    day: date
    stages: tuple[StageTime, ...]
    starts: Minutes
    present: Literal
    start: cp_model.IntVar
    chairs: list[list[Chosen]] = field(default_factory=list)
    staff: list[list[Chosen]] = field(default_factory=list)
    doctors: list[tuple[Literal, int]] = field(default_factory=list)
    doctor_begins: list[cp_model.IntVar | None] = field(default_factory=list)
    """None: at the nominal moment."""

    @property
    def length(self) -> int:
        """Minutes without turnover."""
        return self.stages[-1].end


class IntervalModel:
    """Variables, resources and personal costs; `interval_rules` adds what links visits."""

    def __init__(self, openings: Openings) -> None:
        self.openings, self.problem = openings, openings.problem
        self.price = RunningPrice(openings)
        self.cp = cp_model.CpModel()
        self.constant = 0
        self.literals: list[Literal] = []
        self.costs: list[int] = []
        self.slots: dict[str, dict[date, Slot]] = {}
        self.unplaced: dict[str, Literal] = {}
        self._chair_use: dict[tuple[date, Group], list[cp_model.IntervalVar]] = defaultdict(list)
        self._staff_use: dict[tuple[date, Group], list[cp_model.IntervalVar]] = defaultdict(list)
        self._doctor_use: dict[tuple[date, int], list[cp_model.IntervalVar]] = defaultdict(list)
        self._chair_groups = {day: chair_groups(openings, day) for day in openings.dates}
        self._staff_groups = {day: staff_groups(openings, day) for day in openings.dates}
        for placement in openings.kept:
            self.constant += self.price.piece(placement).price
        for visit in openings.visits:
            self._add_visit(visit)
        self._add_resources()

    def cost(self, literal: Literal, millipoints: int) -> None:
        """Adds a cost that a literal brings."""
        if millipoints:
            self.literals.append(literal)
            self.costs.append(millipoints)

    def minimize(self) -> None:
        """Writes the objective, once everything is there."""
        self.cp.minimize(cp_model.LinearExpr.weighted_sum(self.literals, self.costs))

    def _add_visit(self, visit: Visit) -> None:
        without = self.price.without(visit)
        prices = {
            day: self._prices(visit, day, starts)
            for day in self.openings.dates
            if len(starts := self.openings.starts(visit, day))
        }
        least = min([without, *(price for own in prices.values() for price in own)])
        self.constant += least
        slots = {day: self._add_slot(visit, day, own, least) for day, own in prices.items()}
        self.slots[visit.id] = slots
        unplaced = self.unplaced[visit.id] = self.cp.new_bool_var("")
        self.cp.add_exactly_one([unplaced, *(slot.present for slot in slots.values())])
        self.cost(unplaced, without - least)

    def _prices(self, visit: Visit, day: date, starts: Minutes) -> dict[int, list[int]]:
        """Starts by what they cost: personal costs by hour, and wished times."""
        by_price: dict[int, list[int]] = defaultdict(list)
        length = self.openings.occupancy.stages(visit)[-1].end
        by_hour = {
            hour: self.price.personal(visit, day, hour) for hour in {*(starts // 60).tolist()}
        }
        for start in starts.tolist():
            met = self.price.wish_met(visit, day, start, start + length)
            price = by_hour[start // 60] + (not met) * self.price.of["preferences_missed"]
            by_price[price].append(start)
        return by_price

    def _add_slot(self, visit: Visit, day: date, prices: dict[int, list[int]], least: int) -> Slot:
        starts = np.array(sorted(start for own in prices.values() for start in own))
        present = self.cp.new_bool_var("")
        start = self.cp.new_int_var_from_domain(cp_model.Domain.from_values(starts.tolist()), "")
        slot = Slot(visit, day, self.openings.occupancy.stages(visit), starts, present, start)
        for stage in slot.stages:
            slot.chairs.append(self._add_chairs(slot, stage))
            slot.staff.append(self._add_staff(slot, stage))
        self._add_doctors(slot)
        self._add_costs(slot, prices, least)
        return slot

    def _add_chairs(self, slot: Slot, stage: StageTime) -> list[Chosen]:
        if stage.chair_kind is None:
            return []
        kind = self.openings.class_of(slot.visit)
        occupancy = self.openings.occupancy
        rows = occupancy.staffing.chair_rows(stage.chair_kind, kind)
        cells, book = self.openings.cells(slot.day, kind), occupancy.day_book(slot.day)
        usable = usable_chairs(book, cells, rows, stage, slot.starts)
        groups = self._chair_groups[slot.day]
        ways = self._ways(slot, [groups[int(row)] for row in rows], rows, usable)
        found = []
        for literal, group, starts in ways:
            self._chair_use[slot.day, group].append(self._interval(slot, stage, literal))
            if cells is not None:
                others = cells.counts[OTHERS, group.row]
                off = starts[others[starts + stage.end] > others[starts + stage.start]]
                dear = off.tolist()
                self._cost_of_starts(slot, literal, starts, dear, self.price.of["off_template"])
            found.append(Chosen(literal, group))
        return found

    def _add_staff(self, slot: Slot, stage: StageTime) -> list[Chosen]:
        if stage.role is None:
            return []
        occupancy = self.openings.occupancy
        rows = occupancy.staffing.staff_rows(stage.role, stage.skill)
        fits = occupancy.day_book(slot.day).staff.fits(
            rows, slot.starts + stage.start, stage.busy_until - stage.start
        )
        groups = self._staff_groups[slot.day]
        found = []
        for literal, group, _ in self._ways(slot, [groups[int(row)] for row in rows], rows, fits):
            self._staff_use[slot.day, group].append(self._interval(slot, stage, literal))
            found.append(Chosen(literal, group))
        return found

    def _ways(
        self, slot: Slot, groups: Sequence[Group], rows: Minutes, fits: np.ndarray
    ) -> list[tuple[Literal, Group, Minutes]]:
        """A literal for each group that can serve at some start, with those starts."""
        ways: list[tuple[Literal, Group, Minutes]] = []
        for group, row, fit in zip(groups, rows.tolist(), fits, strict=True):
            if row == group.row and fit.any():
                ways.append((self.cp.new_bool_var(""), group, slot.starts[fit]))
        if len(ways) == 1:
            ways = [(slot.present, ways[0][1], ways[0][2])]
        else:
            self.cp.add_exactly_one([*(literal for literal, _, _ in ways), ~slot.present])
        for literal, _, starts in ways:
            if len(starts) < len(slot.starts):
                self._restrict(slot, starts.tolist(), [literal])
        return ways

    def _interval(self, slot: Slot, stage: StageTime, literal: Literal) -> cp_model.IntervalVar:
        size = stage.busy_until - stage.start
        return self.cp.new_optional_fixed_size_interval_var(
            slot.start + stage.start, size, literal, ""
        )

    def _restrict(
        self, slot: Slot, starts: list[int], literals: Sequence[cp_model.LiteralT]
    ) -> None:
        domain = cp_model.Domain.from_values(starts)
        self.cp.add_linear_expression_in_domain(slot.start, domain).only_enforce_if(literals)

    def _cost_of_starts(
        self, slot: Slot, literal: Literal, starts: Minutes, dear: list[int], millipoints: int
    ) -> None:
        """Some of the starts cost more than the others, where the literal holds."""
        if len(dear) == len(starts):
            self.cost(literal, millipoints)
        elif dear and millipoints:
            paid = self.cp.new_bool_var("")
            rest = sorted(set(starts.tolist()) - set(dear))
            self._restrict(slot, rest, [literal, ~paid])
            self.cost(paid, millipoints)

    def _add_doctors(self, slot: Slot) -> None:
        times = [time for stage in slot.stages for time in stage.doctor]
        if not times:
            return
        visit, grid = slot.visit, self.problem.practice.grid_minutes
        for time in times:
            slot.doctor_begins.append(self._doctor_begin(slot, time, grid))
        rows = self.openings.occupancy.staffing.doctor_rows(visit.required_doctor, None)
        lanes = self.openings.occupancy.day_book(slot.day).doctors.lanes
        rows = [row for row in rows if lanes.available[row].any()]
        literals: list[Literal] = [slot.present]
        if len(rows) != 1:
            literals = [self.cp.new_bool_var("") for _ in rows]
        if len(rows) != 1:
            self.cp.add_exactly_one([*literals, ~slot.present])
        for literal, row in zip(literals, rows, strict=True):
            slot.doctors.append((literal, row))
            if visit.preferred_doctor not in (None, lanes.ids[row]):
                self.cost(literal, self.price.of["preferences_missed"])
            for time, late in zip(times, slot.doctor_begins, strict=True):
                begin = slot.start + time.offset if late is None else late
                self._doctor_use[slot.day, row].append(
                    self.cp.new_optional_fixed_size_interval_var(begin, time.minutes, literal, "")
                )

    def _doctor_begin(self, slot: Slot, time: DoctorTime, grid: int) -> cp_model.IntVar | None:
        """When the doctor comes in, if it can be later than nominal: by a step of the float."""
        if time.float_minutes < grid:
            return None
        steps = [time.offset + late for late in range(0, time.float_minutes + 1, grid)]
        begin = self.cp.new_int_var(0, MINUTES_PER_DAY, "")
        self.cp.add_linear_expression_in_domain(
            begin - slot.start, cp_model.Domain.from_values(steps)
        ).only_enforce_if(slot.present)
        return begin

    def _add_costs(self, slot: Slot, prices: dict[int, list[int]], least: int) -> None:
        """What the start costs above the visit's cheapest one."""
        cheapest = min(prices)
        self.cost(slot.present, cheapest - least)
        literals = []
        for price, own in prices.items() if len(prices) > 1 else ():
            literal = self.cp.new_bool_var("")
            self._restrict(slot, own, [literal])
            self.cost(literal, price - cheapest)
            literals.append(literal)
        if literals:
            self.cp.add_exactly_one([*literals, ~slot.present])

    def _add_resources(self) -> None:
        for use in (self._chair_use, self._staff_use):
            for (_, group), intervals in use.items():
                if len(group.rows) == 1:
                    self.cp.add_no_overlap(intervals)
                else:
                    self.cp.add_cumulative(intervals, [1] * len(intervals), len(group.rows))
        for (day, row), intervals in self._doctor_use.items():
            lanes = self.openings.occupancy.day_book(day).doctors.lanes
            away = [
                self.cp.new_fixed_size_interval_var(start, end - start, "")
                for start, end in runs(~free_minutes(lanes, row))
            ]
            self.cp.add_no_overlap([*away, *intervals])
