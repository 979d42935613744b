"""Whom a placed visit needs, and whom it has: the counting of heads starts here."""

from collections.abc import Iterator

from engine.filling.head_count import Need
from engine.filling.held_stages import held_stages
from engine.practice import DoctorRuleKind, Problem, Visit
from engine.schedule import Placement
from engine.units import to_minutes


def staff_needs(problem: Problem, placement: Placement, visit: Visit) -> Iterator[Need]:
    """One per stage with a role, until its turnover is done."""
    stages = problem.procedures[visit.procedure].stages
    for held in held_stages(problem, placement, visit):
        stage = stages[held.index]
        if stage.role is not None:
            group = frozenset(
                person.id
                for person in problem.practice.staff
                if person.role is stage.role
                and (stage.skill is None or stage.skill in person.skills)
            )
            yield Need(group, held.staff, held.start, held.busy_until)


def doctor_needs(problem: Problem, placement: Placement, visit: Visit) -> Iterator[Need]:
    """One per piece of doctor time.

    By units a doctor is with several patients in a minute, so heads cannot be counted: where a
    slot lacks a doctor, nobody of the group is given to anything new in that slot.
    """
    rule = problem.practice.doctor_rule
    everyone = frozenset(doctor.id for doctor in problem.doctors)
    group = everyone & {visit.required_doctor} if visit.required_doctor else everyone
    for segment in placement.segments:
        if not segment.doctor_time:
            continue
        start, end = to_minutes(segment.start), to_minutes(segment.end)
        if segment.doctor is not None or rule.kind is DoctorRuleKind.EXACT:
            yield Need(group, segment.doctor, start, end)
            continue
        first = start // rule.slot_minutes * rule.slot_minutes
        until = -(-end // rule.slot_minutes) * rule.slot_minutes
        for _ in group:
            yield Need(group, None, first, until)
