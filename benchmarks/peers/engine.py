"""The engine, as a practice calls it."""

from benchmarks.peer import Limits, Offer
from engine.certificate.certificate import Certificate, PriceLine
from engine.certificate.verify import certificate_for
from engine.filling.fill import FillSettings, fill_days
from engine.practice import Horizon, Problem
from engine.result import Result, TracePoint

GAP = 0.001
"""It stops at half of the gap that `fill` asks for, so that the curves show what comes after."""


class EngineFill:
    """`fill_days` with its own settings but for time, workers, seed and gap."""

    name = "engine"
    settings = (
        f"fill_days as it is, which starts from the best fit by hand; stops at a proven gap of "
        f"{GAP:.1%} of the avoidable part"
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
        result = fill_days(problem, horizon, settings)
        if result.schedule is not None:
            offer(result.schedule)
        self.trace, self.floor, self.notes = result.trace, result.floor, result.notes
        self.certified_bound = result.certified_bound
        self.certificate = _certificate_of(problem, result)
        return result.bound


def _certificate_of(problem: Problem, result: Result) -> Certificate | None:
    """The certificate of the result, or the one that its prices make."""
    certificate: Certificate | None = getattr(result, "certificate", None)
    lines: tuple[PriceLine, ...] | None = getattr(result, "certificate_lines", None)
    if certificate is None and lines and result.schedule is not None:
        return certificate_for(problem, result.schedule, lines)
    return certificate
