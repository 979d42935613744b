"""One date of the book: who holds which chair, which people are busy, what has been given."""

from collections import Counter, defaultdict
from datetime import date

import numpy as np
from numpy.typing import NDArray

from engine.filling.doctor_lanes import DoctorLanes
from engine.filling.head_count import Need, withhold_scarce
from engine.filling.held_stages import held_stages
from engine.filling.lanes import Lanes
from engine.filling.needs import doctor_needs, staff_needs
from engine.practice import Problem, Visit
from engine.practice.calendar import present_intervals, usable_intervals
from engine.schedule import Placement
from engine.units import MINUTES_PER_DAY, Interval, to_minutes


class DayBook:
    """What is held on a date, and what is counted: visits by class, by limit, by patient.

    `sat`: for each chair, who served there from when on, so that an assistant can keep a column.
    """

    def __init__(self, problem: Problem, day: date) -> None:
        practice = problem.practice
        self.problem, self.day = problem, day
        self.chairs = Lanes(
            [chair.id for chair in practice.chairs],
            [usable_intervals(practice, chair, day) for chair in practice.chairs],
        )
        self.staff = Lanes(
            [person.id for person in practice.staff],
            [present_intervals(practice, person, day) for person in practice.staff],
        )
        self.doctors = DoctorLanes(problem, day)
        self.by_class: Counter[str] = Counter()
        self.by_limit: Counter[str] = Counter()
        self.under_way: dict[str, NDArray[np.int16]] = {
            limit.id: np.zeros(MINUTES_PER_DAY, dtype=np.int16) for limit in practice.limits
        }
        self.of_patient: dict[str, list[tuple[str, Interval]]] = defaultdict(list)
        self.sat: dict[str, dict[tuple[str, int], str]] = defaultdict(dict)
        self._staff_needs: dict[str, tuple[Need, ...]] = {}
        self._doctor_needs: dict[str, tuple[Need, ...]] = {}

    def hold(self, placement: Placement, visit: Visit) -> None:
        """Write a placement into the date."""
        self._count(placement, visit, 1)
        self._occupy(placement, visit, 1)
        self.of_patient[visit.patient].append((visit.id, _span(placement)))
        self._staff_needs[visit.id] = tuple(staff_needs(self.problem, placement, visit))
        self._doctor_needs[visit.id] = tuple(doctor_needs(self.problem, placement, visit))
        self._withhold()

    def drop(self, placement: Placement, visit: Visit) -> None:
        """Take a placement out again."""
        self._count(placement, visit, -1)
        self._occupy(placement, visit, -1)
        of_patient = self.of_patient[visit.patient]
        of_patient.remove((visit.id, _span(placement)))
        if not of_patient:
            del self.of_patient[visit.patient]
        del self._staff_needs[visit.id], self._doctor_needs[visit.id]
        self._withhold()

    def _count(self, placement: Placement, visit: Visit, by: int) -> None:
        start, end = _span(placement)
        self.by_class[self.problem.procedures[visit.procedure].procedure_class] += by
        for limit in self.problem.practice.limits:
            if visit.procedure in limit.procedures:
                self.by_limit[limit.id] += by
                self.under_way[limit.id][start:end] += by

    def _occupy(self, placement: Placement, visit: Visit, by: int) -> None:
        for stage in held_stages(self.problem, placement, visit):
            if stage.chair is not None:
                self.chairs.hold(stage.chair, stage.start, stage.busy_until, by)
                if stage.staff is not None and by > 0:
                    self.sat[stage.chair][visit.id, stage.start] = stage.staff
                else:
                    self.sat[stage.chair].pop((visit.id, stage.start), None)
            if stage.staff is not None:
                self.staff.hold(stage.staff, stage.start, stage.busy_until, by)
        for segment in placement.segments:
            if segment.doctor is not None:
                start, end = to_minutes(segment.start), to_minutes(segment.end)
                self.doctors.hold(segment.doctor, start, end, by)

    def _withhold(self) -> None:
        for lanes, by_visit in (
            (self.staff, self._staff_needs),
            (self.doctors.lanes, self._doctor_needs),
        ):
            needs = [need for own in by_visit.values() for need in own]
            if lanes.withheld.any() or any(need.who is None for need in needs):
                withhold_scarce(lanes, needs)


def _span(placement: Placement) -> Interval:
    return to_minutes(placement.start), to_minutes(placement.end)
