"""Callers whose API key was looked up a moment ago.

Most of what a practice's software asks is asked again and again with one key. For reading, what
the store said of a key holds for `TRUSTED_SECONDS`, in each server by itself: a revoked key can
read for so long and no longer. One that runs out ends to the millisecond. Whoever starts, stops,
holds or commits something is looked up each time.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256

from api.clock import now_ms
from api.store import keys
from api.store.callers import Caller, Scope
from api.store.database import Database

TRUSTED_SECONDS = 1.0
_MOST = 1024
"""Keys remembered at once; the one that was looked up longest ago makes room."""


class KnownCallers:
    """Remembered by hash, so that no secret stays in memory; a key that opens nothing never is."""

    def __init__(self, database: Database, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, tuple[Caller, float]] = OrderedDict()

    def remembered(self, text: str, scope: Scope) -> Caller | None:
        """Whose key this was a moment ago; None where that has to be looked up."""
        if scope is not Scope.READ:
            return None
        caller, trusted_until = self._known.get(_digest(text), (None, 0.0))
        if caller is None or trusted_until <= self._monotonic() or caller.is_over(now_ms()):
            return None
        return caller

    def look_up(self, text: str) -> Caller | None:
        """Whose key this is; None where it is nobody's, revoked or run out. Asks the store."""
        trusted_until = self._monotonic() + TRUSTED_SECONDS
        with self._database.reading() as connection:
            found = keys.caller_of(connection, text, now_ms())
        digest = _digest(text)
        with self._lock:
            self._known.pop(digest, None)
            if found is not None:
                self._known[digest] = (found, trusted_until)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
        return found


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()
