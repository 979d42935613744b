"""A day as it runs: late patients, visits that take longer, and who waits for whom.

`engine.day_run.day_plan` reads a schedule, `engine.day_run.run_once` runs it once with given
draws, `engine.day_run.monte_carlo` many times.
"""

from engine.day_run.day_plan import DayPlan, day_plan
from engine.day_run.draws import RunSettings, VisitDraw, draw_visit
from engine.day_run.monte_carlo import DayFigures, simulate_days
from engine.day_run.run_once import LATE_MINUTES, DayOutcome, run_once, runs_late

__all__ = [
    "LATE_MINUTES",
    "DayFigures",
    "DayOutcome",
    "DayPlan",
    "RunSettings",
    "VisitDraw",
    "day_plan",
    "draw_visit",
    "run_once",
    "runs_late",
    "simulate_days",
]
