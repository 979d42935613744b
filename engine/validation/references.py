"""Names of things that are not there: people, chairs, procedures, classes, model days."""

from collections.abc import Iterator

from engine.practice import ANY_CLASS, Horizon, Problem, Role, Visit
from engine.problems import PracticeProblem
from engine.validation.codes import fault


def practice_references(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """References inside the practice and the policy."""
    practice = problem.practice
    for block in practice.staff_blocks:
        for id_ in block.staff:
            if id_ not in problem.staff:
                yield fault(
                    "unknown-staff",
                    f"staff {id_}",
                    f"a {block.kind} block names '{id_}', who is not on the staff",
                    "correct the id, or add the person",
                )
    for limit in practice.limits:
        for code in limit.procedures:
            if code not in problem.procedures:
                yield fault(
                    "unknown-procedure",
                    f"limit {limit.id}",
                    f"limits procedure '{code}', which the practice does not have",
                    "correct the code, or add the procedure",
                )
    model_days = {model_day.id for model_day in practice.model_days}
    for choice in practice.model_day_dates:
        if choice.model_day not in model_days:
            yield fault(
                "unknown-model-day",
                f"model day {choice.model_day}",
                f"{choice.date or choice.weekday} has model day '{choice.model_day}', which does "
                "not exist",
                f"use one of {', '.join(sorted(model_days)) or 'none: there are no model days'}",
            )
    for model_day in practice.model_days:
        for cell in model_day.cells:
            for column in cell.columns:
                if column not in problem.chairs:
                    yield fault(
                        "unknown-column",
                        f"cell {model_day.id}/{cell.id}",
                        f"stands on column '{column}', which is no chair",
                        f"use one of {', '.join(problem.chairs)}",
                    )
    yield from _classes(problem)


def _classes(problem: Problem) -> Iterator[PracticeProblem]:
    known = {procedure.procedure_class for procedure in problem.practice.procedures}
    for where, what, name in _class_names(problem):
        if name not in known:
            yield fault(
                "unknown-class",
                where,
                f"{what} '{name}', and no procedure is of that class",
                f"use one of {', '.join(sorted(known))}",
            )


def _class_names(problem: Problem) -> Iterator[tuple[str, str, str]]:
    practice = problem.practice
    for name in practice.overflow_classes:
        yield "practice", "overflow chairs take class", name
    for model_day in practice.model_days:
        for cell in model_day.cells:
            where = f"cell {model_day.id}/{cell.id}"
            yield where, "is for class", cell.procedure_class
            for name in cell.fallbacks:
                yield where, "falls back to class", name
            for step in cell.release or ():
                for name in step.accepts:
                    if name != ANY_CLASS:
                        yield where, "is released to class", name
        for quota in model_day.quotas:
            where = f"model day {model_day.id}"
            yield where, "has a quota for class", quota.procedure_class
    for ladder in problem.policy.release:
        yield "policy", "has a release ladder for class", ladder.procedure_class
        for step in ladder.steps:
            for name in step.accepts:
                if name != ANY_CLASS:
                    yield "policy", f"releases '{ladder.procedure_class}' to class", name


def visit_references(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """References of visits and bookings."""
    for visit in problem.visits:
        yield from _of_visit(problem, visit, f"visit {visit.id}", "visit")
    for booking in problem.bookings:
        where = f"booking {booking.visit.id}"
        yield from _of_visit(problem, booking.visit, where, "booking")
        if booking.chair is not None and booking.chair not in problem.chairs:
            yield fault(
                "booking-unknown-chair",
                where,
                f"is in chair '{booking.chair}', which the practice does not have",
                f"use one of {', '.join(problem.chairs)}; keep its time free until it is mended",
            )


def _of_visit(problem: Problem, visit: Visit, where: str, kind: str) -> Iterator[PracticeProblem]:
    procedure = problem.procedures.get(visit.procedure)
    if procedure is None:
        yield fault(
            f"{kind}-unknown-procedure",
            where,
            f"is for procedure '{visit.procedure}', which the practice does not have",
            "correct the code, or add the procedure to the practice",
        )
    doctors = {doctor.id for doctor in problem.doctors}
    doctors_text = ", ".join(sorted(doctors)) or "nobody: there is no doctor"
    if visit.required_doctor is not None:
        if visit.required_doctor not in problem.staff:
            yield fault(
                "required-doctor-unknown",
                where,
                f"requires doctor '{visit.required_doctor}', who is not on the staff",
                f"use one of {doctors_text}",
            )
        elif visit.required_doctor not in doctors:
            role = problem.staff[visit.required_doctor].role
            yield fault(
                "required-doctor-not-a-doctor",
                where,
                f"requires '{visit.required_doctor}' as doctor, whose role is {role}",
                f"use one of {doctors_text}",
            )
        elif procedure is not None and not any(
            segment.kind == "doctor" for stage in procedure.stages for segment in stage.segments
        ):
            yield fault(
                "required-doctor-idle",
                where,
                f"requires doctor '{visit.required_doctor}', and procedure '{procedure.code}' has "
                "no doctor time",
                "the requirement has no effect; drop it or choose another procedure",
            )
    if visit.preferred_doctor is not None and visit.preferred_doctor not in doctors:
        yield fault(
            "preferred-doctor-unknown",
            where,
            f"prefers doctor '{visit.preferred_doctor}', who is no doctor of the practice",
            f"the wish cannot be met; use one of {doctors_text}",
        )
    if visit.preferred_assistant is not None:
        person = problem.staff.get(visit.preferred_assistant)
        if person is None or person.role is Role.DOCTOR:
            yield fault(
                "preferred-assistant-unknown",
                where,
                f"prefers assistant '{visit.preferred_assistant}', who is not on the staff"
                if person is None
                else f"prefers assistant '{visit.preferred_assistant}', who is a doctor",
                "the wish cannot be met; correct the id",
            )
