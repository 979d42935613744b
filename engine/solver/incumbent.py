"""The best solution of the model so far, and the only way to replace it."""

from collections.abc import Callable, Iterable

import numpy as np

from engine.schedule import Schedule
from engine.solver.arrays import Ints, Mask, ProgramArrays, to_arrays, without_rows
from engine.solver.decode import decode
from engine.solver.matching import HallCut
from engine.solver.model import Model
from engine.solver.pin import hint_of
from engine.solver.verdict import Verdict

Offer = Callable[[Schedule, str, bool], Verdict]


class Incumbent:
    """Values of all columns of the best solution, and what it costs in millipoints."""

    def __init__(self, model: Model, offer: Offer) -> None:
        self.model = model
        self._strict = True
        """Until a schedule that breaks a row tighter than the rules is accepted by the judge."""
        self.arrays = self._read()
        self._rows = len(self.arrays.row_upper)
        """Of the model; rows about matching come after them."""
        self.values: Ints | None = None
        self.objective: int | None = None
        self.cuts: set[HallCut] = set()
        """Rows added because counts could not be matched to visits."""
        self._offer = offer
        self._refused: set[bytes] = set()
        """Solutions that the judge refused: each is offered once."""

    def take(self, candidate: Ints, by: str) -> bool:
        """Keep a solution if it is cheaper, obeys every row and can be matched to visits.

        One that the judge refuses is not kept, however cheap: it would bar all that come after.
        Where it breaks only rows that are tighter than the rules, the judge alone decides.
        """
        value = self.arrays.value_of(candidate)
        if self.objective is not None and value >= self.objective:
            return False
        strict = self.arrays.violates(candidate)
        if candidate.tobytes() in self._refused or (
            strict and self.open_arrays().violates(candidate)
        ):
            return False
        decoded = decode(self.model, candidate)
        if decoded.schedule is None:
            self.add_cuts(decoded.cuts)
            return False
        verdict = self._offer(decoded.schedule, by, strict or not self._strict)
        if verdict is Verdict.REFUSED:
            self._refused.add(candidate.tobytes())
        if verdict is Verdict.REFUSED or (strict and verdict is not Verdict.KEPT):
            return False  # in the second case nobody has judged it
        if strict:
            self._strict = False
            self.arrays = self._read()
        self.values, self.objective = candidate, value
        return True

    def is_cheaper(self, candidate: Ints) -> bool:
        """Whether a solution costs less than the best one."""
        return self.objective is None or self.arrays.value_of(candidate) < self.objective

    def add_cuts(self, cuts: Iterable[HallCut]) -> None:
        """Rows that keep later solutions from counts without a matching; known ones are left."""
        new = [cut for cut in dict.fromkeys(cuts) if cut not in self.cuts]
        for cut in new:
            self.model.program.sum_at_most("matching", cut.choices, cut.starts)
        if new:
            self.arrays = self._read()
            self.cuts.update(new)

    def breaks_rules(self, candidate: Ints) -> bool:
        """Whether it breaks a bound, or a row that is not about matching nor only strict."""
        arrays = self.open_arrays()
        outside = (candidate < arrays.lower).any() or (candidate > arrays.upper).any()
        return bool(outside or arrays.broken_rows(candidate)[: self._rows].any())

    def open_arrays(self) -> ProgramArrays:
        """The model without the rows that are tighter than the rules: what a bound may rest on."""
        return without_rows(self.arrays, self.model.strict_rows)

    def _read(self) -> ProgramArrays:
        arrays = to_arrays(self.model.program)
        return arrays if self._strict else without_rows(arrays, self.model.strict_rows)

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
