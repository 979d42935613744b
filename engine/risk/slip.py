"""Slip of the finish: the days by which the visits that are still to come put it off.

Each later visit is missed with probability p; a miss puts off all that follows by a rebooking
delay. Independently, each later visit finds something broken with the practice's repair chance,
and the repair takes the visit's place. A delay of d days is a date in the week around d, each of
the days d - 3 to d + 3 equally likely (fewer where d is below 4): nobody rebooks to the day. So one
later visit slips by a random whole number of days, n of them by the n-fold convolution. A visit
missed again after its rebooking is left out, as it is for the visit that is being placed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Chances = NDArray[np.float64]
"""Probabilities by whole day: entry s belongs to s days."""

CHANCE_STEP = 0.001
"""Patients whose chance of missing a visit rounds to the same tenth of a percent share a table."""

_DAYS_AROUND = 3


@dataclass(frozen=True, slots=True)
class Slip:
    """A random slip of S whole days, as a table.

    `beyond`: P(S > s) for s = 0, 1, ..., the last one 0. `mean_days`: E[S].
    """

    beyond: tuple[float, ...]
    mean_days: float

    def chance_beyond(self, slack_days: int) -> float:
        """P(S > slack); 1 for a negative slack, since nothing ends earlier than planned."""
        if slack_days < 0:
            return 1.0
        return self.beyond[slack_days] if slack_days < len(self.beyond) else 0.0

    def with_miss(self, p_missed: float, rebooking_days: int) -> "Slip":
        """The slip where one more visit may be missed, and then costs exactly `rebooking_days`."""
        kept = np.array(self.beyond)
        missed = np.concatenate([np.ones(rebooking_days), kept])
        kept = np.concatenate([kept, np.zeros(rebooking_days)])
        beyond = (1.0 - p_missed) * kept + p_missed * missed
        return Slip(tuple(beyond.tolist()), self.mean_days + p_missed * rebooking_days)


NO_SLIP = Slip((0.0,), 0.0)
"""Nothing is left that could slip."""


class SlipTables:
    """Slips by chance of missing a visit and number of later visits, each convolved once.

    `delays`: how often a missed visit is given again after so many days; any scale.
    """

    def __init__(self, delays: Mapping[int, float], repair_chance: float, repair_days: int) -> None:
        total = sum(delays.values())
        self._delay = _mixture({days: share / total for days, share in delays.items()})
        self._delay_days = sum(days * share for days, share in delays.items()) / total
        repair = repair_chance * _mixture({repair_days: 1.0})
        repair[0] += 1.0 - repair_chance
        self._repair = repair
        self._repair_days = repair_chance * repair_days
        self._known: dict[tuple[int, int], Slip] = {}

    def slip_of(self, p_missed: float, visits: int) -> Slip:
        """The slip of `visits` later visits of a patient who misses one with `p_missed`."""
        key = (round(p_missed / CHANCE_STEP), visits)
        if key not in self._known:
            self._known[key] = self._convolve(key[0] * CHANCE_STEP, visits)
        return self._known[key]

    def one_visit(self, p_missed: float) -> Chances:
        """Chance of each number of days by which one later visit puts the finish off."""
        missed = p_missed * self._delay
        missed[0] += 1.0 - p_missed
        return np.convolve(missed, self._repair)

    def _convolve(self, p_missed: float, visits: int) -> Slip:
        if visits == 0:
            return NO_SLIP
        one = self.one_visit(p_missed)
        length = visits * (len(one) - 1) + 1
        size = 1 << (length - 1).bit_length()  # without wrapping round; powers of two are quick
        chances = np.fft.irfft(np.fft.rfft(one, size) ** visits, size)[:length].clip(min=0.0)
        # P(S > s) is the sum of what lies above s; summed from the end it never rises with s.
        at_least = np.cumsum(chances[::-1])[::-1].clip(max=1.0)
        mean = visits * (p_missed * self._delay_days + self._repair_days)
        return Slip((*at_least[1:].tolist(), 0.0), mean)


def _mixture(shares: Mapping[int, float]) -> Chances:
    """Chances of a delay that is in the week around each of these days with that share."""
    around = {days: max(0, min(_DAYS_AROUND, days - 1)) for days in shares}
    chances = np.zeros(max(days + around[days] for days in shares) + 1)
    for days, share in shares.items():
        first, last = days - around[days], days + around[days]
        chances[first : last + 1] += share / (last + 1 - first)
    return chances
