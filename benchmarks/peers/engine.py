"""The engine, as a practice calls it."""

from benchmarks.peer import Limits, Offer
from engine.filling.fill import FillSettings, fill_days
from engine.practice import Horizon, Problem
from engine.result import TracePoint

GAP = 0.001
"""It stops at half of the gap that `fill` asks for, so that the curves show what comes after."""


class EngineFill:
    """`fill_days` with its own settings but for time, workers, seed and gap."""

    name = "engine"
    settings = f"fill_days as it is; stops at a proven gap of {GAP:.1%} of the avoidable part"
    runs_to_limit = False

    def __init__(self) -> None:
        self.trace: tuple[TracePoint, ...] = ()
        self.certified_bound: float | None = None
        self.certified_gap: float | None = None
        self.floor: float | None = None
        self.notes: tuple[str, ...] = ()

    def run(self, problem: Problem, horizon: Horizon, limits: Limits, offer: Offer) -> float | None:
        """Fills, and hands over the result's schedule, trace and bounds."""
        settings = FillSettings(
            time_limit=limits.seconds, gap=GAP, workers=limits.workers, seed=limits.seed
        )
        result = fill_days(problem, horizon, settings)
        if result.schedule is not None:
            offer(result.schedule)
        self.trace, self.floor, self.notes = result.trace, result.floor, result.notes
        self.certified_bound = result.certified_bound
        self.certified_gap = result.certified_gap
        return result.bound
