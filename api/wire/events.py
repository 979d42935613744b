"""What is told of a run while it goes on. No event holds an id of a patient or a date."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.wire.status import Failure, RunStatus


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True)


class StatusEvent(_Event):
    """The run has another status; after a final one nothing more comes."""

    kind: Literal["status"] = "status"
    status: RunStatus
    failure: Failure | None = None


class ProgressEvent(_Event):
    """A better schedule or a higher bound. Seconds of search; objective and bound in points."""

    kind: Literal["progress"] = "progress"
    seconds: float
    objective: float | None
    bound: float | None
    gap: float | None
    by: str


class CheckedEvent(_Event):
    """The input of a fill was checked: the run's `validation` lists so many problems."""

    kind: Literal["checked"] = "checked"
    problems: int


class StepEvent(_Event):
    """One more step is done of a run that has steps: a bound or a solve of a scenario."""

    kind: Literal["step"] = "step"
    done: int


Event = Annotated[
    StatusEvent | CheckedEvent | ProgressEvent | StepEvent, Field(discriminator="kind")
]
"""Any of them."""
