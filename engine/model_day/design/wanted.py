"""Places that a month wants, kind by kind, and how they would be shared out to the day types.

Procedures of one class with the same pattern, times of day and supervision are one kind: a place of
one is a place of the other. A kind is named for the commonest of them.
"""

from collections.abc import Mapping

from engine.model_day.demand import Demand, Line
from engine.model_day.design.month_rows import doctor_minutes_there
from engine.model_day.design.resources import Resource
from engine.model_day.design.slots import Slot, pattern_key, slot_of
from engine.model_day.design.type_facts import TypeFacts
from engine.model_day.goals import Driver
from engine.model_day.holds import held_places
from engine.practice import Practice


def kinds_of(demand: Demand, practice: Practice) -> dict[Slot, tuple[Line, ...]]:
    """The procedures of each kind, the commonest first; emergencies left out: they are held."""
    groups: dict[tuple[object, ...], list[Line]] = {}
    for line in demand.lines:
        if line.mix.driver is Driver.EMERGENCY or not line.a_day:
            continue
        slot = slot_of(practice, line.procedure)
        rooms = tuple(stage.chair_kind for stage in slot.stages)
        groups.setdefault((slot.procedure_class, rooms, pattern_key(slot)), []).append(line)
    ordered = (sorted(lines, key=lambda line: -line.a_day) for lines in groups.values())
    return {slot_of(practice, lines[0].procedure): tuple(lines) for lines in ordered}


def kind_text(lines: tuple[Line, ...]) -> str:
    """`ADJS + ALCHK`: all codes of a kind."""
    return " + ".join(line.procedure.code for line in lines)


def wanted_slots(demand: Demand, practice: Practice) -> dict[Slot, float]:
    """Places of a month by kind, those of all its procedures together; no emergencies."""
    monthly = demand.places_per_month()
    return {
        slot: sum(monthly[line.procedure.code] for line in lines)
        for slot, lines in kinds_of(demand, practice).items()
    }


def held_slots(demand: Demand, practice: Practice) -> dict[Slot, int]:
    """Holds of a day: the newsvendor's number, for the commonest emergency."""
    lines = [line for line in demand.lines if line.mix.driver is Driver.EMERGENCY]
    count = held_places(demand.emergencies, demand.goals.holds)
    if not lines or not count:
        return {}
    common = max(lines, key=lambda line: line.a_day)
    return {slot_of(practice, common.procedure, hold=True): count}


def day_shares(
    wanted: Mapping[Slot, float],
    days: Mapping[str, float],
    facts: Mapping[str, TypeFacts],
    can: Mapping[str, set[Slot]],
    resources: Mapping[str, tuple[Resource, ...]],
) -> dict[str, dict[Slot, float]]:
    """Places of one day of each type if the month were shared out alike, and nothing cut.

    A kind goes to the types that can have it at all: by minutes of the doctor there, or by patient
    minutes where it needs no doctor. Types without a day in the month have none.
    """
    shares: dict[str, dict[Slot, float]] = {name: {} for name in facts}
    doctor = {name: doctor_minutes_there(resources[name]) for name in facts}
    opened = {name: one.open_minutes for name, one in facts.items()}
    for slot, number in wanted.items():
        size = doctor if slot.doctor_minutes else opened
        able = [name for name in facts if slot in can[name] and days[name]]
        there = sum(days[name] * size[name] for name in able)
        for name in able if there else ():
            shares[name][slot] = number * size[name] / there
    return shares
