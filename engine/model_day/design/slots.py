"""Slots: places of a model day that are planned for one visit of a procedure each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from engine.model_day.design.type_facts import TypeFacts
from engine.model_day.goals import Band
from engine.practice import WEEKDAYS, Binds, ChairKind, Practice, Procedure, Purpose, Supervision
from engine.practice.pattern import StageTime, pattern_of
from engine.units import Interval, covers, to_minutes


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a visit of `procedure`, or for whatever of its class is no longer.

    `hold`: kept for what nobody knows before the day.
    """

    procedure: Procedure
    stages: tuple[StageTime, ...]
    hold: bool = False

    @property
    def name(self) -> str:
        """The procedure it is planned for."""
        return self.procedure.code + (" hold" if self.hold else "")

    @property
    def procedure_class(self) -> str:
        """Class of its cell."""
        return self.procedure.procedure_class

    @property
    def purpose(self) -> Purpose:
        """What the visit is for."""
        return self.procedure.purpose

    @property
    def minutes(self) -> int:
        """From seating to leaving."""
        return self.stages[-1].end

    @property
    def busy_minutes(self) -> int:
        """With the last turnover."""
        return max(stage.busy_until for stage in self.stages)

    @property
    def doctor_minutes(self) -> int:
        """Doctor time in it."""
        return sum(piece.minutes for stage in self.stages for piece in stage.doctor)

    def busy_in(self, kind: ChairKind) -> int:
        """Minutes in chairs of a kind, turnover included."""
        return sum(s.busy_until - s.start for s in self.stages if s.chair_kind is kind)


def slot_of(practice: Practice, procedure: Procedure, hold: bool = False) -> Slot:
    """The slot of a procedure at its catalogue length."""
    return Slot(procedure, pattern_of(procedure, None, practice.grid_minutes), hold)


def families(slots: Iterable[Slot]) -> list[list[Slot]]:
    """Slots of one class and the same rooms, longest first: a longer one can hold a shorter one.

    Of procedures with the same pattern, skills and times only the first stays.
    """
    found: dict[tuple[object, ...], dict[tuple[object, ...], Slot]] = defaultdict(dict)
    for slot in slots:
        rooms = tuple(stage.chair_kind for stage in slot.stages)
        found[slot.procedure_class, rooms, slot.hold].setdefault(pattern_key(slot), slot)
    return [
        sorted(family.values(), key=lambda slot: (-slot.minutes, -slot.doctor_minutes))
        for family in found.values()
    ]


def pattern_key(slot: Slot) -> tuple[object, ...]:
    """What makes two slots of a class the same."""
    return slot.stages, slot.procedure.allowed_times, slot.procedure.supervision


def possible_starts(facts: TypeFacts, slot: Slot, bands: Iterable[Band]) -> list[int]:
    """Start minutes on the practice's marks at which hours, times of day and supervision allow it.

    Rooms and people are not looked at.
    """
    marks = facts.practice.start_mark_minutes
    own = [
        (to_minutes(band.start), to_minutes(band.end))
        for band in bands
        if band.procedure_class == slot.procedure_class
    ]
    found = []
    for first, last in facts.open:
        for start in range(-(-first // marks) * marks, last - slot.minutes + 1, marks):
            visit = (start, start + slot.minutes)
            if own and not covers(own, visit):
                continue
            if slot.procedure.supervision is Supervision.DIRECT and not covers(
                facts.supervised, visit
            ):
                continue
            if all(_allowed(slot.procedure, visit, day.weekday()) for day in facts.dates):
                found.append(start)
    return found


def _allowed(procedure: Procedure, visit: Interval, weekday: int) -> bool:
    if not procedure.allowed_times:
        return True
    for allowed in procedure.allowed_times:
        if allowed.weekdays and WEEKDAYS[weekday] not in allowed.weekdays:
            continue
        first, last = to_minutes(allowed.start), to_minutes(allowed.end)
        if allowed.binds is Binds.START:
            fits = first <= visit[0] < last
        elif allowed.binds is Binds.END:
            fits = first < visit[1] <= last
        else:
            fits = first <= visit[0] and visit[1] <= last
        if fits:
            return True
    return False
