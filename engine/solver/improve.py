"""Third stage: windows around the best solution, wider when a round brings nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from engine.solver.arrays import Mask, Restriction, restrict
from engine.solver.bridge import Bridge
from engine.solver.dear import dear_windows
from engine.solver.solved import Solved
from engine.solver.windows import PATHS, Window, open_window, promise, windows

COLUMNS = 6000
"""Ranked columns of one window at first."""

DEAR_TURNS = 2
"""Rounds around the dearest visits without success before all windows are tried."""

TRIES = 3
"""Times that a window is opened again whose solution could not be matched to visits."""

WORK = {"dear": 2.0, "bands": 0.8, "days": 3.0, "pairs": 4.0, "spread": 8.0}
"""Limits of one step in CP-SAT's deterministic units; they grow with the columns."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A window under way, and the items that it alone may move."""

    window: Window
    part: Restriction
    items: Mask
    cuts: int
    """Rows about matching that it knows."""


class _Rounds:
    """Goes through windows; two that are open at once share no date and no visit."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._opened: dict[Window, int] = {}
        self._again: Counter[Window] = Counter()
        self._changed = np.zeros(bridge.places.days + 1, dtype=np.int64)
        """When each date, and at the end the set of unplaced visits, last changed."""
        self._moment = 0
        self._seen = bridge.best.values
        """The best solution when the rounds last looked."""

    def run(self, queue: Iterable[Window]) -> None:
        """Open every window in which something has changed since it was open last."""
        bridge = self._bridge
        fresh = [window for window in dict.fromkeys(queue) if not self._is_settled(window)]
        waiting = self._in_order(fresh)
        active: dict[int, _Step] = {}
        while (waiting or active) and not bridge.budget.is_over():
            self._start(waiting, active)
            answers = self._wait(active)
            for ticket in sorted(answers):
                step = active.pop(ticket)
                if not self._finish(step, answers[ticket]) and self._lacked_rows(step):
                    self._opened.pop(step.window, None)
                    waiting.insert(0, step.window)

    def _in_order(self, queue: list[Window]) -> list[Window]:
        """Small windows first, of each kind those in which prices promise most."""
        bridge, values = self._bridge, self._bridge.best.values
        if bridge.prices is None or values is None:
            return queue
        at = bridge.dual.evaluate(bridge.prices)
        saved = {w: promise(w, bridge.dual, bridge.places, values, at) for w in queue}
        return sorted(queue, key=lambda w: (PATHS.index(w.path), -saved[w]))

    def _start(self, waiting: list[Window], active: dict[int, _Step]) -> None:
        bridge = self._bridge
        for window in list(waiting):
            if bridge.crew.idle() == 0:
                return
            if {d for s in active.values() for d in s.window.days} & set(window.days):
                continue
            waiting.remove(window)
            if self._is_settled(window):
                continue
            busy = np.zeros(len(bridge.dual.items.starts), dtype=np.bool_)
            for step in active.values():
                busy |= step.items
            self._opened[window] = self._moment
            values = bridge.best.values
            assert values is not None
            reduced, most = bridge.reduced()
            free, items = open_window(
                window, bridge.dual, bridge.places, values, reduced, most, busy
            )
            part = restrict(bridge.best.arrays, free, values)
            work = WORK[window.path] * window.columns / COLUMNS
            threads = bridge.threads() if window.path == "spread" else 1
            ticket = bridge.submit(part, values, work=work, threads=threads)
            active[ticket] = _Step(window, part, items, len(bridge.best.cuts))

    def _wait(self, active: dict[int, _Step]) -> dict[int, Solved | None]:
        """The next answer, or all of them where their order must not matter."""
        bridge = self._bridge
        answers: dict[int, Solved | None] = {}
        if not active and bridge.crew.idle() == 0:  # all are busy with what is no window
            bridge.hear_next(bridge.patience())
            self._see_changes()
        enough = len(active) if bridge.settings.reproducible else min(1, len(active))
        while len(answers) < enough:
            done = bridge.crew.collect(bridge.patience())
            if done is None:
                break
            if done.ticket in active:
                answers[done.ticket] = bridge.read(done)
            else:
                bridge.news(done)
                self._see_changes()
        return answers

    def _finish(self, step: _Step, answer: Solved | None) -> bool:
        values = self._bridge.best.values
        assert values is not None
        taken = self._bridge.take(step.part, values, answer, step.window.text())
        self._see_changes()
        return taken

    def _lacked_rows(self, step: _Step) -> bool:
        """Whether rows have come since it was opened; a few times for each window."""
        self._again[step.window] += 1
        return step.cuts < len(self._bridge.best.cuts) and self._again[step.window] <= TRIES

    def _see_changes(self) -> None:
        """Dates that have changed make windows worth opening again."""
        now, before = self._bridge.best.values, self._seen
        self._seen = now
        if now is before or now is None or before is None:
            return
        self._moment += 1
        changed = np.flatnonzero(now != before)
        days = np.unique(self._bridge.best.arrays.day[changed])
        self._changed[days[days >= 0]] = self._moment
        unplaced = self._bridge.dual.unplaced
        if (now[unplaced] != before[unplaced]).any():
            self._changed[-1] = self._moment

    def _is_settled(self, window: Window) -> bool:
        opened = self._opened.get(window, -1)
        return bool(max(self._changed[[*window.days, -1]]) <= opened)


def _dear(bridge: Bridge, columns: int, turn: int) -> list[Window]:
    """Windows around the visits that lose most, if they are wanted and there are prices."""
    values = bridge.best.values
    if "dear" not in bridge.settings.paths or bridge.prices is None or values is None:
        return []
    at = bridge.dual.evaluate(bridge.prices)
    return list(dear_windows(bridge.model, bridge.dual, values, at, columns, turn))


def improve(bridge: Bridge) -> None:
    """Rounds over all windows until the search is over or the windows are as wide as the model."""
    if bridge.best.values is None:
        return
    rounds, columns = _Rounds(bridge), COLUMNS
    while not bridge.budget.is_over() and columns < bridge.size:
        before = bridge.best.objective
        turn = 0
        while turn < DEAR_TURNS and not bridge.budget.is_over():
            known = bridge.best.objective
            rounds.run(_dear(bridge, columns, turn))
            turn = 0 if bridge.best.objective != known else turn + 1
        rounds.run(windows(bridge.places, bridge.settings.paths, columns))
        if bridge.best.objective == before:
            columns *= 2
