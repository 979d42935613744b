"""A program as arrays, and the smaller program that is left when columns are fixed."""

from dataclasses import dataclass

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
        activity = self.matrix @ values
        return bool(
            (values < self.lower).any()
            or (values > self.upper).any()
            or (activity < self.row_lower).any()
            or (activity > self.row_upper).any()
        )


def to_arrays(program: Program) -> ProgramArrays:
    """The program as arrays; coefficients of a column that a row names twice are added."""
    lengths = [len(columns) for columns in program.row_columns]
    indices = np.fromiter(
        (c for columns in program.row_columns for c in columns), dtype=np.int32, count=sum(lengths)
    )
    data = np.ones(len(indices), dtype=np.int64)
    position = 0
    for length, coefficients in zip(lengths, program.row_coefficients, strict=True):
        if coefficients is not None:
            data[position : position + length] = coefficients
        position += length
    starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
    shape = (len(lengths), program.size)
    matrix = sparse.csr_matrix((data, indices, starts), shape=shape)
    matrix.sum_duplicates()
    return ProgramArrays(
        lower=np.array(program.lower, dtype=np.int64),
        upper=np.array(program.upper, dtype=np.int64),
        cost=np.array(program.cost, dtype=np.int64),
        day=np.array(program.day, dtype=np.int64),
        minute=np.array(program.minute, dtype=np.int64),
        matrix=matrix,
        row_lower=np.array(program.row_lower, dtype=np.int64),
        row_upper=np.array(program.row_upper, dtype=np.int64),
        constant=program.constant,
    )


@dataclass(frozen=True, slots=True)
class Restriction:
    """A smaller program over the free columns; `columns` are their numbers in the full one."""

    program: Program
    columns: Ints


def restrict(full: ProgramArrays, free: Mask, values: Ints) -> Restriction:
    """What is left when every column that is not free keeps its value.

    Rows that no choice of the free columns can break are left out. A bound of the smaller program
    says nothing about the full one.
    """
    columns = np.flatnonzero(free)
    fixed = np.where(free, 0, values)
    used = full.matrix @ fixed
    part = full.matrix[:, columns].tocsr()
    positive, negative = part.maximum(0), part.minimum(0)
    low, high = full.lower[columns], full.upper[columns]
    most = positive @ high + negative @ low
    least = positive @ low + negative @ high
    row_lower, row_upper = full.row_lower - used, full.row_upper - used
    binding = np.flatnonzero((least < row_lower) | (most > row_upper))
    small = Program(constant=full.constant + int(full.cost @ fixed))
    small.lower, small.upper = low.tolist(), high.tolist()
    small.cost, small.day = full.cost[columns].tolist(), full.day[columns].tolist()
    small.minute = full.minute[columns].tolist()
    for row in binding:
        start, end = part.indptr[row], part.indptr[row + 1]
        small.row(
            "restricted",
            part.indices[start:end].tolist(),
            part.data[start:end].tolist(),
            lower=max(-UNBOUNDED, int(row_lower[row])),
            upper=min(UNBOUNDED, int(row_upper[row])),
        )
    return Restriction(small, columns)
