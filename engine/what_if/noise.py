"""Which differences say something: what is proven, and what another seed changes anyway.

Let f be the best objective of a scenario and b its bound, F and B those of the base. The true
difference of the two optima lies in [b - F, f - B]; where that holds zero, its sign is not proven,
and the difference is within what the two gaps leave open. What repeats with other seeds change in
the base or in the scenario alone is the second measure: a difference no larger is within noise.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.what_if.comparison import Noise, Solved


@dataclass(frozen=True, slots=True)
class Proven:
    """The true difference of two optima lies in [least, most], points; None where not known."""

    least: float | None
    most: float | None
    open: float | None
    """What the two gaps leave open together."""

    @property
    def sign_known(self) -> bool:
        """True where the difference is proven to be above, or below, zero."""
        return (self.least is not None and self.least > 0) or (
            self.most is not None and self.most < 0
        )


def proven(
    base: Solved, scenario: Solved, *, base_more: float = 0.0, scenario_more: float = 0.0
) -> Proven:
    """What the bounds of the full solves prove; `more`: points of visits that were left out."""
    best, best_base = scenario.best.objective, base.best.objective
    bound, bound_base = scenario.bound, base.bound
    more = scenario_more - base_more
    least = None if bound is None or best_base is None else bound - best_base + more
    most = None if bound_base is None or best is None else best - bound_base + more
    left = None if least is None or most is None else most - least
    return Proven(least, most, left)


def spread_of(values: Sequence[float]) -> float:
    """The largest change that another seed alone made."""
    return max(values) - min(values) if values else 0.0


def noise_of(difference: float, spread: float, *, by_gap: bool) -> Noise:
    """`by_gap`: the difference is no larger than what is not proven."""
    by_repeats = abs(difference) <= spread + 1e-9
    if by_gap and by_repeats:
        return Noise.BOTH
    return Noise.GAP if by_gap else Noise.REPEATS if by_repeats else Noise.CLEAR
