"""The service's store, opened by a command."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.store.database import Database


@contextmanager
def open_store(url: str) -> Iterator["Database"]:
    """Brought up to date, and closed at the end."""
    from api.store.database import Database

    os.umask(0o077)  # what is kept is for this user alone
    database = Database(url)
    try:
        database.migrate()
        yield database
    finally:
        database.close()
