"""Who did what when. No id of a patient or visit is ever in it."""

from sqlalchemy import Connection, RowMapping, insert, select

from api.store.keys import Caller
from api.store.tables import AUDIT


def note(connection: Connection, caller: Caller, action: str, run: str | None, now: int) -> None:
    """Write it down, in the transaction of what was done."""
    connection.execute(
        insert(AUDIT).values(
            at=now, practice=caller.practice, api_key=caller.key, action=action, run=run
        )
    )


def entries(connection: Connection, practice: str) -> list[RowMapping]:
    """All of a practice, the oldest first."""
    asked = select(AUDIT).where(AUDIT.c.practice == practice).order_by(AUDIT.c.number)
    return list(connection.execute(asked).mappings())
