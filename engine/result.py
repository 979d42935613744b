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


class Regret(Frozen):
    """What following the model days costs in these dates, in points, against no model day at all.

    `template_bound`, `free_bound`: bounds by prices with and without model days, after the same
    steps; `estimate`: their difference, never below 0. `at_most`: what the schedule costs above
    `free_bound`: no schedule of any kind saves more. With a second fill without model days:
    `free_objective`, `found` (what that one saved, never below 0), `at_least` (what even the best
    schedule under the model days costs more). None: not known.
    """

    template_bound: float | None = None
    free_bound: float | None = None
    estimate: float | None = None
    at_most: float | None = None
    free_objective: float | None = None
    found: float | None = None
    at_least: float | None = None


class Result(Frozen):
    """One run. Objective, floor and bound in points; None where not known.

    `floor`: sum of each visit's cheapest admissible cost. `gap` is measured over the avoidable
    part: (objective - bound) / (objective - floor). `weights`: points per unit, by KPI;
    `slot_prices`: what lost minutes are worth by slot in these figures (None: the same everywhere).
    `certified_bound`, `certified_gap`: what the certificate beside the schedule proves on its own,
    in whole prices and over the certificate's own floor. `regret`: None where it was not asked for
    or cannot be bounded.
    """

    status: Status
    schedule: Schedule | None
    objective: float | None = None
    floor: float | None = None
    bound: float | None = None
    gap: float | None = None
    certified_bound: float | None = None
    certified_gap: float | None = None
    regret: Regret | None = None
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
