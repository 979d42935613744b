"""Which starts the rows still leave, kept up to date while visits are placed one by one.

A row whose sides only fill up closes its columns once what is left is less than they take. A use is
lost when all of its shares are closed, a start when it is closed itself or one of its uses is lost.
Rows that a column can loosen again (order, prices of load) are left to the one who places.
"""

import numpy as np

from engine.solver.arrays import Ints, Mask
from engine.solver.lagrangian import Lagrangian
from engine.solver.spans import spread


class Room:
    """Columns by whether one more of them may still fit."""

    def __init__(self, dual: Lagrangian, hard: Mask) -> None:
        self._dual = dual
        matrix = dual.arrays.matrix
        self._pointer, self._column, self._factor = matrix.indptr, matrix.indices, matrix.data
        row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        filling = hard.copy()
        filling[row[matrix.data < 0]] = False
        self._filling = filling
        """Rows that only fill up."""
        self._entry = np.flatnonzero(filling[row])
        self._entry_row = row[self._entry]
        self._widest = np.zeros(matrix.shape[0], dtype=np.int64)
        np.maximum.at(self._widest, row, matrix.data)
        self._use_of_share = np.full(dual.size, -1, dtype=np.int64)
        self._use_of_share[dual.share_columns] = dual.shares.piece
        self._fed = dual.feeds.T.tocsr()

    def begin(self, activity: Ints, values: Ints) -> None:
        """Work out everything for a solution."""
        arrays, dual = self._dual.arrays, self._dual
        left = arrays.row_upper - activity
        self.closed = values >= arrays.upper
        """Columns that no row and bound leaves one more of, or whose uses are lost."""
        short = self._factor[self._entry] > left[self._entry_row]
        self.closed[self._column[self._entry[short]]] = True
        open_shares = ~self.closed[dual.share_columns]
        self._shares_left = np.bincount(
            dual.shares.piece[open_shares], minlength=len(dual.shares.starts)
        )
        lost = (self._shares_left == 0).astype(np.float64)
        self.closed |= dual.feeds @ lost > 0

    def take(self, rows: Ints, activity: Ints) -> None:
        """Close what the rows that have just been filled no longer leave."""
        left = self._dual.arrays.row_upper[rows] - activity[rows]
        rows = np.unique(rows[self._filling[rows] & (left < self._widest[rows])])
        if not len(rows):
            return
        which, entry = spread(self._pointer[rows], self._pointer[rows + 1])
        left = self._dual.arrays.row_upper[rows] - activity[rows]
        columns = np.unique(self._column[entry[self._factor[entry] > left[which]]])
        columns = columns[~self.closed[columns]]
        self.closed[columns] = True
        uses = self._use_of_share[columns]
        uses = uses[uses >= 0]
        if len(uses):
            np.subtract.at(self._shares_left, uses, 1)
            for use in np.unique(uses[self._shares_left[uses] == 0]):
                span = slice(self._fed.indptr[use], self._fed.indptr[use + 1])
                self.closed[self._fed.indices[span]] = True
