"""Places for those who come by chance: a newsvendor on a Poisson day, or week."""

import math

from scipy.stats import poisson

from engine.model_day.goals import Holds


def held_places(mean: float, holds: Holds) -> int:
    """The fewest places h with P(N <= h) at or above the critical ratio; 0 where nobody comes.

    `mean`: emergencies of a patient day.
    """
    return enough_places(mean, critical_ratio(holds))


def enough_places(mean: float, share: float) -> int:
    """The fewest places h with P(N <= h) >= share, N Poisson; 0 where nobody comes."""
    return int(poisson.ppf(share, mean)) if mean > 0 else 0


def critical_ratio(holds: Holds) -> float:
    """Cost of turning one away over the sum of it and the cost of an empty hold."""
    return holds.cost_of_turning_away / (holds.cost_of_turning_away + holds.cost_of_an_empty_hold)


def covered_share(mean: float, places: int) -> float:
    """The share of days on which so many places are enough."""
    return float(poisson.cdf(places, mean)) if mean > 0 else 1.0


def morning_places(places: int, holds: Holds) -> int:
    """Holds before noon, half up."""
    return math.floor(places * holds.morning_share + 0.5)
