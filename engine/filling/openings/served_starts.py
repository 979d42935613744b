"""Starts at which every stage finds a chair and a person, and the visit a doctor."""

from collections.abc import Sequence

import numpy as np

from engine.filling.doctor_lanes import floats_of
from engine.filling.lanes import Mask, Minutes
from engine.filling.occupancy import Occupancy
from engine.filling.openings.asked import Asked, Served
from engine.filling.openings.class_cells import ClassCells, class_cells
from engine.filling.openings.clock_axis import ClockAxis
from engine.filling.openings.free_time import FreeTime, Until
from engine.practice import ChairKind, DoctorRuleKind, Visit
from engine.practice.pattern import DoctorTime, StageTime


class ServedStarts:
    """Asks who and what is free. Stages are looked at one by one (see `KindStarts.seated_alone`).

    What narrows most is asked first: there are few doctors and many chairs.
    """

    def __init__(self, axis: ClockAxis, occupancy: Occupancy, free: FreeTime) -> None:
        self._axis, self._occupancy, self._free = axis, occupancy, free
        self._cells: dict[tuple[str, ChairKind], ClassCells] = {}
        self._exact = occupancy.problem.practice.doctor_rule.kind is DoctorRuleKind.EXACT
        self._fit: dict[tuple[str, ChairKind], Mask] = {}

    def keep(self, asked: Asked, visit: Visit) -> Served:
        """The starts at which the visit can be served."""
        stages, staffing = asked.kind.stages, self._occupancy.staffing
        if not len(asked):
            return Served(asked, {})
        times = [time for stage in stages for time in stage.doctor]
        if times:
            rows = staffing.doctor_rows(visit.required_doctor, None)
            asked = asked.keep_served(self.doctors(asked, times)[:, rows])
        for stage in stages:
            if stage.role is not None and len(asked):
                asked = asked.keep_served(self.staff(asked, stage))
        served = Served(asked, {})
        for stage in stages:
            if stage.chair_kind is not None:
                usable = self._chairs(served.asked, visit, stage)
                served = served.keep_chairs(stage.index, usable)
        return served

    def _chairs(self, asked: Asked, visit: Visit, stage: StageTime) -> Mask:
        """(starts, chairs of the kind): in cells that take the class, and free."""
        if stage.chair_kind is None:
            raise ValueError("a stage without a chair has no chairs")
        cells = self.cells(visit, stage.chair_kind)
        at, begin = self._moved(asked, stage.start)
        busy, length = stage.busy_until - stage.start, stage.end - stage.start
        there: Mask = self._free.chairs[stage.chair_kind].take(at, axis=0) >= _column(begin + busy)
        there &= cells.until.take(at, axis=0) >= _column(begin + length)
        fit = self._fit[self._occupancy.class_of(visit), stage.chair_kind]
        return there if fit.all() else there & fit

    def off_template(self, asked: Asked, visit: Visit, stage: StageTime) -> Mask:
        """(starts, chairs of the kind): the stage would use up what is kept for other classes."""
        if stage.chair_kind is None:
            raise ValueError("a stage without a chair has no chairs")
        others = self.cells(visit, stage.chair_kind).others
        begin, _ = self._moved(asked, stage.start)
        end, _ = self._moved(asked, stage.end)
        off: Mask = others.take(end, axis=0) > others.take(begin, axis=0)
        return off

    def gaps(self, asked: Asked, stage: StageTime, usable: Mask) -> Minutes:
        """For each start: fewest free minutes left beside the stage in a usable chair."""
        if stage.chair_kind is None:
            raise ValueError("a stage without a chair has no chairs")
        at, _ = self._moved(asked, stage.start)
        runs = self._free.runs[stage.chair_kind].take(at, axis=0)
        # Faster than a choice by mask, whose outcome no processor foresees.
        closed = (~usable).astype(np.int16) * np.iinfo(np.int16).max
        least: Minutes = np.maximum(runs, closed).min(axis=1).astype(np.int64)
        return least - (stage.busy_until - stage.start)

    def staff(self, asked: Asked, stage: StageTime) -> Mask:
        """(starts, people of the role): skilled, and free until the turnover is done."""
        if stage.role is None:
            raise ValueError("a stage without a role has no people")
        at, begin = self._moved(asked, stage.start)
        ends = _column(begin + (stage.busy_until - stage.start))
        there: Mask = self._free.staff[stage.role].take(at, axis=0) >= ends
        if stage.skill is not None:
            skilled = self._occupancy.staffing.staff_rows(stage.role, stage.skill)
            there = there & np.isin(self._free.rows[stage.role], skilled)
        return there

    def doctors(self, asked: Asked, times: Sequence[DoctorTime]) -> Mask:
        """(starts, doctors): can give all of the doctor time, within its floats."""
        grid = self._occupancy.problem.practice.grid_minutes
        if self._exact:
            served: Mask = np.ones((len(asked), self._free.doctors.shape[1]), dtype=np.bool_)
            for time in times:
                floats = range(0, time.float_minutes + 1, grid)
                served &= np.logical_or.reduce([self._moment(asked, time, f) for f in floats])
            return served
        found: Mask = np.zeros((len(asked), self._free.doctors.shape[1]), dtype=np.bool_)
        for floats_each in floats_of(times, grid):
            found |= self.all_moments(asked, times, floats_each)
        return found

    def all_moments(self, asked: Asked, times: Sequence[DoctorTime], floats: Sequence[int]) -> Mask:
        """(starts, doctors): can give all of the doctor time with exactly these floats."""
        pairs = list(zip(times, floats, strict=True))
        fits: Mask = np.logical_and.reduce([self._moment(asked, *pair) for pair in pairs])
        return fits if self._exact else fits & self._within_slots(asked, pairs)

    def _moment(self, asked: Asked, time: DoctorTime, later: int) -> Mask:
        """(starts, doctors): there and with nobody else for one piece of doctor time."""
        at, begin = self._moved(asked, time.offset + later)
        free: Mask = self._free.doctors.take(at, axis=0) >= _column(begin + time.minutes)
        return free

    def _within_slots(self, asked: Asked, pairs: Sequence[tuple[DoctorTime, int]]) -> Mask:
        """By units: minutes enough left in every slot for all pieces together."""
        pieces = [(asked.minute + time.offset + later, time.minutes) for time, later in pairs]
        size = self._occupancy.problem.practice.doctor_rule.slot_minutes
        first = np.min([begins for begins, _ in pieces], axis=0) // size
        last = np.max([(begins + minutes - 1) // size for begins, minutes in pieces], axis=0)
        fits: Mask = np.ones((len(asked), self._free.doctors.shape[1]), dtype=np.bool_)
        for step in range(int((last - first).max(initial=-1)) + 1):
            low = (first + step) * size
            used: Minutes = np.zeros(len(asked), dtype=np.int64)
            for begins, minutes in pieces:
                inside = np.minimum(begins + minutes, low + size) - np.maximum(begins, low)
                used += inside.clip(0)
            slot = np.minimum(first + step, self._free.slot_left.shape[1] - 1)
            left = self._free.slot_left[asked.day, slot]
            fits &= (used == 0).reshape(-1, 1) | (left >= used.reshape(-1, 1))
        return fits

    def _moved(self, asked: Asked, minutes: int) -> tuple[Minutes, Minutes]:
        """Positions and minutes so much after the starts."""
        return asked.at + minutes // self._axis.step, asked.minute + minutes

    def cells(self, visit: Visit, kind: ChairKind) -> ClassCells:
        """What the model days say to the class of a visit, in the columns of a kind."""
        wanted = self._occupancy.class_of(visit)
        if (wanted, kind) not in self._cells:
            rows = self._free.rows[kind]
            self._cells[wanted, kind] = class_cells(
                self._axis, rows, lambda day: self._occupancy.cell_map_on(day, wanted)
            )
            fit = self._occupancy.staffing.chair_rows(kind, wanted)
            self._fit[wanted, kind] = np.isin(rows, fit)
        return self._cells[wanted, kind]


def _column(ends: Minutes) -> Until:
    return ends.astype(np.int16).reshape(-1, 1)
