"""What a free minute of a chair with its assistant, and of a doctor, is worth in each slot.

Rows of the relaxation have prices by member and grid step. Inside a slot (a clock hour of a
weekday) they are added up over members, steps and dates and divided by the minutes there were:
prices of single steps say little, since a long visit does not care at which of its steps it pays.
Minutes that the book fills have no price, and are left out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engine.certificate.certificate import Priced, PriceLine
from engine.practice import DoctorRuleKind
from engine.solver.day_facts import ResourceClass
from engine.solver.model import Model
from engine.units import MINUTES_PER_DAY, Interval, overlap_minutes, subtract

Slot = tuple[int, int]
"""`date.weekday()` and clock hour."""

_OF_FAMILY = {"chair": Priced.CHAIR, "staff": Priced.STAFF, "doctor": Priced.DOCTOR}


@dataclass(slots=True)
class SlotValues:
    """By thing and slot: free minutes of all members, and what they are worth in millipoints."""

    minutes: dict[Priced, Counter[Slot]] = field(default_factory=lambda: defaultdict(Counter))
    worth: dict[Priced, Counter[Slot]] = field(default_factory=lambda: defaultdict(Counter))

    def slots(self, *things: Priced) -> list[Slot]:
        """Slots in which each of these things has free minutes, in the order of the week."""
        free = [{slot for slot, count in self.minutes[of].items() if count} for of in things]
        return sorted(set.intersection(*free))

    def per_minute(self, of: Priced, slot: Slot) -> float:
        """Millipoints of one free minute."""
        return self.worth[of][slot] / self.minutes[of][slot]


def slot_values(model: Model, lines: Iterable[PriceLine]) -> SlotValues:
    """The values of all slots of a model's dates at the prices of its rows."""
    values, practice = SlotValues(), model.problem.practice
    for number, facts in enumerate(model.days):
        for family, members in _families(model, number):
            full = model.full.get((family, number), ())
            minutes = values.minutes[_OF_FAMILY[family.partition(":")[0]]]
            for group in members:
                closed = subtract(((0, MINUTES_PER_DAY),), facts.open)
                for span in subtract(group.windows, (*full, *closed)):
                    for hour, inside in _by_hour(span):
                        minutes[facts.weekday, hour] += len(group.members) * inside
    by_units = practice.doctor_rule.kind is DoctorRuleKind.UNITS_PER_SLOT
    for line in lines:
        if line.of not in _OF_FAMILY.values():
            continue
        # A price is paid for each grid step; that of a doctor by units for each minute.
        step = 1 if line.of is Priced.DOCTOR and by_units else practice.grid_minutes
        worth = values.worth[line.of]
        for start, end, price in line.steps:
            for hour, inside in _by_hour((start, end)):
                worth[line.date.weekday(), hour] += price * inside // step
    return values


def _by_hour(span: Interval) -> Iterator[tuple[int, int]]:
    """Clock hours of an interval, and its minutes in each."""
    for hour in range(span[0] // 60, -(-span[1] // 60)):
        yield hour, overlap_minutes(span, (60 * hour, 60 * hour + 60))


def _families(model: Model, day: int) -> Iterator[tuple[str, tuple[ResourceClass, ...]]]:
    facts = model.days[day]
    yield "doctor", facts.doctors
    for kind, chairs in facts.chairs.items():
        yield f"chair:{kind}", chairs
    for role, people in facts.staff.items():
        yield f"staff:{role}", people
