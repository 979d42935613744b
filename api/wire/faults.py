"""One fault of an input as it travels."""

from pydantic import BaseModel, ConfigDict

from engine.problems import PracticeProblem, Severity


class FaultOnWire(BaseModel):
    """The engine's problem, as it is."""

    model_config = ConfigDict(frozen=True)

    code: str
    where: str
    cause: str
    remedy: str
    severity: Severity


def on_wire(problem: PracticeProblem) -> FaultOnWire:
    """The fault of a problem."""
    return FaultOnWire(
        code=problem.code,
        where=problem.where,
        cause=problem.cause,
        remedy=problem.remedy,
        severity=problem.severity,
    )
