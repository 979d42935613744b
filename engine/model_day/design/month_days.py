"""How many days of each type an average month has: a small program over visits of a month."""

from collections.abc import Mapping

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
from engine.model_day.design.slots import Slot
from engine.model_day.design.type_facts import TypeFacts
from engine.model_day.month_calendar import comes_a_month
from engine.solver.cp_sat import solve_program
from engine.solver.program import Program
from engine.solver.solved import Limits

_ODD_DAY = 20
"""Points for a tenth of a day by which a type is used more or less than its weekdays come."""
_NO_DAY = 10**7
"""Points for a tenth of a day that is too few or too many in all."""


def days_to_plan(demand: Demand, facts: Mapping[str, TypeFacts]) -> float:
    """Patient days of the month: those of the goals, or all that the calendar has of them."""
    return _target_tenths(demand, facts) / TENTHS


def plan_days(
    demand: Demand,
    facts: Mapping[str, TypeFacts],
    wanted: Mapping[Slot, float],
    holds: Mapping[Slot, int],
    resources: Mapping[str, tuple[Resource, ...]],
    can: Mapping[str, set[Slot]],
    seed: int,
) -> dict[str, float]:
    """Days of each type in an average month, to a tenth: a month has 4.3 of a weekday.

    The visits of a month are spread over the types so that no resource is asked for more than
    planned, as evenly as their doctor time goes. A type without a shared patient hour has no day.
    """
    program = Program()
    weekdays = sum(len(one.day_type.weekdays) for one in facts.values() if one.open)
    most = {name: _most_tenths(one) for name, one in facts.items()}
    target = _target_tenths(demand, facts)
    days = {}
    for name, one in facts.items():
        least = min(TENTHS * one.day_type.at_least_a_month, most[name])
        days[name] = program.column(least, most[name])
        # Weekdays are used alike unless something speaks against it.
        usual = round(target * len(one.day_type.weekdays) / weekdays) if one.open else 0
        add_distance(program, "alike", [(days[name], 1)], usual, _ODD_DAY)
    fewer, more = program.column(0, 31 * TENTHS, _NO_DAY), program.column(0, 31 * TENTHS, _NO_DAY)
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
    there = {name: doctor_minutes_there(resources[name]) for name in facts}
    usual_minutes = sum(there[name] * len(facts[name].day_type.weekdays) for name in facts)
    share = TENTHS * total * weekdays / usual_minutes / target if usual_minutes and target else 0.0
    for name in facts:
        own = {slot: visits[name, slot] for slot in wanted}
        for resource in resources[name]:
            add_resource_rows(program, demand.goals, resource, holds, own, OVERLOAD, days[name])
        uneven = program.column(0, 10**7, 1)
        heavy = [slot for slot in wanted if slot.doctor_minutes]
        program.row(
            "even",
            [*(visits[name, slot] for slot in heavy), days[name], uneven],
            [*(slot.doctor_minutes for slot in heavy), -round(share * there[name]), -1],
            upper=0,
        )
    solved = solve_program(program, Limits(SECONDS, 1e-4, 1, seed, WORK))
    if solved.values is None:
        return dict.fromkeys(facts, 0.0)
    return {name: int(solved.values[column]) / TENTHS for name, column in days.items()}


def _target_tenths(demand: Demand, facts: Mapping[str, TypeFacts]) -> int:
    most = sum(_most_tenths(one) for one in facts.values())
    return min(round(TENTHS * demand.goals.patient_days_per_month), most)


def _most_tenths(facts: TypeFacts) -> int:
    """As often as its weekdays come, or as the goals allow."""
    if not facts.open:
        return 0
    calendar = round(TENTHS * comes_a_month(facts.day_type))
    return min(TENTHS * facts.day_type.at_most_a_month, calendar)
