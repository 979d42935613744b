"""Takes goals into the queue."""

from api.services.service import Service
from api.services.submit import Asked, submit_asked
from api.store.callers import Caller
from api.wire.model_days import ModelDaySubmission
from api.wire.moments import monday_after
from api.wire.parsing import parse
from api.wire.run import RunMetadata
from api.wire.status import Operation

_MOST_QUESTIONS = 40
"""Solves of a build, each at most as long as the limit: types, costs, and other designs."""
_BESIDE_SOLVES = 600.0
_DAYS = 7


def submit_goals(
    service: Service, caller: Caller, body: bytes, request_key: str | None
) -> RunMetadata:
    """The run of a design. Faults of the goals stand in its `validation`."""
    submission = parse(ModelDaySubmission, body)
    limits = submission.limits
    asked = Asked(
        tags=submission.tags,
        external=dict(submission.external),
        start=monday_after(submission.problem.as_of.date()),
        days=_DAYS,
        seconds_allowed=limits.time_limit * limits.designs * _MOST_QUESTIONS + _BESIDE_SOLVES,
    )
    return submit_asked(service, caller, Operation.MODEL_DAYS, body, asked, request_key)
