"""The best checked schedule so far: nothing unchecked gets in, nothing found is lost."""

import math
import time
from collections.abc import Callable

from engine.checker import CheckReport, check
from engine.kpi import measure, objective_points
from engine.practice import Problem
from engine.result import KpiValue, TracePoint, gap_over_avoidable
from engine.schedule import Schedule
from engine.solver.verdict import Verdict
from engine.weights import MILLIPOINTS
from engine.yardsticks import prices_of

BY_HAND = "by hand"
"""Who made the first schedule of a fill, in its trace."""
PROVEN_POINTS = 0.0005
"""Half a millipoint: an objective this close to its bound is optimal."""
REFUSED = "The checker refused a schedule of the engine"
"""Begins the note of a schedule that broke a rule; tests look for it."""


OnBetter = Callable[[Schedule, tuple[KpiValue, ...]], None]
"""Told of every schedule that is kept, with its figures."""


class BestSoFar:
    """Keeps the cheapest checked schedule and the highest bound, and tells of progress."""

    def __init__(
        self,
        problem: Problem,
        began: float,
        on_progress: Callable[[TracePoint], None] | None,
        on_better: OnBetter | None = None,
    ) -> None:
        self._problem = problem
        self._step = math.gcd(*prices_of(problem).values()) or 1
        """Millipoints: what schedules cost are whole multiples of it."""
        self._began = began
        self._on_progress = on_progress
        self._on_better = on_better
        self.schedule: Schedule | None = None
        self.kpis: tuple[KpiValue, ...] = ()
        self.objective: float | None = None
        self.bound: float | None = None
        self.floor: float | None = None
        self.trace: list[TracePoint] = []
        self.notes: list[str] = []

    def seconds(self) -> float:
        """Seconds since the fill began."""
        return time.perf_counter() - self._began

    def offer(self, schedule: Schedule, by: str, doubtful: bool = False) -> Verdict:
        """Keep the schedule if it is cheaper and the checker accepts it.

        A refused one is a fault of the engine, not of the input: it is noted, never shown. Of a
        doubtful one only the checker can tell; its refusal is no fault.
        """
        kpis = measure(self._problem, schedule)
        objective = objective_points(kpis)
        if self.objective is not None and objective >= self.objective:
            return Verdict.NO_BETTER
        report = check(self._problem, schedule)
        if not report.ok:
            if not doubtful:
                self.note_refused(by, report)
            return Verdict.REFUSED
        self.schedule, self.kpis, self.objective = schedule, kpis, objective
        if self._on_better is not None:
            self._on_better(schedule, kpis)
        self._note(by)
        return Verdict.KEPT

    def raise_bound(self, bound: float) -> None:
        """A lower bound in points; only a higher one counts.

        No schedule costs anything between two steps, so the bound is raised to the next one. That
        gives back what a solver's bound loses to caution about its floating point: without it a
        schedule that is proven best would have a gap of a thousandth of a point for ever.
        """
        millipoints = (bound - PROVEN_POINTS) * MILLIPOINTS
        bound = max(bound, math.ceil(millipoints / self._step) * self._step / MILLIPOINTS)
        if self.bound is None or bound > self.bound + 1e-6:
            self.bound = bound
            self._note("bound")

    def note(self, text: str) -> None:
        """Something a reader of the result should know."""
        self.notes.append(text)

    def note_refused(self, by: str, report: CheckReport) -> None:
        """Say once which rules a refused schedule broke."""
        text = f"{REFUSED} ({by}): {'; '.join(v.sentence for v in report.violations[:3])}"
        if text not in self.notes:
            self.note(text)

    def set_floor(self, floor: float) -> None:
        """The unavoidable part of the objective in points."""
        self.floor = floor

    @property
    def gap(self) -> float | None:
        """The unproven share of the avoidable part; None while something is not known."""
        if self.objective is None or self.bound is None or self.floor is None:
            return None
        return gap_over_avoidable(self.objective, self.bound, self.floor)

    def _note(self, by: str) -> None:
        point = TracePoint(
            seconds=round(self.seconds(), 3),
            objective=self.objective,
            bound=self.bound,
            gap=self.gap,
            by=by,
        )
        self.trace.append(point)
        if self._on_progress is not None:
            self._on_progress(point)
