"""What a day type has, window by window, and what each slot takes of it: plain arithmetic.

A window is the reach of slots that may not be given at any hour (bonds in the morning, say). What
all slots inside a window take together cannot exceed what there is inside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.model_day.design.slots import Slot, possible_starts
from engine.model_day.design.type_facts import TypeFacts
from engine.model_day.goals import Band, Goals
from engine.practice import ChairKind
from engine.units import Interval, clock_text, overlap_minutes


@dataclass(frozen=True, slots=True)
class Resource:
    """Minutes of something in a window of one day, and the minutes each slot takes of it."""

    kind: str
    """doctor, chairs or people."""
    label: str
    one: str
    """One of it: `assistant column`, `clinic chair`."""
    window: Interval
    open_minutes: int
    """Patient minutes of the window: what one of it has."""
    minutes: int
    takes: dict[Slot, int]

    @property
    def text(self) -> str:
        """`clinic chairs, 07:30-13:00`."""
        return f"{self.label}, {clock_text(self.window[0])}-{clock_text(self.window[1])}"


def planned_share(resource: Resource, goals: Goals) -> float:
    """The share that may be planned: doctor and chairs keep some air, people do not."""
    return {"doctor": goals.doctor_load, "chairs": goals.column_fill}.get(resource.kind, 1.0)


def planned_minutes(resource: Resource, goals: Goals) -> int:
    """Minutes of a day that may be planned, rounded down."""
    return int(resource.minutes * planned_share(resource, goals))


def reaches(facts: TypeFacts, slots: Iterable[Slot], bands: Iterable[Band]) -> dict[Slot, Interval]:
    """From the first possible start of each slot to its last possible end; none: left out."""
    own = tuple(bands)
    found = {}
    for slot in slots:
        starts = possible_starts(facts, slot, own)
        if starts:
            found[slot] = (starts[0], starts[-1] + slot.minutes)
    return found


def resources_of(
    facts: TypeFacts, slots: Iterable[Slot], bands: Iterable[Band]
) -> tuple[Resource, ...]:
    """Doctor, chairs by kind, and people by role and skill, in every window that binds a slot."""
    reach = reaches(facts, slots, bands)
    windows = sorted({(facts.open[0][0], facts.open[-1][1]), *reach.values()}) if reach else []
    found: list[Resource] = []
    for window in windows:
        inside = [slot for slot, span in reach.items() if _within(span, window)]
        found += _doctor(facts, window, inside)
        found += _chairs(facts, window, inside)
        found += _people(facts, window, inside)
    return tuple(one for one in found if one.takes)


def without_anybody(resources: Iterable[Resource]) -> set[Slot]:
    """Slots that take of something of which a day has not a minute: such a day never has them."""
    return {slot for one in resources if one.minutes <= 0 for slot in one.takes}


def _within(span: Interval, window: Interval) -> bool:
    return window[0] <= span[0] and span[1] <= window[1]


def _there(intervals: Iterable[Interval], window: Interval) -> int:
    return sum(overlap_minutes(interval, window) for interval in intervals)


def _doctor(facts: TypeFacts, window: Interval, slots: list[Slot]) -> list[Resource]:
    minutes = sum(len(crew.members) * _there(crew.present, window) for crew in facts.doctors)
    takes = {slot: slot.doctor_minutes for slot in slots if slot.doctor_minutes}
    opened = _there(facts.open, window)
    return [Resource("doctor", "doctor time", "doctor", window, opened, minutes, takes)]


def _chairs(facts: TypeFacts, window: Interval, slots: list[Slot]) -> list[Resource]:
    """The last turnover of a window may lie outside it: one for each column.

    Classes that an overflow chair takes are counted with those chairs alone, where there are any.
    """
    found = []
    for kind in ChairKind:
        overflows = any(c.kind is kind and c.overflow for c in facts.columns)
        may = set(facts.practice.overflow_classes) if overflows else set()
        for overflow in (False, True):
            columns = [c for c in facts.columns if c.kind is kind and (overflow or not c.overflow)]
            if overflow and not any(c.overflow for c in columns):
                continue
            takes = {
                slot: slot.busy_in(kind)
                for slot in slots
                if slot.busy_in(kind) and (overflow or slot.procedure_class not in may)
            }
            count = sum(len(c.chairs) for c in columns)
            turnover = max((s.busy_minutes - s.minutes for s in takes), default=0)
            opened = _there(facts.open, window)
            minutes = count * (opened + turnover)
            with_overflow = " with overflow" if overflow else ""
            label, one = f"{kind.value} chairs{with_overflow}", f"{kind.value} chair{with_overflow}"
            found.append(Resource("chairs", label, one, window, opened, minutes, takes))
    return found


def _people(facts: TypeFacts, window: Interval, slots: list[Slot]) -> list[Resource]:
    wanted = {
        (stage.role, skill)
        for slot in slots
        for stage in slot.stages
        if stage.role is not None
        for skill in (stage.skill, None)
    }
    found = []
    for role, skill in sorted(wanted, key=str):
        crews = [crew for crew in facts.crews if role is not None and crew.serves(role, skill)]
        takes = {}
        for slot in slots:
            minutes = sum(
                stage.busy_until - stage.start
                for stage in slot.stages
                if stage.role is role and skill in (None, stage.skill)
            )
            if minutes:
                takes[slot] = minutes
        reach = (window[0], window[1] + max((s.busy_minutes - s.minutes for s in takes), default=0))
        there = sum(len(crew.members) * _there(crew.present, reach) for crew in crews)
        with_skill = f" with {skill}" if skill else ""
        label = str(role).replace("_", " ")
        opened = _there(facts.open, window)
        found.append(
            Resource(
                "people",
                label + with_skill,
                f"{label} column{with_skill}",
                window,
                opened,
                there,
                takes,
            )
        )
    return found
