"""Who did what when. No id of a patient or visit is ever in it."""

from sqlalchemy import Connection, RowMapping, insert, select

from api.store.callers import Caller
from api.store.tables import AUDIT

SERVICE = "service"
"""Who does what happens by itself, in the place of a key."""


def note(connection: Connection, caller: Caller, action: str, run: str | None, now: int) -> None:
    """Write it down, in the transaction of what was done."""
    _write(connection, caller.practice, caller.key, action, run, now)


def note_key(connection: Connection, practice: str, key: str, action: str, now: int) -> None:
    """A key was made, replaced or revoked, by whoever has the machine."""
    _write(connection, practice, key, action, None, now)


def note_by_itself(connection: Connection, practice: str, action: str, run: str, now: int) -> None:
    """Something happened as its time had come."""
    _write(connection, practice, SERVICE, action, run, now)


def _write(
    connection: Connection, practice: str, key: str, action: str, run: str | None, now: int
) -> None:
    connection.execute(
        insert(AUDIT).values(at=now, practice=practice, api_key=key, action=action, run=run)
    )


def entries(
    connection: Connection, practice: str, since: int = 0, run: str | None = None
) -> list[RowMapping]:
    """Those of a practice from a moment on, of one run or of all, the oldest first."""
    asked = select(AUDIT).where(AUDIT.c.practice == practice, AUDIT.c.at >= since)
    if run is not None:
        asked = asked.where(AUDIT.c.run == run)
    return list(connection.execute(asked.order_by(AUDIT.c.number)).mappings())
