"""Takes scenarios into the queue, and hands out what came of them."""

from api.services.service import Service
from api.services.submit import REPRODUCIBLE_PATIENCE, Asked, submit_asked
from api.store.callers import Caller
from api.wire.moments import monday_after
from api.wire.parsing import parse
from api.wire.run import RunMetadata
from api.wire.status import Operation
from api.wire.what_if import WhatIfSubmission
from engine.what_if.scenarios import USUAL

_BESIDE_SOLVES = 600.0
"""Seconds for validation and the page, beside bounds and full solves."""
_BOUND_SECONDS, _BOUND_SECONDS_OF_A_VISIT = 10.0, 0.1
"""Of one bound with the usual steps, at least and for its visits, on a busy machine that does one
after the other."""


def submit_scenarios(
    service: Service, caller: Caller, body: bytes, request_key: str | None
) -> RunMetadata:
    """The run of a comparison. Faults of scenarios stand in its `validation`."""
    submission = parse(WhatIfSubmission, body)
    settings = submission.settings
    named = sum(scenario.confirm for scenario in submission.scenarios)
    in_full = min(len(submission.scenarios), settings.confirm + named)
    # The base twice: from nothing, and from its own schedule as the scenarios are.
    solves = (in_full + 2) * settings.repeats
    # And everything is screened, the base as well.
    bounds = (len(submission.scenarios) + 1) * _bound_seconds(submission)
    patience = REPRODUCIBLE_PATIENCE if settings.reproducible else 1.0
    asked = Asked(
        tags=submission.tags,
        external=dict(submission.external),
        start=settings.start or monday_after(submission.problem.as_of.date()),
        days=settings.days,
        seconds_allowed=solves * settings.seconds * patience + bounds + _BESIDE_SOLVES,
    )
    return submit_asked(service, caller, Operation.WHAT_IF, body, asked, request_key)


def _bound_seconds(submission: WhatIfSubmission) -> float:
    visits = len(submission.problem.visits) + len(submission.problem.bookings)
    usual = max(_BOUND_SECONDS, visits * _BOUND_SECONDS_OF_A_VISIT)
    return usual * submission.settings.steps / USUAL.steps
