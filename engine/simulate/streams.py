"""Random numbers by name: the same words give the same number, whatever was drawn before.

With common random numbers two policies meet the same patients, breakages and latent outcomes, and
paired differences say what the policy did. So no number may depend on the order of events: each
draw has a generator of its own, a counter-based Philox whose key is a hash of the seed and of
words such as patient, visit and attempt (Salmon, Moraes, Dror and Shaw, "Parallel random numbers:
as easy as 1, 2, 3", Proceedings of SC11, 2011).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

import numpy as np

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Streams:
    """All random numbers of one replication."""

    seed: int

    def of(self, *words: str | int) -> np.random.Generator:
        """The generator of these words."""
        text = "\x1f".join(map(str, (self.seed, *words)))
        key = int.from_bytes(blake2b(text.encode(), digest_size=16).digest(), "little")
        return np.random.Generator(np.random.Philox(key=key))

    def uniform(self, *words: str | int) -> float:
        """A number in [0, 1)."""
        return float(self.of(*words).random())

    def pick(self, shares: Sequence[tuple[T, float]], *words: str | int) -> T:
        """One of the items, by share."""
        left = self.uniform(*words) * sum(share for _, share in shares)
        for item, share in shares:
            left -= share
            if left < 0:
                return item
        return shares[-1][0]
