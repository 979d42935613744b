"""All minutes of all dates as one row of positions, so that a question is asked once for all."""

from math import gcd

import numpy as np

from engine.filling.lanes import Minutes
from engine.practice import Horizon, Problem
from engine.practice.calendar import open_intervals
from engine.practice.pattern import pattern_of
from engine.units import MINUTES_PER_DAY


class ClockAxis:
    """`size` positions for each date, `step` minutes apart, from the earliest opening on.

    The step divides the grid and every border inside a visit, so that whatever begins or ends
    inside a visit that begins on the grid does so at a position. `minutes`: of the day, (size,);
    the last one is midnight.
    """

    def __init__(self, problem: Problem, horizon: Horizon) -> None:
        practice = problem.practice
        self.dates = horizon.dates
        self.number = {day: number for number, day in enumerate(self.dates)}
        self.weekdays: Minutes = np.array([day.weekday() for day in self.dates], dtype=np.int64)
        opens = [spans[0][0] for day in self.dates if (spans := open_intervals(practice, day))]
        self.step = gcd(practice.grid_minutes, *_borders(problem))
        self.first = min(opens, default=0) // self.step * self.step
        self.size = -(-(MINUTES_PER_DAY - self.first) // self.step) + 1
        clock = self.first + self.step * np.arange(self.size, dtype=np.int64)
        self.minutes: Minutes = np.minimum(clock, MINUTES_PER_DAY)

    def part(self, number: int) -> slice:
        """The positions of a date."""
        return slice(number * self.size, (number + 1) * self.size)

    def at(self, numbers: Minutes, minutes: Minutes) -> Minutes:
        """Positions of minutes of dates; a minute between two positions counts as the later one,
        one after midnight as midnight."""
        inside = np.minimum(-((self.first - minutes) // self.step), self.size - 1)
        positions: Minutes = numbers * self.size + inside
        return positions


def _borders(problem: Problem) -> set[int]:
    grid = problem.practice.grid_minutes
    patterns = [pattern_of(one, None, grid) for one in problem.practice.procedures]
    stages = [stage for pattern in patterns for stage in pattern]
    offsets = {time.offset for stage in stages for time in stage.doctor}
    return offsets | {border for stage in stages for border in (stage.start, stage.end)}
