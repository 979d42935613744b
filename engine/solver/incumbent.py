"""The best solution of the model so far, and the only way to replace it."""

from collections.abc import Callable

import numpy as np

from engine.schedule import Schedule
from engine.solver.arrays import Ints, Mask, to_arrays
from engine.solver.decode import decode
from engine.solver.matching import HallCut
from engine.solver.model import Model
from engine.solver.pin import hint_of
from engine.solver.verdict import Verdict

Offer = Callable[[Schedule, str], Verdict]


class Incumbent:
    """Values of all columns of the best solution, and what it costs in millipoints."""

    def __init__(self, model: Model, offer: Offer) -> None:
        self.model = model
        self.arrays = to_arrays(model.program)
        self.values: Ints | None = None
        self.objective: int | None = None
        self.cuts = 0
        """Rows added because counts could not be matched to visits."""
        self.last_cuts: tuple[HallCut, ...] = ()
        """Those of the solution that was looked at last; none if it could be matched."""
        self._offer = offer
        self._refused: set[bytes] = set()
        """Solutions that the judge refused: each is offered once."""

    def take(self, candidate: Ints, by: str) -> bool:
        """Keep a solution if it is cheaper, obeys every row and can be matched to visits.

        One that the judge refuses is not kept, however cheap: it would bar all that come after.
        """
        value = self.arrays.value_of(candidate)
        self.last_cuts = ()
        if self.objective is not None and value >= self.objective:
            return False
        if self.arrays.violates(candidate) or candidate.tobytes() in self._refused:
            return False
        decoded = decode(self.model, candidate)
        if decoded.schedule is None:
            self.last_cuts = decoded.cuts
            for cut in decoded.cuts:
                self.model.program.sum_at_most("matching", cut.choices, cut.starts)
            self.arrays = to_arrays(self.model.program)
            self.cuts += len(decoded.cuts)
            return False
        if self._offer(decoded.schedule, by) is Verdict.REFUSED:
            self._refused.add(candidate.tobytes())
            return False
        self.values, self.objective = candidate, value
        return True

    def places_of(self, schedule: Schedule | None) -> Ints:
        """Places and counts of a schedule; nothing placed where there is none. Shares are 0."""
        values = np.array(self.model.program.lower, dtype=np.int64)
        if schedule is None:
            for item in self.model.items.values():
                values[item.keep if item.keep >= 0 else item.unplaced] = 1
        else:
            for column, value in hint_of(self.model, schedule).items():
                values[column] = value
        return values


def seats_only(model: Model) -> Mask:
    """Columns that stay open when places and counts are fixed: shares, doctor moments, prices."""
    free = np.ones(model.program.size, dtype=np.bool_)
    for item in model.items.values():
        free[[choice.column for choice in item.columns]] = False
        free[item.unplaced] = False
    for starts in model.starts.values():
        free[[start.column for start in starts]] = False
    free[list(model.keep_column.values())] = False
    return free
