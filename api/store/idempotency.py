"""The same request sent twice makes one run."""

from sqlalchemy import Connection, RowMapping, select

from api.store.insert_once import insert_once
from api.store.tables import IDEMPOTENCY


def earlier(connection: Connection, practice: str, request_key: str) -> RowMapping | None:
    """What was asked under this key before."""
    asked = select(IDEMPOTENCY).where(
        IDEMPOTENCY.c.practice == practice, IDEMPOTENCY.c.request_key == request_key
    )
    return connection.execute(asked).mappings().first()


def remember(
    connection: Connection, practice: str, request_key: str, digest: str, run: str, now: int
) -> bool:
    """This key now stands for that run. False: another request of the same moment was sooner."""
    row = {
        "practice": practice,
        "request_key": request_key,
        "digest": digest,
        "run": run,
        "created_at": now,
    }
    return insert_once(connection, IDEMPOTENCY, row)
