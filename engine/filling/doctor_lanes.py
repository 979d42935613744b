"""Doctor time of a date: one patient at a time, or so many minutes in a slot."""

from collections.abc import Sequence
from datetime import date
from itertools import product

import numpy as np

from engine.filling.lanes import Lanes, Mask, Minutes
from engine.practice import DoctorRuleKind, Problem
from engine.practice.calendar import present_intervals
from engine.practice.pattern import DoctorTime
from engine.units import MINUTES_PER_DAY, overlap_minutes


class DoctorLanes:
    """Who of the doctors can give which doctor time when, by the practice's doctor rule."""

    def __init__(self, problem: Problem, day: date) -> None:
        practice = problem.practice
        self.grid = practice.grid_minutes
        self.rule = practice.doctor_rule
        self.exact = self.rule.kind is DoctorRuleKind.EXACT
        present = [present_intervals(practice, doctor, day) for doctor in problem.doctors]
        self.lanes = Lanes([doctor.id for doctor in problem.doctors], present)
        slots = -(-MINUTES_PER_DAY // self.rule.slot_minutes)
        capacity = self.rule.units * self.rule.unit_minutes
        self.slot_left: Minutes = np.full((len(present), slots), capacity, dtype=np.int64)

    def hold(self, doctor: str, start: int, end: int, by: int = 1) -> None:
        """Count doctor time [start, end) in (`by` = 1) or out (-1)."""
        if self.exact:
            self.lanes.hold(doctor, start, end, by)
            return
        slot = self.rule.slot_minutes
        for index in range(start // slot, -(-end // slot)):
            used = overlap_minutes((start, end), (index * slot, index * slot + slot))
            self.slot_left[self.lanes.row[doctor], index] -= by * used

    def choices(self, row: int, times: Sequence[DoctorTime], starts: Minutes) -> Minutes:
        """For each visit start, which of `floats_of(times)` is the earliest possible; -1: none."""
        best: Minutes = np.full(len(starts), -1, dtype=np.int64)
        alone = [
            {
                float_minutes: self._fits(row, starts + time.offset + float_minutes, time.minutes)
                for float_minutes in _steps(time, self.grid)
            }
            for time in times
        ]
        for index, floats in enumerate(floats_of(times, self.grid)):
            open_ones = best < 0
            if not open_ones.any():
                break
            fits = open_ones
            for masks, float_minutes in zip(alone, floats, strict=True):
                fits = fits & masks[float_minutes]
            if len(times) > 1 and not self.exact and fits.any():
                fits = fits & self._fits_together(row, times, floats, starts)
            best[fits] = index
        return best

    def _fits(self, row: int, begins: Minutes, minutes: int) -> Mask:
        rows = np.array([row])
        fits: Mask = self.lanes.fits(rows, begins, minutes)[0]
        if not self.exact:
            fits &= self._within_slots(row, [(begins, minutes)])
        return fits

    def _fits_together(
        self, row: int, times: Sequence[DoctorTime], floats: Sequence[int], starts: Minutes
    ) -> Mask:
        pieces = [
            (starts + time.offset + float_minutes, time.minutes)
            for time, float_minutes in zip(times, floats, strict=True)
        ]
        return self._within_slots(row, pieces)

    def _within_slots(self, row: int, pieces: Sequence[tuple[Minutes, int]]) -> Mask:
        """Minutes of all pieces in each slot they touch are at most what is left there."""
        slot, slots = self.rule.slot_minutes, self.slot_left.shape[1]
        first = np.min([begins for begins, _ in pieces], axis=0) // slot
        last = np.max([(begins + minutes - 1) // slot for begins, minutes in pieces], axis=0)
        within: Mask = np.ones(len(first), dtype=np.bool_)
        for step in range(int((last - first).max(initial=-1)) + 1):
            index = first + step
            low = index * slot
            used = sum(
                np.clip(np.minimum(begins + minutes, low + slot) - np.maximum(begins, low), 0, None)
                for begins, minutes in pieces
            )
            left = self.slot_left[row, np.minimum(index, slots - 1)]
            within &= (used == 0) | (used <= left)
        return within


def _steps(time: DoctorTime, grid: int) -> range:
    return range(0, time.float_minutes + 1, grid)


def floats_of(times: Sequence[DoctorTime], grid: int) -> list[tuple[int, ...]]:
    """Every choice of floats, one per doctor time, the earliest ones first."""
    return list(product(*(_steps(time, grid) for time in times)))
