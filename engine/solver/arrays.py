"""A program as arrays, and the smaller program that is left when columns are fixed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from engine.solver.program import UNBOUNDED, Program

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ProgramArrays:
    """minimise cost @ x, row_lower <= matrix @ x <= row_upper, lower <= x <= upper, x whole.

    Shapes: columns n, rows m, matrix (m, n) in compressed rows. Costs in millipoints.
    """

    lower: Ints
    upper: Ints
    cost: Ints
    day: Ints
    minute: Ints
    matrix: sparse.csr_matrix
    row_lower: Ints
    row_upper: Ints
    constant: int

    def value_of(self, values: Ints) -> int:
        """Millipoints of a solution, constant included."""
        return int(self.cost @ values) + self.constant

    def violates(self, values: Ints) -> bool:
        """True where a bound or a row is broken."""
        outside = (values < self.lower).any() or (values > self.upper).any()
        return bool(outside or self.broken_rows(values).any())

    def broken_rows(self, values: Ints) -> Mask:
        """Which rows a solution breaks, shape (m,)."""
        activity = self.matrix @ values
        broken: Mask = (activity < self.row_lower) | (activity > self.row_upper)
        return broken


def to_arrays(program: Program) -> ProgramArrays:
    """The program as arrays; coefficients of a column that a row names twice are added."""
    rows = program.all_rows()
    shape = (len(rows.lower), program.size)
    entries = (rows.coefficients, rows.columns, rows.starts)
    matrix = sparse.csr_matrix(entries, shape=shape, copy=True)  # adding up works in place
    matrix.sum_duplicates()
    return ProgramArrays(
        lower=program.lower.copy(),
        upper=program.upper.copy(),
        cost=program.cost.copy(),
        day=program.day.copy(),
        minute=program.minute.copy(),
        matrix=matrix,
        row_lower=rows.lower.copy(),
        row_upper=rows.upper.copy(),
        constant=program.constant,
    )


def without_rows(full: ProgramArrays, rows: Sequence[int]) -> ProgramArrays:
    """The same with some rows open: they forbid nothing any more."""
    lower, upper = full.row_lower.copy(), full.row_upper.copy()
    lower[list(rows)], upper[list(rows)] = -UNBOUNDED, UNBOUNDED
    return replace(full, row_lower=lower, row_upper=upper)


@dataclass(frozen=True, slots=True)
class Restriction:
    """A smaller program over the free columns; `columns` are their numbers in the full one."""

    program: Program
    columns: Ints

    def laid_into(self, values: Ints, answer: Ints) -> Ints:
        """A solution of the full program with an answer of this one in it."""
        whole = values.copy()
        whole[self.columns] = answer
        return whole


def restrict(full: ProgramArrays, free: Mask, values: Ints) -> Restriction:
    """What is left when every column that is not free keeps its value.

    Rows that no choice of the free columns can break are left out. A bound of the smaller program
    says something about the full one only where nothing better uses what is fixed.
    """
    columns = np.flatnonzero(free)
    fixed = np.where(free, 0, values)
    used = full.matrix @ fixed
    part = full.matrix[:, columns].tocsr()
    positive, negative = part.maximum(0), part.minimum(0)
    low, high = full.lower[columns], full.upper[columns]
    most = positive @ high + negative @ low
    least = positive @ low + negative @ high
    row_lower = np.where(full.row_lower <= -UNBOUNDED, -UNBOUNDED, full.row_lower - used)
    row_upper = np.where(full.row_upper >= UNBOUNDED, UNBOUNDED, full.row_upper - used)
    binding = np.flatnonzero((least < row_lower) | (most > row_upper))
    small = Program(constant=full.constant + int(full.cost @ fixed))
    small.columns(
        len(columns),
        low,
        high,
        full.cost[columns],
        day=full.day[columns],
        minute=full.minute[columns],
    )
    kept = part[binding]
    row = np.repeat(np.arange(len(binding)), np.diff(kept.indptr))
    small.rows(
        "restricted",
        len(binding),
        [(row, kept.indices.astype(np.int64), kept.data)],
        lower=row_lower[binding],
        upper=row_upper[binding],
    )
    return Restriction(small, columns)
