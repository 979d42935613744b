"""Takes runs from the queue, gives each a process, and deals with those that are lost."""

import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from api.clock import now_ms
from api.queue.told import Told
from api.settings import ServiceSettings
from api.store import claims, runs
from api.store.database import Database
from api.store.purge import purge
from api.trouble import say_trouble
from api.wire.status import SHORT, Operation

_PURGE_SECONDS = 3600.0
_LEAVE_SECONDS = 10.0
"""What workers have to give their runs back when the service ends."""
_DAY_MS = 24 * 3600 * 1000


@dataclass(slots=True)
class _Worker:
    """`only`: the lane that it works in, by what may be taken there."""

    claimed: claims.Claimed
    only: frozenset[Operation]
    process: subprocess.Popen[bytes]
    deadline: float


class Keeper:
    """A thread of the server; `close` gives all runs back.

    `on_purge`: done after each round in which old content is removed.
    """

    def __init__(
        self, settings: ServiceSettings, database: Database, on_purge: Callable[[], None]
    ) -> None:
        self._settings, self._database, self._on_purge = settings, database, on_purge
        self._workers: list[_Worker] = []
        self._over = threading.Event()
        self._wake = threading.Event()
        self._purge_due = 0.0
        self._beat_due = 0.0
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to take runs."""
        self._thread.start()

    @property
    def alive(self) -> bool:
        """False once the thread has ended."""
        return self._thread.is_alive()

    @property
    def process_ids(self) -> tuple[int, ...]:
        """Of the workers, for whoever watches the machine."""
        return tuple(worker.process.pid for worker in self._workers)

    def wake(self) -> None:
        """There is a new run: look now."""
        self._wake.set()

    def close(self) -> None:
        """Take nothing more, and let every worker give its run back."""
        self._over.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()
        for worker in self._workers:
            worker.process.terminate()
        until = time.monotonic() + _LEAVE_SECONDS
        for worker in self._workers:
            with suppress(subprocess.TimeoutExpired):
                worker.process.wait(max(0.0, until - time.monotonic()))
            _end(worker.process)
            claimed = worker.claimed
            with self._database.writing() as connection:  # where it had no time to do so itself
                claims.give_back(connection, claimed.run, claimed.claim, now_ms(), blameless=True)
        self._workers.clear()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self._look()
            except Exception as error:  # a database that is away for a moment
                say_trouble("keeper", error)
            self._wake.wait(self._settings.poll_seconds)
            self._wake.clear()

    def _look(self) -> None:
        for worker in list(self._workers):
            if worker.process.poll() is None and time.monotonic() > worker.deadline:
                _end(worker.process)
            if worker.process.poll() is not None:
                self._bury(worker)
                self._workers.remove(worker)
        self._beat_for_the_living()
        self._take_from_the_silent()
        # What is done within seconds has a process of its own, beside those that search.
        self._fill_lane(SHORT, 1 if self._settings.processes else 0)
        self._fill_lane(claims.ALL, self._settings.processes)
        if time.monotonic() > self._purge_due:
            self._purge_due = time.monotonic() + _PURGE_SECONDS
            with self._database.writing() as connection:
                purge(connection, now_ms() - self._settings.keep_days * _DAY_MS, now_ms())
            self._on_purge()

    def _fill_lane(self, only: frozenset[Operation], most: int) -> None:
        while sum(worker.only == only for worker in self._workers) < most:
            claimed = None if self._over.is_set() else self._take(only)
            if claimed is None:
                break
            self._workers.append(self._start(claimed, only))

    def _take(self, only: frozenset[Operation]) -> claims.Claimed | None:
        with self._database.reading() as connection:
            if not runs.count_waiting(connection, only=only):
                return None  # the usual answer, without keeping others from writing
        with self._database.writing() as connection:
            limit = self._settings.key_solving_limit
            return claims.take_next(connection, secrets.token_hex(16), now_ms(), limit, only)

    def _start(self, claimed: claims.Claimed, only: frozenset[Operation]) -> _Worker:
        process = subprocess.Popen(
            [sys.executable, "-m", "api.queue.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C in the terminal is for the server alone
        )
        told = Told(
            settings=self._settings, run=claimed.run, claim=claimed.claim, server=os.getpid()
        )
        with suppress(OSError):  # it died at once: seen at the next look
            if process.stdin is not None:
                process.stdin.write(told.model_dump_json().encode() + b"\n")
                process.stdin.close()
        seconds = claimed.seconds_allowed + self._settings.grace_seconds
        return _Worker(claimed, only, process, time.monotonic() + seconds)

    def _bury(self, worker: _Worker) -> None:
        """End what is left of a worker. A run that it has not ended or given back is lost to it."""
        _end(worker.process)
        self._take_back(worker.claimed)

    def _beat_for_the_living(self) -> None:
        """A worker that is still loading, or gets no processor, is alive as long as its process is.

        One that hangs is ended at its deadline.
        """
        if self._workers and time.monotonic() > self._beat_due:
            self._beat_due = time.monotonic() + self._settings.beat_seconds
            with self._database.writing() as connection:
                for worker in self._workers:
                    claims.beat(connection, worker.claimed.run, worker.claimed.claim, now_ms())

    def _take_from_the_silent(self) -> None:
        """Runs of servers that have not been heard of for too long."""
        moment = now_ms() - round(1000 * self._settings.stale_seconds)
        with self._database.reading() as connection:
            silent = claims.silent_since(connection, moment)
        own = {worker.claimed.claim for worker in self._workers}
        for claimed in silent:
            if claimed.claim not in own:
                self._take_back(claimed)

    def _take_back(self, claimed: claims.Claimed) -> None:
        with self._database.writing() as connection:
            claims.give_up_or_back(
                connection, claimed.run, claimed.claim, now_ms(), self._settings.max_attempts
            )


def _end(process: subprocess.Popen[bytes]) -> None:
    """The worker and the solver processes that it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
