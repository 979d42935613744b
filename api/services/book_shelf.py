"""The books that are open in this server, of the runs that were asked last."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from api.store.holds import KeptHold
from engine.certificate.certificate import PriceLine
from engine.filling.openings.open_book import OpenBook
from engine.practice import Problem
from engine.schedule import Schedule
from engine.units import MINUTES_PER_DAY

_BYTES_A_MINUTE, _DAYS_OF_MAPS = 26, 20
"""A minute of a chair, a person or a doctor on a date; and what the classes' cells take, in dates.
Estimates: 158 MB were taken by one week of ten doctors, 80 chairs and 80 people."""


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

    @property
    def bytes(self) -> int:
        """About how much memory the book takes."""
        if self.problem is None or self.schedule is None or self.book is None:
            return 0
        practice = self.problem.practice
        rows = len(practice.chairs) + len(practice.staff) + len(self.problem.doctors)
        return rows * MINUTES_PER_DAY * _BYTES_A_MINUTE * (self.schedule.days + _DAYS_OF_MAPS)

    def forget(self) -> None:
        """Nothing may be kept of the run any more."""
        self.problem, self.schedule, self.book = None, None, None
        self.prices, self.taken = (), {}


class BookShelf:
    """As many runs as there is room for; the one that was not asked for longest makes room.

    `most`: runs; `most_bytes`: memory of their books. The one that is asked for always stays.
    """

    def __init__(self, most: int = 16, most_bytes: int = 2 << 30) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._lock = threading.Lock()
        self._open: OrderedDict[str, OpenRun] = OrderedDict()

    def __contains__(self, run: str) -> bool:
        return run in self._open

    @property
    def runs(self) -> tuple[str, ...]:
        """The runs that something is kept of."""
        with self._lock:
            return tuple(self._open)

    def forget(self, run: str) -> None:
        """Nothing may be kept of the run any more; whoever is at its book ends with it."""
        with self._lock:
            self._open.pop(run, None)

    def of(self, run: str) -> OpenRun:
        """The entry of a run, empty at first."""
        with self._lock:
            entry = self._open.setdefault(run, OpenRun())
            self._open.move_to_end(run)
            while len(self._open) > 1 and self._is_full():
                self._open.popitem(last=False)
            return entry

    def _is_full(self) -> bool:
        return (
            len(self._open) > self._most
            or sum(entry.bytes for entry in self._open.values()) > self._most_bytes
        )
