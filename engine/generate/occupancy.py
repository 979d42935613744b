"""What is taken on one date: chairs, staff, doctors, quotas, limits, as masks of minutes.

Own arithmetic, written apart from the solver and the checker: what is placed here is a known-good
schedule by which both are judged.
"""

import datetime as dt
from collections import Counter

from engine.generate.doctor_day import DoctorDay
from engine.generate.masks import any_of, run_starts, span, union
from engine.practice import Chair, Problem, Procedure, Role
from engine.practice.calendar import (
    in_office_intervals,
    model_day_on,
    open_intervals,
    present_intervals,
    usable_intervals,
)
from engine.practice.pattern import StageTime
from engine.practice.release import acceptance
from engine.units import to_minutes

_WHOLE_DAY = span(0, 1440)


class DayOccupancy:
    """One date of a practice, empty at first."""

    def __init__(self, problem: Problem, day: dt.date) -> None:
        self.problem, self.day = problem, day
        practice = problem.practice
        self.open = [union([interval]) for interval in open_intervals(practice, day)]
        self.ever_open = any_of(self.open)
        self.marks = sum(1 << minute for minute in range(0, 1440, practice.start_mark_minutes))
        self.chair_free = {
            chair.id: union(usable_intervals(practice, chair, day)) for chair in practice.chairs
        }
        self.staff_free = {
            person.id: union(present_intervals(practice, person, day))
            for person in practice.staff
            if person.role is not Role.DOCTOR
        }
        self.doctors = {
            doctor.id: DoctorDay(
                union(present_intervals(practice, doctor, day)),
                practice.doctor_rule,
                practice.grid_minutes,
            )
            for doctor in problem.doctors
        }
        self.supervised = union(
            interval
            for doctor in problem.doctors
            for interval in in_office_intervals(practice, doctor, day)
        )
        self.at_most = {
            quota.procedure_class: quota.at_most
            for quota in getattr(model_day_on(practice, day), "quotas", ())
            if quota.at_most is not None
        }
        self.of_class: Counter[str] = Counter()
        self.of_limit: Counter[str] = Counter()
        self.under_way = {limit.id: [0] * 1440 for limit in practice.limits}
        self._accepting: dict[str, dict[str, int]] = {}
        self._own: dict[str, dict[str, int]] = {}

    def accepting(self, procedure_class: str) -> dict[str, int]:
        """By chair, the minutes that the model day keeps for this class now, or for nobody."""
        if procedure_class not in self._accepting:
            problem = self.problem
            celled = dict.fromkeys(self.chair_free, 0)
            taking = dict.fromkeys(self.chair_free, 0)
            for cell in getattr(model_day_on(problem.practice, self.day), "cells", ()):
                minutes = span(to_minutes(cell.start), to_minutes(cell.end))
                way = acceptance(cell, procedure_class, self.day, problem.as_of, problem.policy)
                for column in cell.columns:
                    celled[column] |= minutes
                    taking[column] |= minutes if way else 0
            self._accepting[procedure_class] = {
                chair: taking[chair] | (_WHOLE_DAY & ~celled[chair]) for chair in celled
            }
        return self._accepting[procedure_class]

    def own_cells(self, procedure_class: str) -> dict[str, int]:
        """By chair, the minutes in cells of this very class."""
        if procedure_class not in self._own:
            own = dict.fromkeys(self.chair_free, 0)
            for cell in getattr(model_day_on(self.problem.practice, self.day), "cells", ()):
                if cell.procedure_class == procedure_class:
                    for column in cell.columns:
                        own[column] |= span(to_minutes(cell.start), to_minutes(cell.end))
            self._own[procedure_class] = own
        return self._own[procedure_class]

    def justified(self, procedure_class: str, chair: str) -> int:
        """Minutes at which the chair's time for this class begins: no short gap is left before."""
        own = self.own_cells(procedure_class)[chair]
        usable = self.chair_free[chair] & self.accepting(procedure_class)[chair] & self.ever_open
        return (own & ~(own << 1)) | (usable & ~(usable << 1))

    def chair_starts(self, stage: StageTime, procedure: Procedure, chair: Chair) -> int:
        """Visit starts for which this chair can hold the stage and its turnover."""
        if chair.kind is not stage.chair_kind:
            return 0
        overflow = self.problem.practice.overflow_classes
        if chair.overflow and procedure.procedure_class not in overflow:
            return 0
        free = self.chair_free[chair.id]
        seated = free & self.accepting(procedure.procedure_class)[chair.id]
        return (
            run_starts(seated, stage.end - stage.start)
            & run_starts(free, stage.busy_until - stage.start)
        ) >> stage.start

    def staff_starts(self, stage: StageTime, person: str) -> int:
        """Visit starts for which this person can serve the stage and its turnover."""
        member = self.problem.staff[person]
        if member.role is not stage.role or (stage.skill and stage.skill not in member.skills):
            return 0
        return run_starts(self.staff_free[person], stage.busy_until - stage.start) >> stage.start

    def doctor_starts(self, stages: tuple[StageTime, ...], doctor: str) -> int:
        """Visit starts for which this doctor can give all of the doctor time, within its floats."""
        grid = self.problem.practice.grid_minutes
        possible = _WHOLE_DAY
        for stage in stages:
            for piece in stage.doctor:
                begins = self.doctors[doctor].starts(piece.minutes)
                late = range(0, piece.float_minutes + 1, grid)
                possible &= any_of(begins >> (piece.offset + later) for later in late)
        return possible

    def book(self, procedure: Procedure, start: int, end: int, by: int) -> None:
        """Count the visit (by = 1), or take it out of the count again (by = -1)."""
        self.of_class[procedure.procedure_class] += by
        for limit in self.problem.practice.limits:
            if procedure.code in limit.procedures:
                self.of_limit[limit.id] += by
                busy = self.under_way[limit.id]
                for minute in range(start, end):
                    busy[minute] += by

    def doctor_minutes_left(self) -> int:
        """Doctor minutes of the date not yet given away."""
        return sum(doctor.minutes_left() for doctor in self.doctors.values())
