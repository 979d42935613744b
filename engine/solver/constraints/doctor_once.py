"""Rule `doctor_once`: the doctor is never in two places, or (units) not over-full in any slot."""

from engine.practice import DoctorRuleKind
from engine.solver.model import Model
from engine.solver.uses import share_capacity
from engine.units import overlap_minutes

FAMILY = "doctor"


def options(
    model: Model, day: int, start: int, end: int, doctor: str | None
) -> tuple[tuple[int, int], ...]:
    """Classes of doctors present for [start, end); with a name, the class of that doctor only."""
    return tuple(
        (doctors.id, 0)
        for doctors in model.days[day].doctors
        if (doctor is None or doctors.members == (doctor,)) and doctors.holds(start, end)
    )


def add(model: Model) -> None:
    """Per class of doctors and moment: doctor segments under way <= doctors of the class."""
    rule = model.problem.practice.doctor_rule
    for day, facts in enumerate(model.days):
        sizes = {doctors.id: len(doctors.members) for doctors in facts.doctors}
        if rule.kind is DoctorRuleKind.EXACT:
            share_capacity(model, FAMILY, day, sizes, "doctor_once")
        else:
            _add_units(model, day, sizes)


def _add_units(model: Model, day: int, sizes: dict[int, int]) -> None:
    """Per doctor and slot: minutes of doctor time inside the slot <= units x minutes of a unit."""
    rule = model.problem.practice.doctor_rule
    uses = [use for key, use in model.uses.items() if key.family == FAMILY and key.day == day]
    slots = {
        slot
        for use in uses
        for slot in range(use.start // rule.slot_minutes, -(-use.end // rule.slot_minutes))
    }
    for slot in sorted(slots):
        span = (slot * rule.slot_minutes, (slot + 1) * rule.slot_minutes)
        inside = [use for use in uses if overlap_minutes((use.start, use.end), span)]
        for class_id, size in sizes.items():
            serving = [use for use in inside if class_id in use.shares]
            model.program.row(
                "doctor_once",
                [use.shares[class_id] for use in serving],
                [overlap_minutes((use.start, use.end), span) for use in serving],
                upper=size * rule.units * rule.unit_minutes,
            )
