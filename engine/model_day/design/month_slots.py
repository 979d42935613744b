"""Whole places of each kind on a day of each type, with the days of a month known.

For every class and every length, the places of a month that are at least so long are as many as the
visits that need them (a visit fits into a longer place of its class), less those that are missed,
with as few minutes too many as possible.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model_day.demand import Demand
from engine.model_day.design.month_rows import (
    OVERLOAD,
    SECONDS,
    TENTHS,
    WORK,
    add_distance,
    add_resource_rows,
    doctor_minutes_there,
)
from engine.model_day.design.prices import missed_price
from engine.model_day.design.resources import Resource
from engine.model_day.design.slots import Slot, families
from engine.result import Status
from engine.solver.cp_sat import solve_program
from engine.solver.program import Program
from engine.solver.solved import Limits

Shares = Mapping[str, Mapping[Slot, float]]
Resources = Mapping[str, tuple[Resource, ...]]


@dataclass(frozen=True, slots=True)
class PlannedSlots:
    """Places of a day by type, visits of a month by kind that have none; `proven`: no fewer."""

    slots: dict[str, dict[Slot, int]]
    missed: dict[Slot, float]
    proven: bool


def plan_slots(
    demand: Demand,
    days: Mapping[str, float],
    wanted: Mapping[Slot, float],
    holds: Mapping[Slot, int],
    resources: Resources,
    can: Mapping[str, set[Slot]],
    shares: Shares,
    seed: int,
) -> PlannedSlots:
    """`shares`: places of a day of each type if the month were shared out alike."""
    program = Program()
    columns: dict[tuple[str, Slot], int] = {}
    # Days in tenths: a place on each of them is so many tenths of a visit a month.
    tenths = {name: round(TENTHS * count) for name, count in days.items() if count}
    for slot, number in wanted.items():
        for name, times in tenths.items():
            most = int(number / days[name]) + 2 if slot in can[name] else 0
            columns[name, slot] = program.column(0, most, times * _price(slot))
    missing = _visits_rows(program, wanted, tenths, columns)
    for name, times in tenths.items():
        own = {slot: columns[name, slot] for slot in wanted}
        price = OVERLOAD * TENTHS * times
        for resource in resources[name]:
            add_resource_rows(program, demand.goals, resource, holds, own, price)
        _even(program, name, days, tenths, wanted, columns, resources)
        _same_mix(program, name, times, wanted, columns, shares)
    solved = solve_program(program, Limits(SECONDS, 1e-3, 1, seed, WORK))
    if solved.values is None:
        held_only = {name: _held(holds, can, name) if name in tenths else {} for name in days}
        return PlannedSlots(held_only, dict(wanted), proven=False)
    values = solved.values
    slots: dict[str, dict[Slot, int]] = {name: {} for name in days}
    for (name, slot), column in columns.items():
        if values[column]:
            slots[name][slot] = int(values[column])
    for name in tenths:
        slots[name] |= _held(holds, can, name)
    missed = {slot: int(values[one]) / TENTHS for slot, one in missing.items() if values[one]}
    return PlannedSlots(slots, missed, solved.status is Status.OPTIMAL)


def _price(slot: Slot) -> int:
    """Of a place: a minute too many costs a little, a doctor minute more."""
    return slot.busy_minutes + 3 * slot.doctor_minutes


def _held(holds: Mapping[Slot, int], can: Mapping[str, set[Slot]], name: str) -> dict[Slot, int]:
    return {slot: count for slot, count in holds.items() if slot in can[name]}


def _visits_rows(
    program: Program,
    wanted: Mapping[Slot, float],
    tenths: Mapping[str, int],
    columns: Mapping[tuple[str, Slot], int],
) -> dict[Slot, int]:
    """By kind, the visits missed: with them, no length of a class has too few places.

    Each is missed once: a visit without a place leaves the sums of all shorter kinds, too.
    """
    missing: dict[Slot, int] = {}
    for family in families(wanted):
        longer: list[Slot] = []
        asked = 0
        for slot in family:
            own = round(wanted[slot] * TENTHS)
            missing[slot] = program.column(0, own, missed_price(slot.purpose) * TENTHS**2)
            longer.append(slot)
            asked += own
            places = [
                (columns[name, one], times) for one in longer for name, times in tenths.items()
            ]
            missed = [missing[one] for one in longer]
            program.row("visits", [*missed, *(c for c, _ in places)],
                        [1] * len(missed) + [f for _, f in places], lower=asked)  # fmt: skip
    return missing


def _even(
    program: Program,
    name: str,
    days: Mapping[str, float],
    tenths: Mapping[str, int],
    wanted: Mapping[Slot, float],
    columns: Mapping[tuple[str, Slot], int],
    resources: Resources,
) -> None:
    """Doctor minutes of a type above its share of the month cost as much as minutes too many."""
    total = sum(slot.doctor_minutes * number for slot, number in wanted.items())
    there = sum(days[one] * doctor_minutes_there(resources[one]) for one in tenths)
    share = total / there if there else 0.0
    own = doctor_minutes_there(resources[name])
    uneven = program.column(0, 10**6, 5 * tenths[name])
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
    times: int,
    wanted: Mapping[Slot, float],
    columns: Mapping[tuple[str, Slot], int],
    shares: Shares,
) -> None:
    """Each type has its share of every class: no day of one thing alone.

    As the places that are at least so long, for each length, so that kinds too rare to be on every
    day share a place: three kinds at a third of a visit a day each are one place, not none.
    """
    for family in families(wanted):
        longer: list[tuple[int, int]] = []
        number = 0.0
        for slot in family:
            longer.append((columns[name, slot], TENTHS))
            number += shares[name].get(slot, 0.0)
            price = times * _price(slot) // TENTHS
            add_distance(program, "mix", longer, round(TENTHS * number), price)
