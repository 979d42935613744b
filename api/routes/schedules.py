"""Schedules: is this one right?"""

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict

from api.problem_documents import ProblemDocument
from engine.checker import Violation, check
from engine.practice import Problem
from engine.problems import PracticeProblemsError, Severity
from engine.schedule import Schedule
from engine.validation import problems_of

router = APIRouter(prefix="/v1/schedules", tags=["schedules"])


class VerifyRequest(BaseModel):
    """A question and somebody's answer to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    problem: Problem
    schedule: Schedule


class Verdict(BaseModel):
    """The judge's report: `ok` where no rule is broken by anything that is not inherited."""

    model_config = ConfigDict(frozen=True)

    ok: bool
    start: dt.date
    days: int
    violations: tuple[Violation, ...]
    inherited: tuple[Violation, ...]


_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemDocument, "description": description}
    for status, description in (
        (400, "The body is not JSON"),
        (413, "The body is too large"),
        (415, "The content type is not application/json"),
        (422, "The input has problems: all of them"),
    )
}


@router.post("/verify", responses=_ERRORS)
def verify(request: Annotated[VerifyRequest, Body()]) -> Verdict:
    """Checks a schedule against every rule, whoever made it. Raises every input problem at once."""
    faults = problems_of(request.problem, request.schedule.horizon)
    if any(fault.severity is Severity.REFUSED for fault in faults):
        raise PracticeProblemsError(
            fault for fault in faults if fault.severity is not Severity.NOTE
        )
    report = check(request.problem, request.schedule)
    return Verdict(
        ok=report.ok,
        start=request.schedule.start,
        days=request.schedule.days,
        violations=report.violations,
        inherited=report.inherited,
    )
