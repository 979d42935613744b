"""What a history says about visits that nobody plans: repairs, emergencies, exams that are missed.

A history may hold a part of a practice's visits only, so repairs and emergencies are counted beside
adjustments and never by the day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.model_day.counted import Counted
from engine.model_day.goals import Driver, Mix

LEAST_EVENTS = 20
"""Fewer repairs, or emergencies, say more about chance: of 20 the standard error is 4.5."""
LEAST_EXAMS = 50
"""Fewer exams than this say little about how many are missed."""
MOST_MISSED = 0.9
"""A share of missed exams is at most this: places for the rest grow without end."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """`events` counted beside `base`; `value`: of the driver, None where they are too few."""

    events: int
    base: int
    value: float | None


@dataclass(frozen=True, slots=True)
class PastRates:
    """Repairs and emergencies for each adjustment, and the share of the exams that was missed."""

    repairs: Ratio
    emergencies: Ratio
    exam_no_show: Ratio


def past_rates(counted: Counted, mixes: Iterable[Mix]) -> PastRates:
    """The ratios of a history; what a procedure counts for is said by the mix of the goals."""
    every = tuple(mixes)
    adjustments = _visits(counted.visits, every, Driver.ADJUSTMENT)
    exams = _visits(counted.visits, every, Driver.EXAM)
    missed = _visits(counted.missed, every, Driver.EXAM)
    share = min(MOST_MISSED, missed / exams) if exams >= LEAST_EXAMS else None
    return PastRates(
        _beside(counted, every, Driver.REPAIR, adjustments),
        _beside(counted, every, Driver.EMERGENCY, adjustments),
        Ratio(missed, exams, share),
    )


def _beside(counted: Counted, mixes: tuple[Mix, ...], driver: Driver, base: int) -> Ratio:
    """Of the driver: its visits and the adjustments, each by the shares of the mix."""
    events = _visits(counted.visits, mixes, driver)
    own, planned = _shares(mixes, driver), _shares(mixes, Driver.ADJUSTMENT)
    known = events >= LEAST_EVENTS and base > 0 and own > 0
    return Ratio(events, base, events / own / (base / planned) if known else None)


def _visits(counts: Mapping[str, int], mixes: tuple[Mix, ...], driver: Driver) -> int:
    return sum(counts.get(mix.procedure, 0) for mix in mixes if mix.driver is driver)


def _shares(mixes: tuple[Mix, ...], driver: Driver) -> float:
    return sum(mix.share for mix in mixes if mix.driver is driver)
