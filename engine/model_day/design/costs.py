"""What a designed day costs: places that would need more, growth, and what is simple about it."""

import math
import time
from collections.abc import Mapping

from engine.model_day.built import Simplicity
from engine.model_day.design.day_model import DayModel
from engine.model_day.design.decode import Values, seat_blocks
from engine.model_day.design.design_day import (
    DesignSettings,
    day_model,
    figures_of,
    solve_day,
)
from engine.model_day.design.prices import MARK_MINUTES, DesignRules
from engine.model_day.design.slots import Slot
from engine.model_day.design.to_model_day import model_day_of
from engine.model_day.design.type_facts import TypeFacts
from engine.model_day.design.unlock import exchange, unlocks
from engine.model_day.goals import Goals
from engine.model_day.planned import DesignedDay
from engine.practice import Problem, Purpose


def cost_lines(
    facts: TypeFacts,
    goals: Goals,
    wanted: Mapping[Slot, int],
    made: DesignedDay,
    settings: DesignSettings,
) -> list[str]:
    """What unlocks the missing places, and what one more new patient a day costs."""
    name = made.day_type
    lines = []
    if made.missed:
        found = unlocks(facts, goals, wanted, settings)
        if found is None:
            lines.append(f"{name}: what would unlock the missing places was not found in time")
        lines += [f"{name}: {one.sentence}" for one in found or ()]
    missed_now = sum(count for _, count in made.missed)
    for slot in _new_patients(wanted):
        priced = exchange(facts, goals, wanted, slot, missed_now, settings)
        unknown = f"what one more {slot.procedure.code} a day costs was not found in time"
        lines.append(f"{name}: {unknown if priced is None else priced.sentence}")
    return lines


def _new_patients(wanted: Mapping[Slot, int]) -> list[Slot]:
    """The longest exam and the longest start: what growth would ask for first."""
    longest: dict[Purpose, Slot] = {}
    for slot in sorted(wanted, key=lambda one: one.minutes):
        if slot.purpose in {Purpose.EXAM, Purpose.START} and not slot.hold:
            longest[slot.purpose] = slot
    return list(longest.values())


def price_of_simplicity(
    problem: Problem, model: DayModel, values: Values, settings: DesignSettings
) -> Simplicity:
    """What the best day costs less if cells may begin at any step and blocks are free of charge.

    Both rules only restrict, so the simple day is one of the free ones: the search begins from it
    and never ends above it. The price lies between what the free day found saves and what the bound
    of all free days leaves.
    """
    began = time.perf_counter()
    facts, name = model.facts, model.facts.day_type.id
    rules = DesignRules.free(math.gcd(MARK_MINUTES, facts.practice.grid_minutes))
    free = day_model(facts, model.goals, model.wanted, rules)
    solved = solve_day(free, settings.since(began), values)
    simple = int(free.program.objective_of(values))
    found = values if solved.values is None else solved.values
    at_least = max(0, simple - int(free.program.objective_of(found)))
    at_most = max(at_least, simple - math.ceil((solved.bound or 0.0) - 1e-6))
    seated = seat_blocks(free, found)
    cells = len(model_day_of(facts, model.goals, problem.policy, seated).cells)
    if at_least == at_most:
        price = f"cost {at_least} points (proven)" if at_least else "cost nothing (proven)"
    else:
        price = f"cost between {at_least} and {at_most} points"
    changed = _changed(free, values, found)
    told = f"; the freer day found has {cells} cells, {changed}" if at_least else ""
    return Simplicity(
        day_type=name,
        free_cells=cells,
        at_least=at_least,
        at_most=at_most,
        sentence=f"{name}: cells on quarter hours and in few blocks {price}{told}",
    )


def _changed(model: DayModel, simple: Values, free: Values) -> str:
    """`-80 points idle, +20 points waiting`: of the freer day against the simple one."""
    before = {one.name: one.points for one in figures_of(model, simple)}
    after = {one.name: one.points for one in figures_of(model, free)}
    return ", ".join(
        f"{after[name] - before[name]:+d} points {name}"
        for name in before
        if after[name] != before[name]
    )
