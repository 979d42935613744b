"""What every request works with: settings, store, and the keeper of the queue."""

from dataclasses import dataclass
from functools import partial

from api.clock import now_ms
from api.queue.keeper import Keeper
from api.services.book_shelf import BookShelf
from api.services.forget_purged import forget_purged
from api.services.known_callers import KnownCallers
from api.services.read_notes import ReadNotes
from api.services.written_runs import WrittenRuns
from api.settings import ServiceSettings
from api.store import keys
from api.store.database import Database


@dataclass(slots=True)
class Service:
    """One server. Several may share one database.

    `books`: of runs whose times are asked for. `callers`: by API key. `written`: ended runs.
    `reads`: who was seen reading what.
    """

    settings: ServiceSettings
    database: Database
    keeper: Keeper
    books: BookShelf
    callers: KnownCallers
    written: WrittenRuns
    reads: ReadNotes

    @classmethod
    def of(cls, settings: ServiceSettings) -> "Service":
        """Nothing is opened before `prepare`."""
        database = Database(settings.database)
        books, written = BookShelf(), WrittenRuns()
        keeper = Keeper(settings, database, partial(forget_purged, database, books, written))
        callers = KnownCallers(database)
        return cls(settings, database, keeper, books, callers, written, ReadNotes(database))

    def prepare(self) -> None:
        """Bring the store up to date."""
        self.database.migrate()
        with self.database.writing() as connection:
            keys.add_local(connection, now_ms())

    def is_ready(self) -> bool:
        """True where runs can be taken and kept."""
        try:
            current = self.database.is_current()
        except Exception:
            return False
        return current and (self.settings.processes == 0 or self.keeper.alive)

    def close(self) -> None:
        """Runs under way go back to wait."""
        self.keeper.close()
        self.database.close()
