"""How many days of each type an average month has, and how many slots of each kind each type.

Two small programs. The first decides the days: visits of a month spread over day types so that no
resource of a type is asked for more than planned, as evenly as their doctor time goes. The second,
with the days known, decides whole slots: for every class and every length, the slots of a month
that are at least so long are as many as the visits that need them (a visit fits into a longer slot
of its class), with as few minutes too many as possible.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.model_day.demand import Demand
from engine.model_day.design.prices import missed_price
from engine.model_day.design.resources import Resource, reaches, resources_of
from engine.model_day.design.slots import Slot, families, pattern_key, slot_of
from engine.model_day.design.type_facts import TypeFacts
from engine.model_day.goals import Driver
from engine.model_day.holds import held_places
from engine.practice import Practice
from engine.result import Status
from engine.solver.cp_sat import solve_program
from engine.solver.program import Program
from engine.solver.solved import Limits

TENTHS = 10
"""Visits of a month are counted in tenths."""
_WEEKS_A_MONTH = 52 / 12
_SECONDS, _WORK = 120.0, 10.0
"""Limits of each program: solver work, so that a busy machine plans the same month; and a guard."""
_ODD_DAY = 20
"""Points for a tenth of a day by which a type is used more or less than its weekdays come."""


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """Days of each type in an average month, slots of each kind on such a day.

    `missed`: visits of a month by procedure for which there is no slot. `proven`: nothing misses
    fewer. `short`: resources that are used up on a day type, by type id.
    """

    days: dict[str, int]
    slots: dict[str, dict[Slot, int]]
    missed: dict[str, float]
    proven: bool
    resources: dict[str, tuple[Resource, ...]]


def plan_month(demand: Demand, facts: Mapping[str, TypeFacts], seed: int = 0) -> MonthPlan:
    """Decide days and slots. `facts`: by day type, in the order of the goals."""
    practice = next(iter(facts.values())).practice
    holds = held_slots(demand, practice)
    wanted = wanted_slots(demand, practice)
    bands = demand.goals.bands
    every = [*wanted, *holds]
    resources = {name: resources_of(one, every, bands) for name, one in facts.items()}
    can = {name: set(reaches(one, every, bands)) for name, one in facts.items()}
    days = _days(demand, facts, wanted, holds, resources, can, seed)
    slots, missed, proven = _slots(demand, days, wanted, holds, resources, can, seed)
    return MonthPlan(days, slots, missed, proven, resources)


def wanted_slots(demand: Demand, practice: Practice) -> dict[Slot, float]:
    """Places of a month by slot, emergencies left out; procedures of one pattern are one slot."""
    found: dict[Slot, float] = {}
    by_pattern: dict[tuple[object, ...], Slot] = {}
    monthly = demand.places_per_month()
    for line in demand.lines:
        if line.mix.driver is Driver.EMERGENCY or not line.a_day:
            continue
        slot = slot_of(practice, line.procedure)
        rooms = tuple(stage.chair_kind for stage in slot.stages)
        key = (slot.procedure_class, rooms, pattern_key(slot))
        slot = by_pattern.setdefault(key, slot)
        found[slot] = found.get(slot, 0.0) + monthly[line.procedure.code]
    return found


def held_slots(demand: Demand, practice: Practice) -> dict[Slot, int]:
    """Holds of a day: the newsvendor's number, for the commonest emergency."""
    lines = [line for line in demand.lines if line.mix.driver is Driver.EMERGENCY]
    count = held_places(demand.emergencies, demand.goals.holds)
    if not lines or not count:
        return {}
    common = max(lines, key=lambda line: line.a_day)
    return {slot_of(practice, common.procedure, hold=True): count}


def _planned(resource: Resource, demand: Demand) -> int:
    """Minutes of a day that may be planned: doctor and chairs keep some air, people do not."""
    share = {"doctor": demand.goals.doctor_load, "chairs": demand.goals.column_fill}
    return int(resource.minutes * share.get(resource.kind, 1.0))


def _days(
    demand: Demand,
    facts: Mapping[str, TypeFacts],
    wanted: dict[Slot, float],
    holds: dict[Slot, int],
    resources: dict[str, tuple[Resource, ...]],
    can: dict[str, set[Slot]],
    seed: int,
) -> dict[str, int]:
    program = Program()
    target = round(demand.goals.patient_days_per_month)
    weekdays = sum(len(one.day_type.weekdays) for one in facts.values())
    days = {}
    for name, one in facts.items():
        calendar = int(len(one.day_type.weekdays) * _WEEKS_A_MONTH + 0.5)
        most = min(one.day_type.at_most_a_month, calendar)
        days[name] = program.column(min(one.day_type.at_least_a_month, most), most)
        # Weekdays are used alike unless something speaks against it.
        usual = round(TENTHS * target * len(one.day_type.weekdays) / weekdays)
        _distance(program, "alike", [(days[name], TENTHS)], usual, _ODD_DAY)
    fewer, more = program.column(0, 31, 10**7), program.column(0, 31, 10**7)
    program.row("days", [*days.values(), fewer, more], [1] * len(days) + [1, -1],
                lower=target, upper=target)  # fmt: skip
    visits: dict[tuple[str, Slot], int] = {}
    for slot, number in wanted.items():
        tenths = round(number * TENTHS)
        missing = program.column(0, tenths, missed_price(slot.purpose))
        for name in facts:
            visits[name, slot] = program.column(0, tenths if slot in can[name] else 0)
        row = [missing, *(visits[name, slot] for name in facts)]
        program.row("visits", row, lower=tenths, upper=tenths)
    total = sum(slot.doctor_minutes * number for slot, number in wanted.items())
    there = {name: _doctor_minutes(resources[name]) for name in facts}
    usual = sum(there[name] * len(facts[name].day_type.weekdays) for name in facts)
    share = total * weekdays / usual / target if usual and target else 0.0
    for name in facts:
        for resource in resources[name]:
            held = sum(count * resource.takes.get(slot, 0) for slot, count in holds.items())
            room = max(0, _planned(resource, demand) - held)
            taking = [slot for slot in wanted if slot in resource.takes]
            program.row(
                "resource",
                [*(visits[name, slot] for slot in taking), days[name]],
                [*(resource.takes[slot] for slot in taking), -TENTHS * room],
                upper=0,
            )
        uneven = program.column(0, 10**7, 1)
        heavy = [slot for slot in wanted if slot.doctor_minutes]
        program.row(
            "even",
            [*(visits[name, slot] for slot in heavy), days[name], uneven],
            [*(slot.doctor_minutes for slot in heavy), -round(TENTHS * share * there[name]), -1],
            upper=0,
        )
    solved = solve_program(program, Limits(_SECONDS, 1e-4, 1, seed, _WORK))
    if solved.values is None:
        return dict.fromkeys(facts, 0)
    return {name: int(solved.values[column]) for name, column in days.items()}


def _doctor_minutes(resources: tuple[Resource, ...]) -> int:
    return max((one.minutes for one in resources if one.kind == "doctor"), default=0)


def _slots(
    demand: Demand,
    days: dict[str, int],
    wanted: dict[Slot, float],
    holds: dict[Slot, int],
    resources: dict[str, tuple[Resource, ...]],
    can: dict[str, set[Slot]],
    seed: int,
) -> tuple[dict[str, dict[Slot, int]], dict[str, float], bool]:
    program = Program()
    columns: dict[tuple[str, Slot], int] = {}
    kept = [name for name, count in days.items() if count]
    for slot, number in wanted.items():
        for name in kept:
            most = int(number / days[name]) + 2 if slot in can[name] else 0
            # A minute too many costs a little, a doctor minute more.
            cost = days[name] * (slot.busy_minutes + 3 * slot.doctor_minutes)
            columns[name, slot] = program.column(0, most, cost)
    missing: dict[Slot, list[int]] = defaultdict(list)
    for family in families(wanted):
        longer: list[Slot] = []
        tenths = 0
        for slot in family:
            longer.append(slot)
            tenths += round(wanted[slot] * TENTHS)
            short = program.column(0, tenths, missed_price(slot.purpose) * 10)
            missing[slot].append(short)
            row = [(columns[name, one], TENTHS * days[name]) for one in longer for name in kept]
            program.row("visits", [short, *(c for c, _ in row)], [1, *(f for _, f in row)],
                        lower=tenths)  # fmt: skip
    for name in kept:
        for resource in resources[name]:
            held = sum(count * resource.takes.get(slot, 0) for slot, count in holds.items())
            taking = [slot for slot in wanted if slot in resource.takes]
            room = max(0, _planned(resource, demand) - held)
            takes = [resource.takes[slot] for slot in taking]
            program.row("resource", [columns[name, slot] for slot in taking], takes, upper=room)
        _even(program, name, days, wanted, columns, resources)
        _same_mix(program, name, days, wanted, columns, resources)
    solved = solve_program(program, Limits(_SECONDS, 1e-3, 1, seed, _WORK))
    values = solved.values if solved.values is not None else np.zeros(program.size, dtype=np.int64)
    slots: dict[str, dict[Slot, int]] = {name: {} for name in days}
    for (name, slot), column in columns.items():
        if values[column]:
            slots[name][slot] = int(values[column])
    for name in kept:
        slots[name] |= {slot: count for slot, count in holds.items() if slot in can[name]}
    missed = {}
    for slot, shorts in missing.items():
        left = max(int(values[short]) for short in shorts) / TENTHS
        if left:
            missed[slot.procedure.code] = left
    if solved.values is None:
        missed = {slot.procedure.code: number for slot, number in wanted.items()}
    return slots, missed, solved.status is Status.OPTIMAL


def _even(
    program: Program,
    name: str,
    days: dict[str, int],
    wanted: dict[Slot, float],
    columns: dict[tuple[str, Slot], int],
    resources: dict[str, tuple[Resource, ...]],
) -> None:
    """Doctor minutes of a type above its share of the month cost as much as minutes too many."""
    total = sum(slot.doctor_minutes * number for slot, number in wanted.items())
    there = sum(days[one] * _doctor_minutes(resources[one]) for one in days)
    share = total / there if there else 0.0
    own = _doctor_minutes(resources[name])
    uneven = program.column(0, 10**6, 5 * days[name])
    heavy = [slot for slot in wanted if slot.doctor_minutes]
    program.row(
        "even",
        [*(columns[name, slot] for slot in heavy), uneven],
        [*(slot.doctor_minutes for slot in heavy), -1],
        upper=int(share * own * 1.05),
    )


def _same_mix(
    program: Program,
    name: str,
    days: dict[str, int],
    wanted: dict[Slot, float],
    columns: dict[tuple[str, Slot], int],
    resources: dict[str, tuple[Resource, ...]],
) -> None:
    """Each type has its share of every class, by its doctor time: no day of one thing alone.

    As the places that are at least so long, for each length, so that kinds too rare to be on every
    day share a place: three kinds at a third of a visit a day each are one place, not none.
    """
    there = sum(days[one] * _doctor_minutes(resources[one]) for one in days)
    own = _doctor_minutes(resources[name])
    for family in families(wanted):
        longer: list[tuple[int, int]] = []
        number = 0.0
        for slot in family:
            longer.append((columns[name, slot], TENTHS))
            number += wanted[slot]
            fair = round(TENTHS * number * own / there) if there else 0
            price = days[name] * (slot.busy_minutes + 3 * slot.doctor_minutes) // TENTHS
            _distance(program, "mix", longer, fair, price)


def _distance(
    program: Program, rule: str, entries: list[tuple[int, int]], aim: int, price: int
) -> None:
    """A price on how far the sum of the entries is from its aim, either way."""
    above, below = program.column(0, 10**6, price), program.column(0, 10**6, price)
    columns, factors = [c for c, _ in entries], [f for _, f in entries]
    program.row(rule, [*columns, above, below], [*factors, -1, 1], lower=aim, upper=aim)
