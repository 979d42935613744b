"""Runs that have ended, as they were written out for whoever asked last.

To read a large answer from the store and write it out takes a hundred times as long as to look up
its row. An ended run never changes until it is purged, so what was written out once is right again;
whose run it is, and whether it is there, is asked of the store each time before.
"""

import threading
from collections import OrderedDict

MOST_BYTES = 64 * 1024 * 1024


class WrittenRuns:
    """Documents by id of run, at most so many bytes; what was not asked for longest makes room."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._lock = threading.Lock()
        self._written: OrderedDict[str, bytes] = OrderedDict()

    def of(self, run: str) -> bytes | None:
        """What was written out before."""
        with self._lock:
            if run in self._written:
                self._written.move_to_end(run)
            return self._written.get(run)

    def keep(self, run: str, body: bytes) -> None:
        """Remember it, where there is room for so much."""
        with self._lock:
            self._take_out(run)
            if len(body) > self._most:
                return
            self._written[run] = body
            self._bytes += len(body)
            while self._bytes > self._most:
                self._take_out(next(iter(self._written)))

    @property
    def runs(self) -> tuple[str, ...]:
        """The runs that are remembered."""
        with self._lock:
            return tuple(self._written)

    def forget(self, run: str) -> None:
        """The run may no longer be handed out."""
        with self._lock:
            self._take_out(run)

    def _take_out(self, run: str) -> None:
        self._bytes -= len(self._written.pop(run, b""))
