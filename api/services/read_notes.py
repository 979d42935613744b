"""Writes down who read what: once for each key, run and hour, so that reading stays cheap."""

import threading
from collections import OrderedDict
from collections.abc import Callable

from api.clock import now_ms
from api.store import audit
from api.store.callers import Caller
from api.store.database import Database

_HOUR_MS = 3600 * 1000
_MOST = 20_000
"""Readings remembered at once; one that made room is written down a second time."""


class ReadNotes:
    """What this server has written down in the current hour. Several servers each write once."""

    def __init__(self, database: Database, clock: Callable[[], int] = now_ms) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._hours: OrderedDict[tuple[str, str, str], int] = OrderedDict()

    def note(self, caller: Caller, action: str, run: str) -> None:
        """The caller has read that of a run."""
        now = self._clock()
        reading, hour = (caller.key, action, run), now // _HOUR_MS
        with self._lock:
            if self._hours.get(reading) == hour:
                return
        with self._database.writing() as connection:
            audit.note(connection, caller, action, run, now)
        with self._lock:
            self._hours.pop(reading, None)
            self._hours[reading] = hour
            while len(self._hours) > _MOST:
                self._hours.popitem(last=False)
