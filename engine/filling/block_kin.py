"""Whose visits belong together: they are asked for in one block, that of whichever comes first."""

from collections import defaultdict
from collections.abc import Iterable

from engine.practice import Problem


class Kin:
    """For each visit or booking, the visits to place that had better be in its block.

    The visits that it follows, since it cannot come without them; those that must follow it within
    so many days; those of its household, which cannot meet across blocks.
    """

    def __init__(self, problem: Problem) -> None:
        self._of: dict[str, list[str]] = defaultdict(list)
        households: dict[str, list[str]] = defaultdict(list)
        for visit in problem.visits:
            if visit.household is not None:
                households[visit.household].append(visit.id)
            for follows in visit.follows:
                if follows.max_days is not None:
                    self._of[follows.visit].append(visit.id)
        for visit in problem.all_visits.values():
            self._of[visit.id] += [follows.visit for follows in visit.follows]
            if visit.household is not None:
                self._of[visit.id] += households[visit.household]

    def with_kin(self, ids: Iterable[str], among: set[str]) -> set[str]:
        """Of some visits (`among`) those given, and their kin at however many removes."""
        seen = set(ids)
        waiting = list(seen)
        while waiting:
            kin = self._of.get(waiting.pop(), [])
            new = {other for other in kin if other in among and other not in seen}
            seen |= new
            waiting += new
        return seen & among
