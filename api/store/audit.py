"""Who did what when. No id of a patient or visit is ever in it."""

from sqlalchemy import Connection, RowMapping, insert, select

from api.store.callers import Caller
from api.store.tables import AUDIT


def note(connection: Connection, caller: Caller, action: str, run: str | None, now: int) -> None:
    """Write it down, in the transaction of what was done."""
    connection.execute(
        insert(AUDIT).values(
            at=now, practice=caller.practice, api_key=caller.key, action=action, run=run
        )
    )


def note_key(connection: Connection, practice: str, key: str, action: str, now: int) -> None:
    """A key was made, replaced or revoked, by whoever has the machine."""
    connection.execute(
        insert(AUDIT).values(at=now, practice=practice, api_key=key, action=action, run=None)
    )


def entries(connection: Connection, practice: str) -> list[RowMapping]:
    """All of a practice, the oldest first."""
    asked = select(AUDIT).where(AUDIT.c.practice == practice).order_by(AUDIT.c.number)
    return list(connection.execute(asked).mappings())
