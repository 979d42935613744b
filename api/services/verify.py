"""Holds a schedule against every rule."""

from api.wire.parsing import parse
from api.wire.verdict import Verdict, VerifyRequest
from engine.checker import check
from engine.problems import PracticeProblemsError, Severity
from engine.validation import problems_of


def verify(body: bytes) -> Verdict:
    """The judge's report. Raises PracticeProblemsError with everything that refuses the input."""
    request = parse(VerifyRequest, body)
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
