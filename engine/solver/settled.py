"""Dates and families on which the book is plainly served: nothing there is left to a solver.

Uses are dealt out one by one, those with the fewest classes first. Where all of them find room
nobody lacks anything, and no solution is better. Where one does not, nothing is said.
"""

from dataclasses import dataclass

import numpy as np

from engine.practice import DoctorRuleKind, Role
from engine.solver.arrays import Ints, Mask
from engine.solver.day_facts import DayFacts, ResourceClass
from engine.solver.model import Model, Start, UseKey

ROUNDS = 20
"""Rounds for the doctors of a date before a solver is asked."""

LAST_MINUTE = 2880
"""After every use: a visit may end, and its turnover with it, past midnight."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Values of the settled columns, and a mask of those still open."""

    values: Ints
    open: Mask


class _Loads:
    """Members in use by class and minute."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._load: dict[tuple[str, int, int], Ints] = {}
        self._size: dict[tuple[str, int], dict[int, int]] = {}

    def take(self, key: UseKey, values: Ints) -> int:
        """Give the use to a class that has room and count it; -1 where none has."""
        place = (key.family, key.day)
        if place not in self._size:
            classes = _classes(self._model.days[key.day], key.family)
            self._size[place] = {group.id: len(group.members) for group in classes}
        for class_id, _ in key.allowed:
            load = self._load.setdefault((*place, class_id), np.zeros(LAST_MINUTE, np.int64))
            during = load[key.start : key.end]
            if during.max() < self._size[place][class_id]:
                during += 1
                values[self._model.uses[key].shares[class_id]] += 1
                return class_id
        return -1

    def give_back(self, key: UseKey, class_id: int, values: Ints) -> None:
        """Undo a use that was taken."""
        self._load[(key.family, key.day, class_id)][key.start : key.end] -= 1
        values[self._model.uses[key].shares[class_id]] -= 1


def settle(model: Model) -> Settled:
    """Deal out the uses of a model of the book alone."""
    values = model.program.lower.copy()
    loads = _Loads(model)
    unsettled: set[tuple[str, int]] = set()
    stages = [(key, len(use.owners)) for key, use in model.uses.items() if key.family != "doctor"]
    for key, count in sorted(stages, key=lambda entry: (len(entry[0].allowed), entry[0].start)):
        if any(loads.take(key, values) < 0 for _ in range(count)):
            unsettled.add((key.family, key.day))
    for day in range(len(model.days)):
        here = [starts for starts in model.kept_starts.values() if starts[0].day == day]
        if not _settle_doctors(model, here, values):
            unsettled.add(("doctor", day))
    return Settled(values, _open_columns(model, unsettled))


def _settle_doctors(model: Model, booked: list[list[Start]], values: Ints) -> bool:
    """Find a doctor and moments for all bookings of a date; False where that does not succeed.

    Who found nobody comes first in the next round ('squeaky wheel': D. Joslin and D. Clements,
    Journal of Artificial Intelligence Research 10, 1999).
    """
    if model.problem.practice.doctor_rule.kind is DoctorRuleKind.UNITS_PER_SLOT:
        return not any(starts[0].doctor_uses for starts in booked)  # slots are shared by minutes
    order = sorted(booked, key=lambda starts: (_ways(starts), starts[0].minute))
    before = values.copy()
    for _ in range(ROUNDS):
        values[:] = before
        loads = _Loads(model)
        found = [any(_serve(loads, start, values) for start in starts) for starts in order]
        if all(found):
            return True
        squeaking = [starts for starts, served in zip(order, found, strict=True) if not served]
        order = squeaking + [s for s, served in zip(order, found, strict=True) if served]
    return False


def _ways(starts: list[Start]) -> int:
    return min([len(key.allowed) for start in starts for _, key in start.doctor_uses], default=0)


def _serve(loads: _Loads, start: Start, values: Ints) -> bool:
    """Let the doctor come at these moments, if there is one for each."""
    taken: list[tuple[UseKey, int]] = []
    for _, key in start.doctor_uses:
        class_id = loads.take(key, values)
        if class_id < 0:
            for earlier, of_class in taken:
                loads.give_back(earlier, of_class, values)
            return False
        taken.append((key, class_id))
    values[start.column] = 1
    return True


def _open_columns(model: Model, unsettled: set[tuple[str, int]]) -> Mask:
    mask = np.zeros(model.program.size, dtype=np.bool_)
    for key, use in model.uses.items():
        if (key.family, key.day) in unsettled:
            mask[[*use.shares.values(), use.slack]] = True
    for starts in model.kept_starts.values():
        if len(starts) > 1 and ("doctor", starts[0].day) in unsettled:
            mask[[start.column for start in starts]] = True
    return mask


def _classes(facts: DayFacts, family: str) -> tuple[ResourceClass, ...]:
    name, _, which = family.partition(":")
    if name == "doctor":
        return facts.doctors
    if name == "staff":
        return facts.staff[Role(which)]
    return next(classes for kind, classes in facts.chairs.items() if kind == which)
