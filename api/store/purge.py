"""Removes what may not be kept: inputs, schedules and events of runs that ended long ago."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, select, update

from api.store.tables import ANSWERS, EVENTS, HOLDS, IDEMPOTENCY, INCUMBENTS, INPUTS, RUNS
from api.wire.status import WAITING, RunStatus


def purge(connection: Connection, ended_before: int, now: int) -> int:
    """How many runs lost their content. Their rows stay, without dates of visits.

    A run that has waited as long is stopped: nobody solves here, and its input may not stay.
    """
    forgotten = RUNS.c.status.in_(WAITING) & (RUNS.c.created_at < ended_before)
    connection.execute(
        update(RUNS)
        .where(forgotten)
        .values(status=RunStatus.STOPPED.value, ended_at=RUNS.c.created_at)
    )
    due = select(RUNS.c.id).where(RUNS.c.ended_at < ended_before, RUNS.c.purged_at.is_(None))
    runs = list(connection.execute(due).scalars())
    for table in (INPUTS, INCUMBENTS, ANSWERS, EVENTS, HOLDS, IDEMPOTENCY):
        connection.execute(delete(table).where(table.c.run.in_(runs)))
    # The number of the last event is what the ETag is made of: there is less to be told now.
    gone = {"purged_at": now, "external": "{}", "last_event": RUNS.c.last_event + 1}
    connection.execute(update(RUNS).where(RUNS.c.id.in_(runs)).values(gone))
    return len(runs)


def purged_of(connection: Connection, runs: Collection[str]) -> tuple[str, ...]:
    """Those of the runs that have no content any more."""
    asked = select(RUNS.c.id).where(RUNS.c.id.in_(runs), RUNS.c.purged_at.is_not(None))
    return tuple(connection.execute(asked).scalars())
