"""Who watches the search of a block: keeps the last schedule that the checker accepts.

The search offers better and better ones at its own prices, in which a visit may wait for a later
week. Measured alone a block would seem worse for that, so nothing is measured here.
"""

from engine.checker import check
from engine.filling.best_so_far import BestSoFar
from engine.practice import Problem
from engine.schedule import Schedule
from engine.solver.verdict import Verdict


class BlockWatch:
    """The watch of one block, in which so many visits are asked for; notes go to the whole run."""

    objective: float | None = None
    """Not known: the search need not beat anything."""

    def __init__(self, problem: Problem, best: BestSoFar, asked: int) -> None:
        self._problem = problem
        self._best = best
        self._asked = asked
        self.schedule: Schedule | None = None

    def offer(self, schedule: Schedule, by: str, doubtful: bool = False) -> Verdict:
        """Keep the schedule if it places anybody and the checker accepts it."""
        if len(schedule.unplaced) == self._asked:
            return Verdict.NO_BETTER
        report = check(self._problem, schedule)
        if not report.ok:
            if not doubtful:
                self._best.note_refused(by, report)
            return Verdict.REFUSED
        self.schedule = schedule
        return Verdict.KEPT

    def raise_bound(self, bound: float) -> None:
        """A block's bound says nothing about the whole."""

    def note(self, text: str) -> None:
        """Something a reader of the result should know."""
        if text not in self._best.notes:
            self._best.note(text)

    def set_floor(self, floor: float) -> None:
        """A block's floor says nothing about the whole."""
