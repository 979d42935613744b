"""Offers the solutions of a CP-SAT run as they come, but not more than decoding them allows."""

import threading
import time
from abc import abstractmethod

from ortools.sat.python import cp_model

from benchmarks.peers.group_seats import Seated


class Relay(cp_model.CpSolverSolutionCallback):
    """Keeps the newest solution and offers it when there is time; `finish` offers the last.

    Decoding takes at most one part in `patience` of the time; the rest waits for the end.
    """

    def __init__(self, patience: float) -> None:
        super().__init__()
        self._patience = patience
        self._next = 0.0
        self._waiting: list[Seated] | None = None
        self._one_at_a_time = threading.Lock()

    @abstractmethod
    def read(self) -> list[Seated]:
        """What the present solution says of each visit that is placed."""

    @abstractmethod
    def offer(self, seated: list[Seated]) -> None:
        """Write a schedule and offer it."""

    def on_solution_callback(self) -> None:
        with self._one_at_a_time:
            began = time.perf_counter()
            self._waiting = self.read()
            if began >= self._next:
                self.finish()
                ended = time.perf_counter()
                self._next = ended + self._patience * (ended - began)

    def finish(self) -> None:
        """Offers what waits."""
        if self._waiting is not None:
            seated, self._waiting = self._waiting, None
            self.offer(seated)
