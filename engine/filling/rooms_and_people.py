"""Which chairs and people can serve a stage at all, as rows of the lanes."""

from functools import lru_cache

import numpy as np

from engine.filling.lanes import Minutes
from engine.practice import ChairKind, Problem, Role


class RoomsAndPeople:
    """Rows by chair kind and class, and by role and skill, in the order of the practice file."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.chair_rows = lru_cache(maxsize=None)(self._chair_rows)
        self.staff_rows = lru_cache(maxsize=None)(self._staff_rows)
        self.overflow = np.array([chair.overflow for chair in problem.practice.chairs])
        self.skills = np.array([len(person.skills) for person in problem.practice.staff])

    def _chair_rows(self, kind: ChairKind, procedure_class: str) -> Minutes:
        practice = self.problem.practice
        overflow_too = procedure_class in practice.overflow_classes
        return np.array(
            [
                row
                for row, chair in enumerate(practice.chairs)
                if chair.kind is kind and (overflow_too or not chair.overflow)
            ],
            dtype=np.int64,
        )

    def _staff_rows(self, role: Role, skill: str | None) -> Minutes:
        return np.array(
            [
                row
                for row, person in enumerate(self.problem.practice.staff)
                if person.role is role and (skill is None or skill in person.skills)
            ],
            dtype=np.int64,
        )

    def doctor_rows(self, required: str | None, preferred: str | None) -> list[int]:
        """Doctors who may give the doctor time, the preferred one first."""
        ids = [doctor.id for doctor in self.problem.doctors]
        if required is not None:
            return [row for row, name in enumerate(ids) if name == required]
        return sorted(range(len(ids)), key=lambda row: ids[row] != preferred)
