"""Takes scenarios into the queue, and hands out what came of them."""

import datetime as dt

from api.services.read import row_of
from api.services.service import Service
from api.services.submit import Asked, submit_asked
from api.store import runs
from api.store.callers import Caller
from api.wire.comparison import ComparisonOnWire
from api.wire.parsing import parse
from api.wire.refusal import Refusal
from api.wire.run import Answer, RunMetadata
from api.wire.status import Operation
from api.wire.what_if import WhatIfSubmission

_BESIDE_SOLVES = 600.0
"""Seconds for validation, screening and the page, beside the full solves."""


def submit_scenarios(
    service: Service, caller: Caller, body: bytes, request_key: str | None
) -> RunMetadata:
    """The run of a comparison. Faults of scenarios stand in its `validation`."""
    submission = parse(WhatIfSubmission, body)
    settings = submission.settings
    solves = (len(submission.scenarios) + 1) * settings.repeats
    asked = Asked(
        tags=submission.tags,
        external=dict(submission.external),
        start=settings.start or _monday_after(submission.problem.as_of.date()),
        days=settings.days,
        seconds_allowed=solves * settings.seconds + _BESIDE_SOLVES,
    )
    return submit_asked(service, caller, Operation.WHAT_IF, body, asked, request_key)


def read_comparison(service: Service, caller: Caller, run: str) -> ComparisonOnWire:
    """The comparison. Refusal (409) while there is none."""
    found = _answer(service, caller, run).comparison
    if found is None:
        raise _none()
    return found


def read_page(service: Service, caller: Caller, run: str) -> str:
    """The comparison as a page."""
    found = _answer(service, caller, run).page
    if found is None:
        raise _none()
    return found


def _answer(service: Service, caller: Caller, run: str) -> Answer:
    with service.database.reading() as connection:
        row = row_of(connection, caller, run)
        answer = runs.answer_of(connection, run)
    if row["purged_at"] is not None:
        raise Refusal(410, "purged", "The comparison was removed when its time was over.")
    if answer is None:
        raise _none()
    return answer


def _none() -> Refusal:
    return Refusal(409, "no-comparison", "The run has no comparison, or none yet.")


def _monday_after(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=7 - day.weekday())
