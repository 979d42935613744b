"""Runs: kept, found, listed, and ended."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Connection,
    RowMapping,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from api.store import events, progress
from api.store.packing import pack, unpack
from api.store.tables import ANSWERS, INCUMBENTS, INPUTS, RUNS, TAGS
from api.wire.events import StatusEvent
from api.wire.faults import FaultOnWire
from api.wire.run import Answer, Incumbent
from api.wire.status import FINAL, WAITING, Failure, Operation, RunStatus

_FAULTS = TypeAdapter(tuple[FaultOnWire, ...])

# Made once: making a statement of so many columns takes longer than asking it.
_OF_PRACTICE = select(RUNS).where(
    RUNS.c.id == bindparam("run_id"), RUNS.c.practice == bindparam("of_practice")
)
_WITH_TAGS = (
    _OF_PRACTICE.add_columns(TAGS.c.tag)
    .outerjoin(TAGS, TAGS.c.run == RUNS.c.id)
    .order_by(TAGS.c.tag)
)


@dataclass(frozen=True, slots=True)
class NewRun:
    """A run to be kept. `body`: the JSON of the submission as it came.

    `seconds_allowed`: how long a worker may search before it counts as hung.
    """

    id: str
    practice: str
    api_key: str
    operation: Operation
    parent: str | None
    tags: tuple[str, ...]
    external: dict[str, Any]
    start: str
    days: int
    seconds_allowed: float
    body: bytes


def keep(connection: Connection, run: NewRun, now: int) -> None:
    """Write a run with its input; it waits from now on."""
    connection.execute(
        insert(RUNS).values(
            id=run.id,
            practice=run.practice,
            api_key=run.api_key,
            operation=run.operation.value,
            status=RunStatus.QUEUED.value,
            parent=run.parent,
            external=json.dumps(run.external),
            start=run.start,
            days=run.days,
            seconds_allowed=run.seconds_allowed,
            created_at=now,
        )
    )
    connection.execute(insert(INPUTS).values(run=run.id, body=pack(run.body)))
    if run.tags:
        tags = [{"run": run.id, "tag": tag} for tag in dict.fromkeys(run.tags)]
        connection.execute(insert(TAGS), tags)
    events.tell(connection, run.id, StatusEvent(status=RunStatus.QUEUED), now)


def find(connection: Connection, practice: str, run: str) -> RowMapping | None:
    """The row of a practice's run; None where it is not there or another practice's."""
    told = {"run_id": run, "of_practice": practice}
    return connection.execute(_OF_PRACTICE, told).mappings().first()


def find_with_tags(
    connection: Connection, practice: str, run: str
) -> tuple[RowMapping, tuple[str, ...]] | None:
    """The same with its tags, in the order of the alphabet."""
    told = {"run_id": run, "of_practice": practice}
    rows = connection.execute(_WITH_TAGS, told).mappings().all()
    if not rows:
        return None
    return rows[0], tuple(row["tag"] for row in rows if row["tag"] is not None)


def row_of(connection: Connection, run: str) -> RowMapping:
    """The row of a run, whosever it is: for the service's own use."""
    return connection.execute(select(RUNS).where(RUNS.c.id == run)).mappings().one()


def page(
    connection: Connection,
    practice: str,
    *,
    before: int | None,
    limit: int,
    status: RunStatus | None,
    tag: str | None,
) -> list[RowMapping]:
    """Up to `limit` runs of a practice, the newest first, with numbers below `before`."""
    asked: Select[Any] = select(RUNS).where(RUNS.c.practice == practice)
    if before is not None:
        asked = asked.where(RUNS.c.number < before)
    if status is not None:
        asked = asked.where(RUNS.c.status == status.value)
    if tag is not None:
        asked = asked.where(RUNS.c.id.in_(select(TAGS.c.run).where(TAGS.c.tag == tag)))
    return list(connection.execute(asked.order_by(RUNS.c.number.desc()).limit(limit)).mappings())


def tags_of(connection: Connection, runs: list[str]) -> dict[str, tuple[str, ...]]:
    """Tags by run, in the order of the alphabet."""
    asked = select(TAGS).where(TAGS.c.run.in_(runs)).order_by(TAGS.c.tag)
    found: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(asked):
        found[row.run] = (*found.get(row.run, ()), row.tag)
    return found


def count_by_status(connection: Connection) -> dict[RunStatus, int]:
    """How many runs of all practices are in each status."""
    asked = select(RUNS.c.status, func.count()).group_by(RUNS.c.status)
    return {RunStatus(status): count for status, count in connection.execute(asked)}


def count_waiting(
    connection: Connection, api_key: str | None = None, *, only: Collection[Operation] | None = None
) -> int:
    """How many runs wait, of one key or of all; `only`: of these operations."""
    asked = select(func.count()).select_from(RUNS).where(RUNS.c.status.in_(WAITING))
    if api_key is not None:
        asked = asked.where(RUNS.c.api_key == api_key)
    if only is not None:
        asked = asked.where(RUNS.c.operation.in_(only))
    return connection.execute(asked).scalar_one()


def ask_to_stop(connection: Connection, row: RowMapping, now: int) -> None:
    """A waiting run is stopped at once, one under way by its worker; a final one stays."""
    asked = update(RUNS).where(RUNS.c.id == row["id"])
    waiting = asked.where(RUNS.c.status.in_(WAITING)).values(
        status=RunStatus.STOPPED.value, ended_at=now, stop_asked=True
    )
    if connection.execute(waiting).rowcount:
        events.tell(connection, row["id"], StatusEvent(status=RunStatus.STOPPED), now)
    else:
        connection.execute(asked.where(RUNS.c.status.not_in(FINAL)).values(stop_asked=True))


def input_of(connection: Connection, run: str) -> bytes | None:
    """The submission as it came; None once it is purged."""
    packed = connection.execute(select(INPUTS.c.body).where(INPUTS.c.run == run)).scalar()
    return None if packed is None else unpack(packed)


def keep_validation(connection: Connection, run: str, found: Sequence[FaultOnWire]) -> None:
    """What a worker has found wrong with the input, before the run has an answer."""
    body = pack(_FAULTS.dump_json(tuple(found)))
    connection.execute(update(INPUTS).where(INPUTS.c.run == run).values(validation=body))


def validation_of(connection: Connection, run: str) -> tuple[FaultOnWire, ...] | None:
    """The same; None until it was looked at, and once it is purged."""
    packed = connection.execute(select(INPUTS.c.validation).where(INPUTS.c.run == run)).scalar()
    return None if packed is None else _FAULTS.validate_json(unpack(packed))


def incumbent_of(connection: Connection, run: str) -> Incumbent | None:
    """The best checked schedule so far."""
    packed = connection.execute(select(INCUMBENTS.c.body).where(INCUMBENTS.c.run == run)).scalar()
    return None if packed is None else Incumbent.model_validate_json(unpack(packed))


def answer_of(connection: Connection, run: str) -> Answer | None:
    """What was published at the end."""
    packed = connection.execute(select(ANSWERS.c.body).where(ANSWERS.c.run == run)).scalar()
    return None if packed is None else Answer.model_validate_json(unpack(packed))


def certificate_of(connection: Connection, run: str) -> bytes | None:
    """The certificate of its schedule, as JSON."""
    asked = select(ANSWERS.c.certificate).where(ANSWERS.c.run == run)
    packed = connection.execute(asked).scalar()
    return None if packed is None else unpack(packed)


def keep_incumbent(connection: Connection, run: str, incumbent: Incumbent) -> None:
    """Take the place of the best schedule before it."""
    connection.execute(delete(INCUMBENTS).where(INCUMBENTS.c.run == run))
    body = pack(incumbent.model_dump_json().encode())
    connection.execute(insert(INCUMBENTS).values(run=run, seconds=incumbent.seconds, body=body))


def end(
    connection: Connection,
    run: str,
    status: RunStatus,
    now: int,
    *,
    failure: Failure | None = None,
    answer: Answer | None = None,
) -> None:
    """Write the answer and the final status; the caller has made sure that the run is its own."""
    connection.execute(
        update(RUNS)
        .where(RUNS.c.id == run)
        .values(
            status=status.value,
            failure=None if failure is None else failure.value,
            ended_at=now,
            claim=None,
        )
    )
    if answer is not None:
        if answer.result is not None:
            progress.keep_result(connection, run, answer.result)
        body = pack(answer.model_dump_json().encode())
        papers = answer.certificate
        proof = None if papers is None else pack(papers.model_dump_json().encode())
        connection.execute(insert(ANSWERS).values(run=run, body=body, certificate=proof))
    events.tell(connection, run, StatusEvent(status=status, failure=failure), now)
