"""The engine, as a practice calls it."""

from benchmarks.peer import Limits, Offer
from engine.certificate.certificate import Certificate
from engine.filling.fill import FillSettings, fill_certified
from engine.practice import Horizon, Problem
from engine.result import TracePoint

GAP = 0.001
"""It stops at half of the gap that `fill` asks for, so that the curves show what comes after."""


class EngineFill:
    """`fill_certified` with its own settings but for time, workers, seed and gap."""

    name = "engine"
    settings = (
        "fill_certified as it is, which starts from the best fit by hand; stops at a proven gap "
        f"of {GAP:.1%} of the avoidable part"
    )
    runs_to_limit = False

    def __init__(self) -> None:
        self.trace: tuple[TracePoint, ...] = ()
        self.certificate: Certificate | None = None
        self.certified_bound: float | None = None
        self.floor: float | None = None
        self.notes: tuple[str, ...] = ()

    def run(self, problem: Problem, horizon: Horizon, limits: Limits, offer: Offer) -> float | None:
        """Fills, and hands over the result's schedule, trace and bounds."""
        settings = FillSettings(
            time_limit=limits.seconds, gap=GAP, workers=limits.workers, seed=limits.seed
        )
        result, self.certificate = fill_certified(problem, horizon, settings)
        if result.schedule is not None:
            offer(result.schedule)
        self.trace, self.floor, self.notes = result.trace, result.floor, result.notes
        self.certified_bound = result.certified_bound
        return result.bound
