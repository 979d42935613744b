"""Which differences say something: what is proven, and what another seed changes anyway.

Let f be the best objective of a scenario and b its bound, F and B those of the base. The true
difference of the two optima lies in [b - F, f - B]; where that holds zero, its sign is not proven,
and the difference is within what the two gaps leave open. What repeats with other seeds change in
the base or in the scenario alone is the second measure: a difference no larger is within noise.
With one result that is unknown: what is priced goes by the gaps alone, and of anything else nothing
can be said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.what_if.comparison import Noise


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


@dataclass(frozen=True, slots=True)
class Ends:
    """Between a bound and the best objective found lies the optimum, points."""

    bound: float | None
    best: float | None


def proven(base: Ends, scenario: Ends) -> Proven:
    """What the bounds of the full solves prove."""
    least = None
    if scenario.bound is not None and base.best is not None:
        least = scenario.bound - base.best
    most = None
    if scenario.best is not None and base.bound is not None:
        most = scenario.best - base.bound
    left = None if least is None or most is None else most - least
    return Proven(least, most, left)


def spread_of(values: Sequence[float]) -> float | None:
    """The largest change that another seed alone made; None where there was no other."""
    return max(values) - min(values) if len(values) > 1 else None


def noise_of(difference: float, spread: float | None, *, by_gap: bool, priced: bool) -> Noise:
    """`by_gap`: the difference is no larger than what is not proven."""
    unknown = spread is None and not priced
    by_repeats = unknown or abs(difference) <= (spread or 0.0) + 1e-9
    if by_gap and by_repeats:
        return Noise.BOTH
    return Noise.GAP if by_gap else Noise.REPEATS if by_repeats else Noise.CLEAR
