"""Offices of 4 to 20 clinic chairs with their goals and the places of a full day."""

from dataclasses import dataclass

from engine.generate.generate import AS_OF
from engine.generate.practice import empty_problem
from engine.generate.profiles import Profile
from engine.model_day.day_types import day_types_of
from engine.model_day.demand import demand_of
from engine.model_day.design.month import plan_month
from engine.model_day.design.slots import Slot
from engine.model_day.design.type_facts import TypeFacts, facts_of
from engine.model_day.goals import Goals
from engine.practice import ChairKind, Problem, Role

CHAIRS_OF_A_DOCTOR = 6
STARTS_A_MONTH_AND_CHAIR = 5.0
"""With 18 patient days the doctors of these offices are then about two thirds busy."""


@dataclass(frozen=True, slots=True)
class Office:
    """A practice of so many clinic chairs, and what a full day of it should hold."""

    chairs: int
    problem: Problem
    goals: Goals
    facts: TypeFacts
    wanted: dict[Slot, int]


def practice_of(chairs: int) -> Problem:
    """Doctors for six chairs each, one overflow chair each, an assistant for every other chair."""
    doctors = -(-chairs // CHAIRS_OF_A_DOCTOR)
    problem = empty_problem(Profile(f"chairs-{chairs}", doctors), AS_OF)
    practice = problem.practice
    clinic = [chair for chair in practice.chairs if chair.kind is ChairKind.CLINIC]
    regular = [chair.id for chair in clinic if not chair.overflow]
    columns = chairs - doctors
    # What is too many goes from the last chair of each doctor on, so that all keep some.
    order = sorted(regular, key=lambda name: (int(name[1:]) - 1) % CHAIRS_OF_A_DOCTOR)
    gone = set(order[columns:])
    helpers = [one.id for one in practice.staff if one.role is Role.ASSISTANT]
    order = sorted(helpers, key=lambda name: (int(name[2:]) - 1) % (CHAIRS_OF_A_DOCTOR - 1))
    gone |= set(order[columns:])
    blocks = []
    for block in practice.staff_blocks:
        left = tuple(name for name in block.staff if name not in gone)
        if left or not block.staff:
            blocks.append(block.model_copy(update={"staff": left}))
    changed = practice.model_copy(
        update={
            "chairs": tuple(chair for chair in practice.chairs if chair.id not in gone),
            "staff": tuple(one for one in practice.staff if one.id not in gone),
            "staff_blocks": tuple(blocks),
            "model_days": (),
            "model_day_dates": (),
        }
    )
    return problem.model_copy(update={"practice": changed})


def office(chairs: int) -> Office:
    """The office, its goals by its chairs, and the places of its first day type."""
    problem = practice_of(chairs)
    goals = Goals(
        starts_per_month=STARTS_A_MONTH_AND_CHAIR * chairs,
        patient_days_per_month=18,
        emergencies_per_day=chairs / 4,
        repairs_per_day=chairs / 4,
        covered_weeks=0,  # as in the records before there was such a goal
    )
    types = day_types_of(goals, problem.practice)
    facts = {one.id: facts_of(problem, one) for one in types}
    month = plan_month(demand_of(goals, problem.practice), facts)
    name = types[0].id
    return Office(chairs, problem, goals, facts[name], month.slots[name])
