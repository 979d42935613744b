"""Reads runs: their metadata, their content, and lists of them."""

import base64
import binascii
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping

from api.services.service import Service
from api.services.view import etag_of, metadata_of
from api.store import runs
from api.store.callers import Caller
from api.wire.parsing import parse
from api.wire.refusal import Refusal, not_found, purged
from api.wire.run import Run, RunList, RunMetadata
from api.wire.status import FINAL, RunStatus
from api.wire.submission import Limits, Submission
from engine.practice import Problem
from engine.schedule import Schedule
from engine.validation import put_aside


@dataclass(frozen=True, slots=True)
class Answered:
    """A schedule with the question that it answers, and the limits of the search for it.

    `held`: visits that keep their times, although nobody has answered yet. `as_published`: nothing
    was given to callers since.
    """

    problem: Problem
    schedule: Schedule
    run: Run
    limits: Limits
    held: tuple[str, ...] = ()
    as_published: bool = True


def row_of(connection: Connection, caller: Caller, run: str) -> RowMapping:
    """The row of a run of the caller's practice. Refusal (404) for every other one."""
    row = runs.find(connection, caller.practice, run)
    if row is None:
        raise not_found()
    return row


def tagged_row_of(
    connection: Connection, caller: Caller, run: str
) -> tuple[RowMapping, tuple[str, ...]]:
    """The same with the run's tags."""
    found = runs.find_with_tags(connection, caller.practice, run)
    if found is None:
        raise not_found()
    return found


def read_metadata(service: Service, caller: Caller, run: str) -> tuple[RunMetadata, str]:
    """What is known of a run, and its ETag."""
    with service.database.reading() as connection:
        row, tags = tagged_row_of(connection, caller, run)
    return metadata_of(row, tags), etag_of(row)


def read_run(service: Service, caller: Caller, run: str) -> tuple[Run, str]:
    """The run with its answer, or with the best schedule so far, and its ETag."""
    found, etag, _ = _read(service, caller, run)
    return found, etag


def _read(service: Service, caller: Caller, run: str) -> tuple[Run, str, str | None]:
    """The same, and what the schedule answers where it is not the input's question, as JSON."""
    with service.database.reading() as connection:
        row, tags = tagged_row_of(connection, caller, run)
        answer = runs.answer_of(connection, run)
        found_wrong = runs.validation_of(connection, run) if answer is None else answer.validation
        # A run that ended without an answer may have found something all the same.
        best = None
        if answer is None or answer.schedule is None:
            best = runs.incumbent_of(connection, run)
    metadata = metadata_of(row, tags)
    common = {
        "metadata": metadata,
        "floor": metadata.floor,
        "bound": metadata.bound,
        "gap": metadata.gap,
        "validation": found_wrong,
        "result": None if answer is None else answer.result,
        "explanations": None if answer is None else answer.explanations,
    }
    if best is not None:
        found = Run(**common, kpis=best.kpis, objective=best.objective, schedule=best.schedule)
    elif answer is not None:
        found = Run(
            **common,
            kpis=answer.kpis,
            figures=answer.figures,
            objective=answer.objective,
            schedule=answer.schedule,
            certified_gap=None if answer.result is None else answer.result.certified_gap,
            repair=answer.repair,
        )
    else:
        found = Run(**common)
    return found, etag_of(row), None if answer is None else answer.question


def written_run(service: Service, caller: Caller, run: str) -> tuple[bytes, str]:
    """The same as JSON."""
    with service.database.reading() as connection:
        row = row_of(connection, caller, run)
    if row["purged_at"] is not None:
        service.written.forget(run)
    settled = row["status"] in FINAL and row["purged_at"] is None
    body = service.written.of(run) if settled else None
    if body is not None:
        return body, etag_of(row)
    found, etag = read_run(service, caller, run)
    body = found.model_dump_json(by_alias=True).encode()
    if settled:
        service.written.keep(run, body)
    return body, etag


def read_input(service: Service, caller: Caller, run: str) -> bytes:
    """The submission as it came."""
    with service.database.reading() as connection:
        row_of(connection, caller, run)
        body = runs.input_of(connection, run)
    if body is None:
        raise purged()
    return body


def read_answered(service: Service, caller: Caller, run: str) -> Answered:
    """The schedule so far with its question. Refusal (409) while there is none."""
    found, _, question = _read(service, caller, run)
    body = read_input(service, caller, run)
    if found.schedule is None:
        raise Refusal(409, "no-schedule", "The run has no schedule, or none yet.")
    if question is not None:
        problem = Problem.model_validate_json(question)
        return Answered(problem, found.schedule, found, Limits())
    submission = parse(Submission, body)
    problem, _faults = put_aside(submission.problem, found.schedule.horizon)
    return Answered(problem, found.schedule, found, submission.limits, submission.held)


def list_runs(
    service: Service,
    caller: Caller,
    *,
    cursor: str | None,
    limit: int,
    status: RunStatus | None,
    tag: str | None,
) -> RunList:
    """A page of the practice's runs, the newest first."""
    before = None if cursor is None else _number_of(cursor)
    with service.database.reading() as connection:
        rows = runs.page(
            connection, caller.practice, before=before, limit=limit + 1, status=status, tag=tag
        )
        tags = runs.tags_of(connection, [row["id"] for row in rows])
    shown = rows[:limit]
    return RunList(
        runs=tuple(metadata_of(row, tags.get(row["id"], ())) for row in shown),
        next=_cursor_of(shown[-1]["number"]) if len(rows) > limit else None,
    )


def _cursor_of(number: int) -> str:
    return base64.urlsafe_b64encode(f"n{number}".encode()).decode().rstrip("=")


def _number_of(cursor: str) -> int:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        text = ""
    if not (text.startswith("n") and text[1:].isdigit() and len(text) < 20):
        raise Refusal(400, "cursor", "This is not the cursor of a page.")
    return int(text[1:])
