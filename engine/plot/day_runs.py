"""How the days run: each date of the schedule lived through many times, in the page's words."""

from dataclasses import dataclass

from engine.day_run import DayFigures, simulate_days
from engine.plot.names import short_day
from engine.practice import Problem
from engine.schedule import Schedule

RUNS = 100
"""Of each date: enough to tell a calm day from one that runs late."""
_LATE_OFTEN = 0.25
"""Share of runs from which on a day is marked."""


@dataclass(frozen=True, slots=True)
class DayRunRow:
    """One date. `late`: share of the runs that end late; `wait`, `overtime`: minutes on average.

    Each with the standard error of its mean: `12 ± 3 %`.
    """

    title: str
    visits: int
    late: str
    wait: str
    overtime: str
    often_late: bool


def day_run_rows(problem: Problem, schedule: Schedule) -> tuple[DayRunRow, ...]:
    """A row for each date with visits; the same for the same schedule."""
    return tuple(map(_row, simulate_days(problem, schedule, RUNS)))


def _row(found: DayFigures) -> DayRunRow:
    return DayRunRow(
        short_day(found.day),
        found.visits,
        f"{100 * found.late_probability:.0f} ± {100 * found.late_error:.0f} %",
        f"{found.wait:.1f} ± {found.wait_error:.1f}",
        f"{found.overtime:.1f} ± {found.overtime_error:.1f}",
        found.late_probability >= _LATE_OFTEN,
    )
