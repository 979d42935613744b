"""Who can serve an interval: asked for every start, answered once for all that are alike.

Between two borders (a shift, a block or a cell begins or ends) the answer never changes. So two
intervals whose ends lie between the same borders have the same answer.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from engine.practice import ChairKind, Role
from engine.practice.pattern import StageTime
from engine.solver.constraints import chair_once, doctor_once, staff_once
from engine.solver.day_facts import ResourceClass
from engine.solver.kinds import Kind
from engine.solver.model import Model
from engine.units import to_minutes

Allowed = tuple[tuple[int, int], ...]
"""Classes that can serve, with their prices."""


class Serving:
    """Answers of `chair_once`, `staff_once` and `doctor_once` for one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._known: dict[tuple[object, ...], Allowed] = {}
        self._borders: dict[tuple[int, ChairKind | Role], list[int]] = {}

    def chairs(self, day: int, kind: Kind, minute: int, stage: StageTime) -> Allowed:
        """Chair classes for a stage that has a chair kind."""
        assert stage.chair_kind is not None
        borders = self._borders_of(day, stage.chair_kind)
        key = (
            day,
            stage.chair_kind,
            kind.procedure.procedure_class,
            bisect_right(borders, minute + stage.start),
            bisect_left(borders, minute + stage.end),
            bisect_left(borders, minute + stage.busy_until),
        )
        if key not in self._known:
            self._known[key] = chair_once.options(self._model, day, kind, minute, stage)
        return self._known[key]

    def people(self, day: int, minute: int, stage: StageTime) -> Allowed:
        """Classes of people for a stage that has a role."""
        assert stage.role is not None
        borders = self._borders_of(day, stage.role)
        begin, until = minute + stage.start, minute + stage.busy_until
        places = (bisect_right(borders, begin), bisect_left(borders, until))
        key = (day, stage.role, stage.skill, *places)
        if key not in self._known:
            self._known[key] = staff_once.options(self._model, day, minute, stage)
        return self._known[key]

    def doctors(self, day: int, start: int, end: int, doctor: str | None) -> Allowed:
        """Classes of doctors for doctor time, or the class of one of them."""
        borders = self._borders_of(day, Role.DOCTOR)
        key = (day, Role.DOCTOR, doctor, bisect_right(borders, start), bisect_left(borders, end))
        if key not in self._known:
            self._known[key] = doctor_once.options(self._model, day, start, end, doctor)
        return self._known[key]

    def _borders_of(self, day: int, what: ChairKind | Role) -> list[int]:
        key = (day, what)
        if key not in self._borders:
            facts = self._model.days[day]
            classes: Iterable[ResourceClass]
            if isinstance(what, ChairKind):
                classes = facts.chairs.get(what, ())
            else:
                classes = facts.doctors if what is Role.DOCTOR else facts.staff[what]
            borders: set[int] = set()
            for group in classes:
                borders.update(minute for window in group.windows for minute in window)
                borders.update(to_minutes(cell.start) for cell in group.cells)
                borders.update(to_minutes(cell.end) for cell in group.cells)
            self._borders[key] = sorted(borders)
        return self._borders[key]
