"""HiGHS beside the search: branch and cut on all that could still pay, where that is little.

On a week that is mostly booked few places are left, and branch and cut improves and proves more
than windows do. On open weeks it does not get past its root in the time there is. The first leg
opens the core, columns whose reduced cost is next to nothing, and ends within seconds; with its
solution the second has far fewer columns that could still pay. What HiGHS finds on its way is taken
at once.
"""

import time
from dataclasses import dataclass, field

import numpy as np

from engine.solver.arrays import Ints, Mask, ProgramArrays, Restriction, restrict
from engine.solver.bridge import Bridge
from engine.solver.crew import Done
from engine.solver.jobs import Branch
from engine.solver.solved import Limits, Solved

MOST_COLUMNS = 30_000
"""Above this HiGHS brings nothing in the time of a search."""

CORE_DAYS = 0.3
"""Reduced cost up to which a column is in the core, in prices of an overdue day."""

CORE_SHARE = 0.25
"""Of the time that is left, at most, for the core."""

LAST_MOMENT = 1.0
"""Seconds that the last answer may take after the search is over."""


@dataclass(slots=True)
class Relay:
    """One run of HiGHS after the other: what it was given, and what comes back."""

    bridge: Bridge
    base: Ints
    """The best solution when the run began: what is not open keeps its value."""
    core: bool = True
    part: Restriction = field(init=False)
    ticket: int = -1

    def hear(self, done: Done) -> None:
        """Take a solution or a bound; after the core all that is open has its turn.

        The bound counts for the whole problem where only columns were left out whose reduced cost
        is above what could be gained. Rows that are tighter than the rules were not in it.
        """
        bridge, told = self.bridge, done.answer
        if isinstance(told, Solved):
            bridge.take(self.part, self.base, told, "branch and cut")
            if told.bound is not None and not self.core:
                bridge.budget.take_bound(told.bound)
        if done.last and self.core and told is not None:
            self.core = False
            self._run(bridge.best.open_arrays(), bridge.still_open(), bridge.budget.left())

    def run_core(self) -> None:
        """The first leg."""
        bridge = self.bridge
        reduced, _ = bridge.reduced()
        most = CORE_DAYS * bridge.model.price("overdue_days")
        near = ~bridge.places.ranked | (reduced <= most) | (self.base > 0)
        share = CORE_SHARE * bridge.budget.left()
        self._run(bridge.best.arrays, bridge.still_open() & near, share)

    def _run(self, arrays: ProgramArrays, free: Mask, seconds: float) -> None:
        bridge, values = self.bridge, self.bridge.best.values
        if values is None or bridge.budget.is_over():
            return
        self.base, self.part = values.copy(), restrict(arrays, free, values)
        start = dict(enumerate(values[self.part.columns].tolist()))
        limits = Limits(seconds=seconds, gap=0.0, workers=1, seed=bridge.settings.seed)
        self.ticket = bridge.crew.submit(Branch(self.part.program, limits, start), seconds)
        bridge.listen(self.ticket, self.hear)

    def finish(self) -> None:
        """Wait for its end, or for that of the search and a moment more."""
        bridge = self.bridge
        while bridge.is_awaited(self.ticket) and not bridge.budget.is_over():
            bridge.hear_next(bridge.patience())
        if bridge.budget.left() > 0:
            return
        until = time.perf_counter() + LAST_MOMENT
        while bridge.is_awaited(self.ticket) and (left := until - time.perf_counter()) > 0:
            bridge.hear_next(left)


def start_relay(bridge: Bridge) -> Relay | None:
    """Give HiGHS a process of its own; None where too much is open, or it cannot be limited.

    HiGHS has no measure of work that would stop it at the same point on every machine.
    """
    values = bridge.best.values
    if bridge.settings.reproducible or values is None or bridge.budget.is_over():
        return None
    free = bridge.still_open()
    if bridge.prices is None or np.count_nonzero(free) > MOST_COLUMNS:
        return None
    relay = Relay(bridge, values)
    relay.run_core()
    return relay
