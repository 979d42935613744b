"""Arithmetic of the report: one yardstick for all methods, times to a gap, medians, growth.

A value that a run did not reach counts as infinite in medians and ranges: it moves the median, and
is never averaged with numbers.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks.records import Instance, Record
from engine.result import gap_over_avoidable

Place = tuple[str, int]
"""Case and seed: one problem."""

TOLERANCE = 0.0005
"""Points; half a millipoint, less than any price."""
NEVER = math.inf


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What the methods' objectives on one problem are held against, in points."""

    bound: float
    floor: float

    def gap(self, objective: float) -> float:
        """Share of the avoidable part of an objective that is above the bound."""
        return gap_over_avoidable(objective, self.bound, self.floor)


@dataclass(slots=True)
class Yardsticks:
    """By problem: the best bound of all methods. `broken`: bounds above a checked schedule."""

    of: dict[Place, Yardstick] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def yardsticks(records: Iterable[Record], instances: dict[Place, Instance]) -> Yardsticks:
    """The highest valid bound of every problem; the floor where nobody has a better one.

    A bound above the price of a schedule that the checker accepted is wrong: it is left out and
    reported.
    """
    by_place: dict[Place, list[Record]] = {}
    for record in records:
        by_place.setdefault((record.run.case, record.run.seed), []).append(record)
    found = Yardsticks()
    for place, group in by_place.items():
        if place not in instances:
            continue
        floor = instances[place].floor
        cheapest = min((r.objective for r in group if r.objective is not None), default=NEVER)
        best = floor
        for record in group:
            for bound in (record.bound, record.certified_bound):
                if bound is None:
                    continue
                if bound > cheapest + TOLERANCE:
                    found.broken.append(
                        f"{record.run.method} on {place[0]}, seed {place[1]}: bound {bound:,.3f} "
                        f"above a checked schedule at {cheapest:,.3f}"
                    )
                else:
                    best = max(best, bound)
        found.of[place] = Yardstick(best, floor)
    return found


def gap_steps(record: Record, yardstick: Yardstick) -> list[tuple[float, float]]:
    """(seconds, gap) whenever the objective improves; the gap holds until the next step."""
    steps: list[tuple[float, float]] = []
    for point in record.trace:
        if point.objective is None:
            continue
        gap = yardstick.gap(point.objective)
        if not steps or gap < steps[-1][1]:
            steps.append((point.seconds, gap))
    return steps


def seconds_to(record: Record, yardstick: Yardstick, gap: float) -> float:
    """When the run first had a schedule within the gap; never is infinite."""
    steps = gap_steps(record, yardstick) if record.answered else []
    return next((seconds for seconds, reached in steps if reached <= gap), NEVER)


def gap_by(record: Record, yardstick: Yardstick, seconds: float) -> float:
    """The gap of the best schedule found by a moment; infinite where there was none."""
    steps = gap_steps(record, yardstick) if record.answered else []
    return min((gap for found, gap in steps if found <= seconds), default=NEVER)


def first_seconds(record: Record) -> float:
    """When the first schedule that the checker accepted was there; never is infinite."""
    if not record.answered:
        return NEVER
    return next((p.seconds for p in record.trace if p.objective is not None), NEVER)


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and range; infinite ends where values are missing. `missing` of `count` are."""

    middle: float
    low: float
    high: float
    missing: int
    count: int


def spread(values: Sequence[float | None]) -> Spread:
    """Median, least and greatest; None and infinite values are missing and count as infinite."""
    known = [NEVER if value is None else value for value in values]
    missing = sum(math.isinf(value) for value in known)
    if not known:
        return Spread(NEVER, NEVER, NEVER, 0, 0)
    ordered = sorted(known)
    half = len(ordered) // 2
    # statistics.median would take the mean of a number and infinity, which is infinity: right.
    middle = ordered[half] if len(ordered) % 2 else median(ordered)
    return Spread(middle, ordered[0], ordered[-1], missing, len(known))


@dataclass(frozen=True, slots=True)
class Growth:
    """seconds ~ visits ** exponent; None where fewer than three sizes reached the gap at all."""

    exponent: float | None
    reached: int
    count: int


def growth(points: Sequence[tuple[float, float]]) -> Growth:
    """Least squares of log(seconds) on log(visits) over (visits, seconds), missing ones left out.

    How many were left out belongs beside the number: what did not reach the gap took longer.
    """
    known = [(math.log(v), math.log(max(s, 1e-3))) for v, s in points if math.isfinite(s)]
    sizes = {size for size, _ in known}
    if len(sizes) < 3:
        return Growth(None, len(known), len(points))
    mean_x = math.fsum(x for x, _ in known) / len(known)
    mean_y = math.fsum(y for _, y in known) / len(known)
    above = math.fsum((x - mean_x) * (y - mean_y) for x, y in known)
    below = math.fsum((x - mean_x) ** 2 for x, _ in known)
    return Growth(above / below, len(known), len(points))
