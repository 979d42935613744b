"""Procedures that cannot be given as they are written."""

from collections.abc import Iterator

from engine.practice import (
    DoctorRuleKind,
    Horizon,
    Problem,
    Procedure,
    Role,
    SegmentKind,
    Stage,
    Supervision,
)
from engine.problems import PracticeProblem
from engine.units import overlap_minutes
from engine.validation.codes import fault
from engine.validation.segments import segment_faults
from engine.validation.wording import person_text, with_article


def procedure_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """Faults of every procedure, whether a visit needs it or not."""
    for procedure in problem.practice.procedures:
        begin = 0
        for number, stage in enumerate(procedure.stages, start=1):
            yield from segment_faults(problem, procedure, stage, begin)
            yield from _people_and_rooms(problem, procedure, stage, number)
            begin += stage.minutes
        yield from _doctor(problem, procedure)
    rule = problem.practice.doctor_rule
    if rule.kind is DoctorRuleKind.UNITS_PER_SLOT and rule.units * rule.unit_minutes > (
        rule.slot_minutes
    ):
        yield fault(
            "doctor-units-beyond-slot",
            "practice",
            f"a slot of {rule.slot_minutes} min has {rule.units} x {rule.unit_minutes} doctor min",
            "a doctor is counted in two places at once; lower the units if that is not meant",
        )


def _people_and_rooms(
    problem: Problem, procedure: Procedure, stage: Stage, number: int
) -> Iterator[PracticeProblem]:
    where, what = f"procedure {procedure.code}", f"stage {number}"
    if stage.role is Role.DOCTOR:
        yield fault(
            "doctor-role-in-stage",
            where,
            f"{what} has the doctor as its staff member",
            "leave the role empty and make the segments doctor segments",
        )
    elif stage.role is not None:
        if not any(serves(person.role, person.skills, stage) for person in problem.practice.staff):
            yield fault(
                "procedure-without-staff",
                where,
                f"{what} needs {person_text(stage.role, stage.skill)}, and nobody on the staff is "
                "one",
                "give somebody the skill, add a person, or take the procedure out",
            )
    else:
        if stage.skill is not None:
            yield fault(
                "skill-without-role",
                where,
                f"{what} asks for skill '{stage.skill}' and has no role",
                "name the role that needs the skill, or drop the skill",
            )
        if any(segment.kind is SegmentKind.ASSISTANT for segment in stage.segments):
            yield fault(
                "assistant-time-without-role",
                where,
                f"{what} has assistant time and no role: nobody is with the patient",
                "name the role, or make it doctor time",
            )
        if stage.turnover_minutes and stage.chair_kind is None:
            yield fault(
                "turnover-of-nothing",
                where,
                f"{what} has {stage.turnover_minutes} min turnover, and neither chair nor staff",
                "set the turnover to 0; it has no effect",
            )
    if stage.chair_kind is not None:
        of_kind = [chair for chair in problem.practice.chairs if chair.kind is stage.chair_kind]
        takes_overflow = procedure.procedure_class in problem.practice.overflow_classes
        if not any(takes_overflow or not chair.overflow for chair in of_kind):
            found = ", ".join(chair.id for chair in of_kind)
            yield fault(
                "procedure-without-chair",
                where,
                f"{what} needs {with_article(stage.chair_kind)} chair, and "
                + (
                    f"all there are ({found}) are overflow chairs that do not take class "
                    f"'{procedure.procedure_class}'"
                    if found
                    else "there is none"
                ),
                "add a chair of the kind, let overflow chairs take the class, or take the "
                "procedure out",
            )


def serves(role: Role, skills: tuple[str, ...], stage: Stage) -> bool:
    """True where a person of this role and these skills can serve the stage."""
    return role is stage.role and (stage.skill is None or stage.skill in skills)


def _doctor(problem: Problem, procedure: Procedure) -> Iterator[PracticeProblem]:
    lengths = [
        segment.minutes
        for stage in procedure.stages
        for segment in stage.segments
        if segment.kind is SegmentKind.DOCTOR
    ]
    where = f"procedure {procedure.code}"
    if not problem.doctors and (lengths or procedure.supervision is Supervision.DIRECT):
        yield fault(
            "procedure-without-doctor",
            where,
            ("has doctor time" if lengths else "needs direct supervision")
            + ", and nobody on the staff is a doctor",
            "add the doctor to the staff",
        )
    rule = problem.practice.doctor_rule
    if rule.kind is DoctorRuleKind.UNITS_PER_SLOT:
        most = rule.units * rule.unit_minutes
        for minutes in lengths:
            if not _fits_units(minutes, rule.slot_minutes, most, problem.practice.grid_minutes):
                yield fault(
                    "doctor-units-too-few",
                    where,
                    f"{minutes} min of doctor time at a stretch cannot be given at {most} min in "
                    f"each slot of {rule.slot_minutes} min",
                    "raise the units of a slot, or count doctor time exactly",
                )


def _fits_units(minutes: int, slot: int, most: int, grid: int) -> bool:
    """True where some start on the grid leaves at most `most` minutes in every slot."""
    return any(
        all(
            overlap_minutes((start, start + minutes), (border, border + slot)) <= most
            for border in range(0, start + minutes, slot)
        )
        for start in range(0, slot * grid, grid)
    )
