"""Tells the store how a run goes on, from a thread of its own, and listens for a stop.

The search never waits for the database: it leaves its news here, and the thread writes them.
"""

import _thread
import os
import threading
import time
from types import TracebackType
from typing import Self

from api.clock import now_ms
from api.queue.end_group import end_group
from api.queue.told import Told
from api.store import claims, events, progress, runs
from api.store.database import Database
from api.trouble import say_trouble
from api.wire.events import CheckedEvent, ProgressEvent, StepEvent
from api.wire.faults import FaultOnWire
from api.wire.run import Incumbent
from engine.kpi import objective_points
from engine.result import KpiValue, TracePoint
from engine.schedule import Schedule

LOST_RUN = 3
"""Exit code of a worker whose run was taken from it, or whose server is gone."""


class Reporter:
    """Lives as long as the work on a run. `spent`: seconds of work in earlier attempts.

    How long this one has worked is written with every sign of life, so that a run that is lost
    late is not given its whole time again.
    """

    def __init__(self, told: Told, database: Database, spent: float) -> None:
        self._told, self._database = told, database
        self.spent = spent
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._points: list[TracePoint] = []
        self._steps, self._told_steps = 0, 0
        self._best: Incumbent | None = None
        self._faults: tuple[FaultOnWire, ...] | None = None
        self._over = threading.Event()
        self._stopping = False
        self._beat_due = 0.0
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the last news; from here on nothing interrupts the worker any more."""
        self._over.set()
        self._thread.join()
        self._tell()

    @property
    def stopping(self) -> bool:
        """True once the run was asked to stop."""
        return self._stopping

    def take_point(self, point: TracePoint) -> None:
        """A better schedule or bound."""
        with self._lock:
            self._points.append(point)

    def take_faults(self, faults: tuple[FaultOnWire, ...]) -> None:
        """What is wrong with the input."""
        with self._lock:
            self._faults = faults

    def take_step(self) -> None:
        """One more step is done."""
        with self._lock:
            self._steps += 1

    def take_schedule(self, schedule: Schedule, kpis: tuple[KpiValue, ...]) -> None:
        """A better schedule, which the checker has accepted."""
        best = Incumbent(
            schedule=schedule,
            kpis=kpis,
            objective=objective_points(kpis),
            seconds=self._worked(),
        )
        with self._lock:
            self._best = best

    def _run(self) -> None:
        try:
            while not self._over.wait(self._told.settings.poll_seconds):
                if os.getppid() != self._told.server:
                    self._leave()
                self._tell()
        except Exception as error:  # without a store there is nobody to work for
            say_trouble("reporter", error)
            end_group(LOST_RUN)

    def _tell(self) -> None:
        """Everything new in one transaction, and that the worker lives."""
        with self._lock:
            points, self._points = self._points, []
            best, self._best = self._best, None
            faults, self._faults = self._faults, None
            steps, before = self._steps, self._told_steps
            self._told_steps = steps
        now = time.monotonic()
        news = points or steps != before or best is not None or faults is not None
        if not news and now < self._beat_due:
            return
        self._beat_due = now + self._told.settings.beat_seconds
        run = self._told.run
        with self._database.writing() as connection:
            stop = claims.beat(connection, run, self._told.claim, now_ms(), self._worked())
            if stop is None:
                end_group(LOST_RUN)
            if faults is not None:
                runs.keep_validation(connection, run, faults)
                events.tell(connection, run, CheckedEvent(problems=len(faults)), now_ms())
            if best is not None:
                runs.keep_incumbent(connection, run, best)
            for point in points:
                event = ProgressEvent(
                    seconds=round(self.spent + point.seconds, 3),
                    objective=point.objective,
                    bound=point.bound,
                    gap=point.gap,
                    by=point.by,
                )
                events.tell(connection, run, event, now_ms())
            if steps != before:
                events.tell(connection, run, StepEvent(done=steps), now_ms())
            if points:
                progress.keep(connection, run, points[-1])
        if stop and not self._stopping and not self._over.is_set():
            self._stopping = True
            _thread.interrupt_main()

    def _leave(self) -> None:
        """The server was killed: what is known is kept, and another one goes on."""
        self._tell()
        with self._database.writing() as connection:
            claims.give_back(connection, self._told.run, self._told.claim, now_ms(), blameless=True)
        end_group(LOST_RUN)

    def _worked(self) -> float:
        """Seconds of work on the run so far, in all attempts."""
        return self.spent + time.monotonic() - self._began
