"""What a fill returns: a schedule or none, how good it is, and how it came about."""

from enum import StrEnum

from engine.practice import SlotPrices
from engine.practice.base import Frozen
from engine.schedule import Schedule


class Status(StrEnum):
    """How a run ended. Infeasible and unknown are different answers."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


class KpiValue(Frozen):
    """One figure: whole quanta (exact), value in its unit, and its points in the objective."""

    kpi: str
    quanta: int
    value: float
    unit: str
    points: float


class TracePoint(Frozen):
    """The state of the search at a moment: seconds, objective and bound in points, gap."""

    seconds: float
    objective: float | None
    bound: float | None
    gap: float | None = None
    by: str = ""


class Result(Frozen):
    """One run. Objective, floor and bound in points; None where not known.

    `floor`: sum of each visit's cheapest admissible cost. `gap` is measured over the avoidable
    part: (objective - bound) / (objective - floor). `weights`: points per unit, by KPI;
    `slot_prices`: what lost minutes are worth by slot in these figures (None: the same everywhere).
    `certified_bound`, `certified_gap`: what the certificate beside the schedule proves on its own,
    in whole prices and over the certificate's own floor.
    """

    status: Status
    schedule: Schedule | None
    objective: float | None = None
    floor: float | None = None
    bound: float | None = None
    gap: float | None = None
    certified_bound: float | None = None
    certified_gap: float | None = None
    seconds: float = 0.0
    seed: int = 0
    workers: int = 1
    reproducible: bool = False
    interrupted: bool = False
    kpis: tuple[KpiValue, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    slot_prices: SlotPrices | None = None
    versions: tuple[tuple[str, str], ...] = ()
    trace: tuple[TracePoint, ...] = ()
    notes: tuple[str, ...] = ()


def gap_over_avoidable(objective: float, bound: float, floor: float) -> float:
    """(objective - bound) / (objective - floor), 0 where nothing is avoidable."""
    avoidable = objective - floor
    if avoidable <= 1e-9:
        return 0.0
    return max(0.0, min(1.0, (objective - bound) / avoidable))
