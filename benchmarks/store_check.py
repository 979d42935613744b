"""Is a store of the service intact? Asked of the file or the database itself, beside the service.

SQLite, "PRAGMA Statements": integrity_check, foreign_key_check. PostgreSQL keeps its own keys.
"""

from sqlalchemy import Connection, func, select

from api.store.database import Database
from api.store.tables import ANSWERS, EVENTS, RUNS
from api.wire.status import FINAL, RunStatus


def faults_of(database: str) -> tuple[str, ...]:
    """What is wrong with it, one sentence each; empty where it is intact."""
    store = Database(database)
    try:
        with store.reading() as connection:
            own = _of_sqlite(connection) if store.is_sqlite else []
            return (*own, *_of_runs(connection))
    finally:
        store.close()


def _of_sqlite(connection: Connection) -> list[str]:
    told = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [line for line in told if line != "ok"] + [
        f"{row[0]}: a key leads nowhere" for row in lost
    ]


def _of_runs(connection: Connection) -> list[str]:
    """An answer of each completed run, events numbered from 1 on, nothing half-way at the end.

    Purged runs have neither any more.
    """
    kept = RUNS.c.purged_at.is_(None)
    unanswered = select(RUNS.c.id).where(
        kept,
        RUNS.c.status == RunStatus.COMPLETED.value,
        RUNS.c.id.not_in(select(ANSWERS.c.run)),
    )
    faults = [
        f"{run}: completed without an answer" for run in connection.execute(unanswered).scalars()
    ]
    numbered = (
        select(RUNS.c.id)
        .outerjoin(EVENTS, EVENTS.c.run == RUNS.c.id)
        .where(kept)
        .group_by(RUNS.c.id, RUNS.c.last_event)
        .having(
            (func.count(EVENTS.c.number) != RUNS.c.last_event)
            | (func.max(EVENTS.c.number) != RUNS.c.last_event)
            | (func.min(EVENTS.c.number) != 1)
        )
    )
    faults += [f"{run}: events are missing" for run in connection.execute(numbered).scalars()]
    half = select(RUNS.c.id).where(
        RUNS.c.status.in_(FINAL) & (RUNS.c.claim.is_not(None) | RUNS.c.ended_at.is_(None))
    )
    faults += [f"{run}: ended and still claimed" for run in connection.execute(half).scalars()]
    return faults
