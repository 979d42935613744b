"""A linear integer program kept as arrays, independent of any solver.

Columns and rows are added one by one or in blocks; a block costs a few array operations, however
long it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

UNBOUNDED = 1 << 40
"""Stands for no bound on a row; all real bounds are far smaller."""

_FIRST_CAPACITY = 64
_ZERO = np.zeros(1, dtype=np.int64)


def _room_for(capacity: int) -> Ints:
    return np.empty((5, capacity), dtype=np.int64)


def as_ints(values: Iterable[int]) -> Ints:
    """Whole numbers as an array; shape (n,)."""
    if isinstance(values, np.ndarray):
        return values.astype(np.int64, copy=False)
    return np.array(values if isinstance(values, Sequence) else list(values), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of a program, compressed: row k has the entries [starts[k], starts[k + 1])."""

    starts: Ints
    columns: Ints
    coefficients: Ints
    lower: Ints
    upper: Ints

    def lists(self, entries: Ints) -> list[list[int]]:
        """`columns` or `coefficients` as one list per row."""
        flat = entries.tolist()
        return [flat[low:high] for low, high in pairwise(self.starts.tolist())]


@dataclass(slots=True)
class Program:
    """Columns (bounds, cost in millipoints) and rows (coefficients, bounds, their rule).

    `lower`, `upper`, `cost`, `day` (number of the date a column belongs to; -1 for none) and
    `minute` (at which what the column stands for begins; -1 where it has no time) are views:
    writing to an entry changes the program. They are to be asked for again after columns are added.
    """

    constant: int = 0
    """Millipoints that no choice changes."""
    size: int = 0
    """Number of columns."""
    row_rule: list[str] = field(default_factory=list)
    _columns: Ints = field(default_factory=lambda: _room_for(_FIRST_CAPACITY))
    _blocks: list[Rows] = field(default_factory=list)
    _lists: dict[str, list[list[int]]] = field(default_factory=dict)

    @property
    def lower(self) -> Ints:
        """Smallest value of each column."""
        return self._columns[0, : self.size]

    @property
    def upper(self) -> Ints:
        """Largest value of each column."""
        return self._columns[1, : self.size]

    @property
    def cost(self) -> Ints:
        """Millipoints for one of each column."""
        return self._columns[2, : self.size]

    @property
    def day(self) -> Ints:
        """Number of the date of each column."""
        return self._columns[3, : self.size]

    @property
    def minute(self) -> Ints:
        """Minute of each column."""
        return self._columns[4, : self.size]

    @property
    def row_columns(self) -> list[list[int]]:
        """The columns of each row, as lists."""
        if "columns" not in self._lists:
            rows = self.all_rows()
            self._lists["columns"] = rows.lists(rows.columns)
        return self._lists["columns"]

    @property
    def row_coefficients(self) -> list[list[int]]:
        """The coefficients of each row, as lists."""
        if "coefficients" not in self._lists:
            rows = self.all_rows()
            self._lists["coefficients"] = rows.lists(rows.coefficients)
        return self._lists["coefficients"]

    @property
    def row_lower(self) -> Ints:
        """What the sum of each row must reach."""
        return self.all_rows().lower

    @property
    def row_upper(self) -> Ints:
        """What the sum of each row must not exceed."""
        return self.all_rows().upper

    def column(
        self, lower: int, upper: int, cost: int = 0, *, day: int = -1, minute: int = -1
    ) -> int:
        """A new integer column in [lower, upper]; returns its index."""
        return self.columns(1, lower, upper, cost, day=day, minute=minute)

    def columns(
        self,
        count: int,
        lower: int | Ints,
        upper: int | Ints,
        cost: int | Ints = 0,
        *,
        day: int | Ints = -1,
        minute: int | Ints = -1,
    ) -> int:
        """`count` new columns; returns the index of the first, the others follow it."""
        first, end = self.size, self.size + count
        if end > self._columns.shape[1]:
            grown = _room_for(max(end, 2 * self._columns.shape[1]))
            grown[:, :first] = self._columns[:, :first]
            self._columns = grown
        for place, values in enumerate((lower, upper, cost, day, minute)):
            self._columns[place, first:end] = values
        self.size = end
        return first

    def row(
        self,
        rule: str,
        columns: Iterable[int],
        coefficients: Iterable[int] | None = None,
        *,
        lower: int = -UNBOUNDED,
        upper: int = UNBOUNDED,
    ) -> None:
        """lower <= sum(coefficient * column) <= upper; coefficients None means all ones."""
        entries = as_ints(columns)
        factors = np.ones(len(entries), np.int64) if coefficients is None else as_ints(coefficients)
        self._add(rule, np.array([len(entries)]), entries, factors, lower, upper)

    def rows(
        self,
        rule: str,
        count: int,
        parts: Iterable[tuple[Ints, Ints, int | Ints]],
        *,
        lower: int | Ints = -UNBOUNDED,
        upper: int | Ints = UNBOUNDED,
    ) -> None:
        """`count` rows at once; each part is (row of the block, column, coefficient) by entry."""
        pieces = [(row, column, np.broadcast_to(c, row.shape)) for row, column, c in parts]
        row = np.concatenate([piece[0] for piece in pieces])
        order = np.argsort(row, kind="stable")
        columns = np.concatenate([piece[1] for piece in pieces])[order]
        coefficients = np.concatenate([piece[2] for piece in pieces])[order]
        sizes = np.bincount(row, minlength=count)
        self._add(rule, sizes, columns, coefficients, lower, upper)

    def _add(
        self,
        rule: str,
        sizes: Ints,
        columns: Ints,
        coefficients: Ints,
        lower: int | Ints,
        upper: int | Ints,
    ) -> None:
        count = len(sizes)
        self._lists.clear()
        self._blocks.append(
            Rows(
                np.concatenate((_ZERO, np.cumsum(sizes))),
                columns,
                coefficients,
                np.full(count, lower),
                np.full(count, upper),
            )
        )
        self.row_rule += [rule] * count

    def equal_sums(self, rule: str, left: Iterable[int], right: Iterable[int]) -> None:
        """sum(left) == sum(right)."""
        self._compare(rule, left, right, lower=0, upper=0)

    def sum_at_most(
        self, rule: str, left: Iterable[int], right: Iterable[int], slack: int = 0
    ) -> None:
        """sum(left) <= sum(right) + slack."""
        self._compare(rule, left, right, lower=-UNBOUNDED, upper=slack)

    def _compare(
        self, rule: str, left: Iterable[int], right: Iterable[int], *, lower: int, upper: int
    ) -> None:
        plus, minus = as_ints(left), as_ints(right)
        signs = np.ones(len(plus) + len(minus), dtype=np.int64)
        signs[len(plus) :] = -1
        self.row(rule, np.concatenate((plus, minus)), signs, lower=lower, upper=upper)

    def all_rows(self) -> Rows:
        """Every row so far, as one block."""
        if len(self._blocks) != 1:
            blocks = self._blocks or [Rows(_ZERO, *[np.empty(0, np.int64)] * 4)]
            sizes = np.concatenate([np.diff(block.starts) for block in blocks])
            joined = Rows(
                np.concatenate((_ZERO, np.cumsum(sizes))),
                np.concatenate([block.columns for block in blocks]),
                np.concatenate([block.coefficients for block in blocks]),
                np.concatenate([block.lower for block in blocks]),
                np.concatenate([block.upper for block in blocks]),
            )
            self._blocks = [joined]
        return self._blocks[0]

    def objective_of(self, values: npt.NDArray[np.int64]) -> int:
        """Millipoints of a solution vector."""
        return int(np.dot(self.cost, values)) + self.constant
