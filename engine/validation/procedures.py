"""Procedures that cannot be given as they are written, and daily limits that limit oddly."""

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


def procedure_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """Faults of every procedure, whether a visit needs it or not."""
    for procedure in problem.practice.procedures:
        begin = 0
        for number, stage in enumerate(procedure.stages, start=1):
            yield from _segments(problem, procedure, stage, begin)
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


def _segments(
    problem: Problem, procedure: Procedure, stage: Stage, begin: int
) -> Iterator[PracticeProblem]:
    where, grid = f"procedure {procedure.code}", problem.practice.grid_minutes
    stage_end = begin + stage.minutes
    borders = [begin]
    for segment in stage.segments:
        borders.append(borders[-1] + segment.minutes)
    for index, segment in enumerate(stage.segments):
        start, end = borders[index], borders[index + 1]
        if segment.minutes % grid:
            yield fault(
                "segment-off-grid",
                where,
                f"{segment.kind} segment [{start}, {end}) min is {segment.minutes} min long, off "
                f"the {grid} min grid",
                f"make it a multiple of {grid} min, or choose a finer grid",
            )
        if segment.kind is not SegmentKind.DOCTOR:
            continue
        if segment.float_minutes % grid:
            yield fault(
                "float-off-grid",
                where,
                f"doctor segment [{start}, {end}) min floats by {segment.float_minutes} min, off "
                f"the {grid} min grid",
                "the minutes beyond the last whole step are not used",
            )
        latest = (start + segment.float_minutes, end + segment.float_minutes)
        if latest[1] > stage_end:
            yield fault(
                "float-leaves-stage",
                where,
                f"doctor segment [{latest[0]}, {latest[1]}) min, late by its float, leaves the "
                f"stage [{begin}, {stage_end}) min",
                f"let it float by at most {stage_end - end} min",
            )
        following = (
            borders[at]
            for at in range(index + 1, len(stage.segments))
            if stage.segments[at].kind is SegmentKind.DOCTOR
        )
        next_start = next(following, None)
        if next_start is not None and latest[1] > next_start:
            yield fault(
                "float-overlaps-doctor",
                where,
                f"doctor segment [{latest[0]}, {latest[1]}) min, late by its float, overlaps the "
                f"next doctor segment at minute {next_start}",
                f"let it float by at most {next_start - end} min",
            )
    if stage.turnover_minutes % grid:
        yield fault(
            "turnover-off-grid",
            where,
            f"turnover of {stage.turnover_minutes} min after [{begin}, {stage_end}) min is off the "
            f"{grid} min grid",
            f"make it a multiple of {grid} min",
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
        skilled = f" with skill '{stage.skill}'" if stage.skill is not None else ""
        if not any(serves(person.role, person.skills, stage) for person in problem.practice.staff):
            yield fault(
                "procedure-without-staff",
                where,
                f"{what} needs a {stage.role}{skilled}, and nobody on the staff is one",
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
                f"{what} needs a {stage.chair_kind} chair, and "
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


def limit_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """Daily limits without a number, or with the number 0."""
    for limit in problem.practice.limits:
        if limit.per_day is None and limit.at_once is None:
            yield fault(
                "limit-without-number",
                f"limit {limit.id}",
                "has neither a number a day nor a number at once",
                "give one of the two, or take the limit out",
            )
        if limit.per_day == 0 or limit.at_once == 0:
            yield fault(
                "limit-zero",
                f"limit {limit.id}",
                f"allows 0 visits of {', '.join(limit.procedures)}: none of them can be placed",
                "raise the limit if that is not meant",
            )
