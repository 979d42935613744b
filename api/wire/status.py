"""The states of a run, and what may be asked for."""

from enum import StrEnum
from typing import Literal, get_args


class RunStatus(StrEnum):
    """Where a run stands. The first three go on, the others are final."""

    QUEUED = "queued"
    """Waits for a worker process."""
    SOLVING = "solving"
    """A worker process is at it."""
    INTERRUPTED = "interrupted"
    """Its worker or its server is gone; it waits to go on from its best schedule."""
    COMPLETED = "completed"
    """Done."""
    STOPPED = "stopped"
    """Stopped early; the best schedule so far, if there was one, is its answer."""
    INFEASIBLE = "infeasible"
    """There is no schedule: frozen bookings lose what they need."""
    FAILED = "failed"
    """The input has problems (`validation` lists them), or the service could not solve it."""


WAITING = (RunStatus.QUEUED, RunStatus.INTERRUPTED)
"""A worker may take a run in these."""

FINAL = (RunStatus.COMPLETED, RunStatus.STOPPED, RunStatus.INFEASIBLE, RunStatus.FAILED)
"""Nothing changes any more in these."""


class Operation(StrEnum):
    """What a run does with its input."""

    SOLVE = "solve"
    VALIDATE = "validate"
    MEASURE = "measure"
    EXPLAIN = "explain"
    WHAT_IF = "what-if"
    MODEL_DAYS = "model-days"
    REPAIR = "repair"


SHORT = frozenset({Operation.VALIDATE, Operation.MEASURE})
"""Seconds at most: they need not wait behind runs that search."""


OfASchedule = Literal["solve", "validate", "measure", "explain"]
"""Operations on a submission; a comparison has a body of its own."""

OF_A_SUBMISSION = frozenset(map(Operation, get_args(OfASchedule)))
"""The same as a set."""


class Failure(StrEnum):
    """Why a run failed."""

    INPUT = "input"
    """The input has problems: `validation` lists them."""
    NO_SCHEDULE = "no-schedule"
    """No schedule was found in the time, and it is not known that there is none."""
    WORKER_LOST = "worker-lost"
    """Its worker process died or hung every time."""
    INTERNAL = "internal"
    """A fault of the service."""
