"""Minima over consecutive pieces of an array: the inner loop of the dual function."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Segments:
    """Pieces of an array of length n: piece k is [starts[k], starts[k + 1]); none is empty."""

    starts: Indices
    piece: Indices
    """For each place the number of its piece; shape (n,)."""

    @staticmethod
    def of(sizes: Indices) -> "Segments":
        """Pieces of these sizes, each at least 1."""
        starts = (np.cumsum(sizes) - sizes).astype(np.int64)
        return Segments(starts, np.repeat(np.arange(len(sizes)), sizes))

    def places(self, number: int) -> Indices:
        """The places of one piece."""
        last = number + 1 == len(self.starts)
        end = len(self.piece) if last else int(self.starts[number + 1])
        return np.arange(self.starts[number], end)

    def least(self, values: Reals) -> Reals:
        """The smallest value of each piece."""
        if not len(self.starts):
            return np.empty(0)
        least: Reals = np.minimum.reduceat(values, self.starts)
        return least

    def first_least(self, values: Reals, least: Reals) -> Indices:
        """Where each piece has its smallest value, the first if several are equal."""
        hits = np.flatnonzero(values == least[self.piece])[::-1]
        places = np.empty(len(self.starts), dtype=np.int64)
        places[self.piece[hits]] = hits
        return places
