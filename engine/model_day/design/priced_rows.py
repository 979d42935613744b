"""The rows of a model, ready to be asked many times: what a choice of blocks costs, if it holds."""

import numpy as np
import numpy.typing as npt

from engine.model_day.design.day_model import DayModel
from engine.model_day.design.decode import Values
from engine.solver.arrays import to_arrays

SOFT_TIERS = ("unfair", "idle", "overload", "uneven", "chain")
"""Figures that follow from the blocks: each has a row of its own with one priced column."""


class PricedRows:
    """Sets the priced columns of good and even days, and says whether every other row holds."""

    def __init__(self, model: DayModel) -> None:
        arrays = to_arrays(model.program)
        self._matrix = arrays.matrix.tocsr()
        self._lower, self._upper = arrays.row_lower, arrays.row_upper
        self._most = arrays.upper
        soft = np.zeros(model.program.size, dtype=bool)
        for tier in SOFT_TIERS:
            soft[model.tiers[tier]] = True
        entries = self._matrix.tocoo()
        kept = soft[entries.col]
        # One priced column a row: +1 fills it up to its lower bound, -1 down to its upper one.
        self._rows: npt.NDArray[np.int64] = entries.row[kept].astype(np.int64)
        self._columns: npt.NDArray[np.int64] = entries.col[kept].astype(np.int64)
        self._fills = entries.data[kept] > 0
        self._hard = np.ones(len(self._lower), dtype=bool)
        self._hard[self._rows] = False

    def settle(self, values: Values) -> bool:
        """Changes the priced columns of `values`; False where a hard row is broken."""
        values[self._columns] = 0
        total = self._matrix @ values
        low = np.maximum(0, self._lower[self._rows] - total[self._rows])
        high = np.maximum(0, total[self._rows] - self._upper[self._rows])
        values[self._columns] = np.where(self._fills, low, high)
        broken = (total < self._lower) | (total > self._upper)
        return not np.any(broken & self._hard) and bool(np.all(values <= self._most))
