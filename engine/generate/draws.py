"""Small draws from a seeded random number generator, as plain Python values."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def chance(rng: np.random.Generator, probability: float) -> bool:
    """True with this probability."""
    return bool(rng.random() < probability)


def whole(rng: np.random.Generator, low: int, high: int) -> int:
    """A whole number from low to high, both possible."""
    return int(rng.integers(low, high + 1))


def pick(rng: np.random.Generator, items: Sequence[T], weights: Sequence[float] | None = None) -> T:
    """One of the items, by weight where weights are given."""
    if weights is None:
        return items[int(rng.integers(len(items)))]
    borders = np.cumsum(np.asarray(weights, dtype=float))
    return items[int(np.searchsorted(borders, rng.random() * borders[-1], side="right"))]


def shuffled(rng: np.random.Generator, items: Sequence[T]) -> list[T]:
    """The items in random order."""
    return [items[int(index)] for index in rng.permutation(len(items))]
