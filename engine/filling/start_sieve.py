"""A sieve of starts: rule after rule takes some out, and it is written down which took how many."""

from dataclasses import dataclass, field

import numpy as np

from engine.filling.lanes import Mask, Minutes


@dataclass
class StartSieve:
    """`starts`: minutes of the day still possible; `taken`: starts taken out, by rule, in order."""

    starts: Minutes
    taken: dict[str, int] = field(default_factory=dict)

    def keep(self, rule: str, allowed: Mask | np.bool_ | bool) -> None:
        """Leave what the rule allows: a mask over the starts, or one answer for all of them."""
        kept: Mask = np.broadcast_to(np.asarray(allowed, dtype=np.bool_), self.starts.shape)
        lost = len(self.starts) - int(kept.sum())
        if lost:
            self.taken[rule] = self.taken.get(rule, 0) + lost
            self.starts = self.starts[kept]

    def copy(self) -> "StartSieve":
        """The same, to be sifted further."""
        return StartSieve(self.starts, dict(self.taken))
