"""What a start costs for one visit: its personal KPIs at their weights, in whole millipoints."""

from datetime import date

import numpy as np

from engine.filling.lanes import Minutes
from engine.practice import Horizon, Problem, Visit
from engine.practice.calendar import open_intervals
from engine.risk.visit_costs import PersonalCosts
from engine.yardsticks import prices_of


class VisitPrice:
    """Prices of the personal table, with the practice's own weights."""

    def __init__(self, problem: Problem, horizon: Horizon) -> None:
        self._costs = PersonalCosts(problem, horizon)
        self._prices = prices_of(problem)
        self._hours = {
            day: {
                hour
                for start, end in open_intervals(problem.practice, day)
                for hour in range(start // 60, -(-end // 60))
            }
            for day in horizon.dates
        }

    def at(self, visit: Visit, day: date, starts: Minutes) -> Minutes:
        """Millipoints of each start (minutes of the day); the table goes by clock hour."""
        hours = starts // 60
        by_hour = {int(hour): self._price(visit, day, int(hour)) for hour in np.unique(hours)}
        return np.array([by_hour[int(hour)] for hour in hours], dtype=np.int64)

    def least(self, visit: Visit, day: date) -> int | None:
        """Millipoints of the cheapest opening hour of a date; None where it is closed."""
        return min((self._price(visit, day, hour) for hour in self._hours[day]), default=None)

    def _price(self, visit: Visit, day: date, hour: int) -> int:
        quanta = self._costs.at(visit.id, day, hour)
        return sum(self._prices[kpi] * value for kpi, value in quanta.items())
