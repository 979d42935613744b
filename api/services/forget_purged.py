"""Drops from memory what was purged from the store, also by another server."""

from api.services.book_shelf import BookShelf
from api.services.written_runs import WrittenRuns
from api.store.database import Database
from api.store.purge import purged_of


def forget_purged(database: Database, books: BookShelf, written: WrittenRuns) -> None:
    """Whatever is in memory of runs that have no content any more."""
    known = {*books.runs, *written.runs}
    if not known:
        return
    with database.reading() as connection:
        gone = purged_of(connection, known)
    for run in gone:
        books.forget(run)
        written.forget(run)
