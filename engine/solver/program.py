"""A linear integer program kept as arrays, independent of any solver."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

UNBOUNDED = 1 << 40
"""Stands for no bound on a row; all real bounds are far smaller."""


@dataclass(slots=True)
class Program:
    """Columns (bounds, cost in millipoints) and rows (coefficients, bounds, their rule)."""

    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    cost: list[int] = field(default_factory=list)
    day: list[int] = field(default_factory=list)
    """Number of the date a column belongs to; -1 for none."""
    minute: list[int] = field(default_factory=list)
    """Minute at which what the column stands for begins; -1 where it has no time."""
    row_columns: list[Sequence[int]] = field(default_factory=list)
    row_coefficients: list[Sequence[int] | None] = field(default_factory=list)
    row_lower: list[int] = field(default_factory=list)
    row_upper: list[int] = field(default_factory=list)
    row_rule: list[str] = field(default_factory=list)
    constant: int = 0
    """Millipoints that no choice changes."""

    def column(
        self, lower: int, upper: int, cost: int = 0, *, day: int = -1, minute: int = -1
    ) -> int:
        """A new integer column in [lower, upper]; returns its index."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.cost.append(cost)
        self.day.append(day)
        self.minute.append(minute)
        return len(self.lower) - 1

    def row(
        self,
        rule: str,
        columns: Sequence[int],
        coefficients: Sequence[int] | None = None,
        *,
        lower: int = -UNBOUNDED,
        upper: int = UNBOUNDED,
    ) -> None:
        """lower <= sum(coefficient * column) <= upper; coefficients None means all ones."""
        self.row_columns.append(columns)
        self.row_coefficients.append(coefficients)
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        self.row_rule.append(rule)

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
        plus, minus = list(left), list(right)
        signs = [1] * len(plus) + [-1] * len(minus)
        self.row(rule, plus + minus, signs, lower=lower, upper=upper)

    @property
    def size(self) -> int:
        """Number of columns."""
        return len(self.lower)

    def objective_of(self, values: npt.NDArray[np.int64]) -> int:
        """Millipoints of a solution vector."""
        return int(np.dot(np.asarray(self.cost, dtype=np.int64), values)) + self.constant
