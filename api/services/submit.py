"""Takes a submission into the queue, once for each Idempotency-Key."""

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, RowMapping

from api.clock import now_ms
from api.services.service import Service
from api.services.view import metadata_of
from api.store import audit, idempotency, runs
from api.store.callers import Caller
from api.wire.parsing import parse
from api.wire.refusal import Refusal
from api.wire.run import RunMetadata
from api.wire.status import Operation
from api.wire.submission import Submission

_OF_A_SCHEDULE = (Operation.MEASURE, Operation.EXPLAIN)
REPRODUCIBLE_PATIENCE = 10.0
"""The limit of a reproducible run is solver work, not seconds: it may take so much longer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the queue has to know of a body. `seconds_allowed`: beyond them a worker hangs."""

    tags: tuple[str, ...]
    external: dict[str, Any]
    start: dt.date
    days: int
    seconds_allowed: float


def submit(
    service: Service,
    caller: Caller,
    operation: Operation,
    body: bytes,
    request_key: str | None = None,
    parent: str | None = None,
    request: bytes | None = None,
) -> RunMetadata:
    """The run of a submission, new or the one that the same request made before.

    `request`: what was sent, where the submission was made from something else.

    Raises PracticeProblemsError for type faults; what else is wrong with the question stands in
    the run's `validation`. Refusal: not JSON, another body under the same key, or a full queue.
    """
    submission = parse(Submission, body)
    if operation in _OF_A_SCHEDULE and submission.schedule is None:
        raise Refusal(422, "schedule-missing", f"There is no `schedule` to {operation.value}.")
    limits = submission.limits
    patience = REPRODUCIBLE_PATIENCE if limits.reproducible else 1.0
    asked = Asked(
        tags=submission.tags,
        external=dict(submission.external),
        start=submission.dates.start,
        days=submission.dates.days,
        seconds_allowed=limits.time_limit * patience,
    )
    return submit_asked(
        service, caller, operation, body, asked, request_key, parent=parent, request=request
    )


def submit_asked(
    service: Service,
    caller: Caller,
    operation: Operation,
    body: bytes,
    asked: Asked,
    request_key: str | None = None,
    *,
    parent: str | None = None,
    request: bytes | None = None,
) -> RunMetadata:
    """The same for a body of any kind, of which the queue knows no more than `asked`.

    Refusal (422) also where it could keep a worker for longer than the settings allow.
    """
    if asked.seconds_allowed > service.settings.most_seconds:
        detail = "This may take longer than the service allows; ask for less, or shorter solves."
        raise Refusal(422, "too-long", detail)
    sent = body if request is None else request
    digest = sha256(f"{operation} {parent} ".encode() + sent).hexdigest()
    run = _new(caller, operation, asked, body, parent)
    try:
        found = _kept_once(service, caller, run, request_key, digest)
    except _LaterError:  # nothing was kept: what the other request made is there now
        found = _kept_once(service, caller, run, request_key, digest)
    service.keeper.wake()
    return found


class _LaterError(Exception):
    """The same Idempotency-Key came twice at one moment, and the other one was sooner."""


def _kept_once(
    service: Service, caller: Caller, run: runs.NewRun, request_key: str | None, digest: str
) -> RunMetadata:
    """The run, or the one that the key stands for."""
    now = now_ms()
    with service.database.writing() as connection:
        row = _earlier(connection, caller, request_key, digest)
        if row is None:
            row = _keep(service, connection, caller, run, now)
            if request_key is not None and not idempotency.remember(
                connection, caller.practice, request_key, digest, run.id, now
            ):
                raise _LaterError
        return metadata_of(row, runs.tags_of(connection, [row["id"]]).get(row["id"], ()))


def _new(
    caller: Caller,
    operation: Operation,
    asked: Asked,
    body: bytes,
    parent: str | None,
) -> runs.NewRun:
    return runs.NewRun(
        id=f"run_{token_hex(12)}",
        practice=caller.practice,
        api_key=caller.key,
        operation=operation,
        parent=parent,
        tags=asked.tags,
        external=asked.external,
        start=asked.start.isoformat(),
        days=asked.days,
        seconds_allowed=asked.seconds_allowed,
        body=body,
    )


def _earlier(
    connection: Connection, caller: Caller, request_key: str | None, digest: str
) -> RowMapping | None:
    if request_key is None:
        return None
    before = idempotency.earlier(connection, caller.practice, request_key)
    if before is None:
        return None
    if before["digest"] != digest:
        detail = "This Idempotency-Key was used for another request."
        raise Refusal(422, "idempotency-key-reused", detail)
    return runs.row_of(connection, before["run"])


def _keep(
    service: Service,
    connection: Connection,
    caller: Caller,
    run: runs.NewRun,
    now: int,
) -> RowMapping:
    settings = service.settings
    full = runs.count_waiting(connection) >= settings.queue_limit
    if full or runs.count_waiting(connection, caller.key) >= settings.key_queue_limit:
        detail = "Too many runs are waiting; come back later."
        raise Refusal(429, "queue-full", detail, {"Retry-After": str(settings.retry_after_seconds)})
    runs.keep(connection, run, now)
    audit.note(connection, caller, run.operation.value, run.id, now)
    return runs.row_of(connection, run.id)
