"""The plan of a new treatment: contract months, interval, visits; and longer dates for late ones.

The plan keeps a reserve: visits fit into the contract with some months to spare. Late finishes come
from what happens, not from the plan: misses, repairs, waiting for a time.
"""

import datetime as dt

from engine.simulate.clinic import Clinic
from engine.simulate.patients import Person, Plan, Stage

DAYS_A_MONTH = 30.4
_LEAST_RESERVE, _MOST_RESERVE = 0.02, 0.3
_SHORTEST_MONTHS, _LONGEST_MONTHS = 12.0, 36.0


def draw_plan(clinic: Clinic, person: Person, day: dt.date) -> Plan:
    """The treatment that starts today; drawn from the patient's own numbers."""
    habits = clinic.settings.patients
    normals = clinic.streams.of("plan", person.id).standard_normal(2)
    months = habits.contract_months_mean + habits.contract_months_sd * float(normals[0])
    days = round(min(_LONGEST_MONTHS, max(_SHORTEST_MONTHS, months)) * DAYS_A_MONTH)
    interval = clinic.streams.pick(habits.interval_days, "interval", person.id)
    reserve = habits.planned_reserve + habits.planned_reserve_sd * float(normals[1])
    reserve = min(_MOST_RESERVE, max(_LEAST_RESERVE, reserve))
    visits = int(days * (1 - reserve) // interval)
    ecd = day + dt.timedelta(days=days)
    return Plan(day, ecd, ecd, interval, max(2, visits), is_aligner_case(clinic, person.id))


def is_aligner_case(clinic: Clinic, patient: str) -> bool:
    """Aligners or braces: drawn for each patient once."""
    return clinic.streams.uniform("aligners", patient) < clinic.settings.patients.aligner_share


def active_plans(clinic: Clinic) -> list[Plan]:
    """The plans of the treatments under way."""
    return [
        person.plan
        for person in clinic.people.values()
        if person.stage is Stage.ACTIVE and person.plan is not None
    ]


def extend_dates(clinic: Clinic, today: dt.date) -> None:
    """Practices extend the completion date of some late cases; the original one stays."""
    for person in clinic.people.values():
        plan = person.plan
        if person.stage is not Stage.ACTIVE or plan is None or plan.current_ecd >= today:
            continue
        extends, days = clinic.streams.of("extends", person.id, plan.extensions).random(2)
        if extends < clinic.settings.patients.extends_ecd:
            plan.current_ecd = today + dt.timedelta(days=60 + int(60 * days))
            plan.extensions += 1
