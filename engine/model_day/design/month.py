"""The month: how many days of each type, and how many places of each kind on a day of each type.

Two small programs, one after the other: the days (`month_days`), then whole places (`month_slots`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model_day.demand import Demand
from engine.model_day.design.month_days import days_to_plan, plan_days
from engine.model_day.design.month_slots import plan_slots
from engine.model_day.design.resources import (
    Resource,
    reaches,
    resources_of,
    without_anybody,
)
from engine.model_day.design.slots import Slot
from engine.model_day.design.type_facts import TypeFacts
from engine.model_day.design.wanted import (
    day_shares,
    held_slots,
    kind_text,
    kinds_of,
    wanted_slots,
)
from engine.model_day.goal_faults import ROUNDING_DAYS


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """Days of each type in an average month, places of each kind on such a day.

    `kinds`: all codes of each kind. `wanted`: places of a month by kind; `shares`: of a day of each
    type if they were shared out alike, uncut, holds included. `missed`: visits of a month without a
    place. `proven`: nothing misses fewer. `resources`: what a day has, by type id.
    """

    days: dict[str, float]
    slots: dict[str, dict[Slot, int]]
    kinds: dict[Slot, str]
    wanted: dict[Slot, float]
    shares: dict[str, dict[Slot, float]]
    missed: dict[Slot, float]
    proven: bool
    resources: dict[str, tuple[Resource, ...]]


def plan_month(demand: Demand, facts: Mapping[str, TypeFacts], seed: int = 0) -> MonthPlan:
    """Decide days and places. `facts`: by day type, in the order of the goals."""
    practice = next(iter(facts.values())).practice
    holds = held_slots(demand, practice)
    wanted = _of_whole_days(demand, facts, wanted_slots(demand, practice))
    bands = demand.goals.bands
    every = [*wanted, *holds]
    resources = {name: resources_of(one, every, bands) for name, one in facts.items()}
    can = {
        name: set(reaches(one, every, bands)) - without_anybody(resources[name])
        for name, one in facts.items()
    }
    days = plan_days(demand, facts, wanted, holds, resources, can, seed)
    shares = day_shares(wanted, days, facts, can, resources)
    made = plan_slots(demand, days, wanted, holds, resources, can, shares, seed)
    for name in facts:
        if days[name]:
            shares[name] |= {slot: float(n) for slot, n in holds.items() if slot in can[name]}
    texts = {slot: kind_text(lines) for slot, lines in kinds_of(demand, practice).items()}
    texts |= {slot: slot.name for slot in holds}
    return MonthPlan(days, made.slots, texts, wanted, shares, made.missed, made.proven, resources)


def _of_whole_days(
    demand: Demand, facts: Mapping[str, TypeFacts], wanted: dict[Slot, float]
) -> dict[Slot, float]:
    """Of a month that is longer than the calendar by a rounding only, what its days ask for.

    Else a place a day would be too few by a tenth a month, and another one planned for it.
    """
    stated, planned = demand.goals.patient_days_per_month, days_to_plan(demand, facts)
    factor = planned / stated if 0 < stated - planned <= ROUNDING_DAYS else 1.0
    return {slot: number * factor for slot, number in wanted.items()}
