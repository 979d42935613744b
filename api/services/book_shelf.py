"""The books that are open in this server, of the runs that were asked last."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from api.store.holds import KeptHold
from engine.certificate.certificate import PriceLine
from engine.filling.openings.open_book import OpenBook
from engine.practice import Problem
from engine.schedule import Schedule


@dataclass(slots=True)
class OpenRun:
    """The question, the schedule, and the book of a run at a version. `lock`: one at a time.

    `prices`: of its certificate; none where it has none. `taken`: what is held or committed in the
    book, by the id of the hold.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    problem: Problem | None = None
    schedule: Schedule | None = None
    prices: tuple[PriceLine, ...] = ()
    book: OpenBook | None = None
    taken: dict[str, KeptHold] = field(default_factory=dict)
    version: int = -1

    def forget(self) -> None:
        """Nothing may be kept of the run any more."""
        self.problem, self.schedule, self.book = None, None, None
        self.prices, self.taken = (), {}


class BookShelf:
    """As many runs as there is room for; the one that was not asked for longest makes room."""

    def __init__(self, most: int = 16) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._open: OrderedDict[str, OpenRun] = OrderedDict()

    def __contains__(self, run: str) -> bool:
        return run in self._open

    def of(self, run: str) -> OpenRun:
        """The entry of a run, empty at first."""
        with self._lock:
            entry = self._open.setdefault(run, OpenRun())
            self._open.move_to_end(run)
            while len(self._open) > self._most:
                self._open.popitem(last=False)
            return entry
