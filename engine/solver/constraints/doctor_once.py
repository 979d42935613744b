"""Rule `doctor_once`: the doctor is never in two places, or (units) not over-full in any slot."""

import numpy as np

from engine.practice import DoctorRuleKind
from engine.solver.model import Model
from engine.solver.spans import DAY_KEY, spread
from engine.solver.uses import share_capacity

FAMILY = "doctor"


def options(
    model: Model, day: int, start: int, end: int, doctor: str | None
) -> tuple[tuple[int, int], ...]:
    """Classes of doctors present for [start, end); with a name, the class of that doctor only."""
    classes = model.days[day].doctors
    if doctor is not None:
        classes = tuple([doctors for doctors in classes if doctors.members == (doctor,)])
    return tuple([(doctors.id, 0) for doctors in classes if doctors.holds(start, end)])


def add(model: Model) -> None:
    """Per class of doctors and moment: doctor segments under way <= doctors of the class."""
    sizes = {
        (FAMILY, day): {doctors.id: len(doctors.members) for doctors in facts.doctors}
        for day, facts in enumerate(model.days)
    }
    if model.problem.practice.doctor_rule.kind is DoctorRuleKind.EXACT:
        share_capacity(model, sizes, "doctor_once")
        return
    for (_, day), classes in sizes.items():
        _add_units(model, day, classes)


def _add_units(model: Model, day: int, sizes: dict[int, int]) -> None:
    """Per doctor and slot: minutes of doctor time inside the slot <= units x minutes of a unit."""
    rule, table = model.problem.practice.doctor_rule, model.use_table
    shares = table.shares_of(FAMILY, day)
    use, doctor = table.share_use[shares], table.share_class[shares]
    start, end, minutes = table.start[use], table.end[use], rule.slot_minutes
    entry, slot = spread(start // minutes, -(-end // minutes))
    low, high = (
        np.maximum(start[entry], slot * minutes),
        np.minimum(end[entry], (slot + 1) * minutes),
    )
    slots, row = np.unique(doctor[entry] * DAY_KEY + slot, return_inverse=True)
    members = np.array([sizes[number] for number in (slots // DAY_KEY).tolist()], dtype=np.int64)
    model.program.rows(
        "doctor_once",
        len(slots),
        [(row, table.share_column[shares][entry], high - low)],
        upper=members * rule.units * rule.unit_minutes,
    )
