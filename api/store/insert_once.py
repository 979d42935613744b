"""A row that several may write at once, of whom one does."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_once(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """True where the row is new; False where one with the same key is there, which stays.

    Somebody else's transaction that writes the same key is waited for.
    """
    on_sqlite = connection.dialect.name == "sqlite"
    made = sqlite.insert(table) if on_sqlite else postgresql.insert(table)
    once = made.values(values).on_conflict_do_nothing().returning(*table.primary_key)
    return connection.execute(once).first() is not None
