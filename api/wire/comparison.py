"""What a comparison of scenarios says."""

from api.wire.on_wire import OnWire
from engine.what_if.comparison import Outcome
from engine.what_if.scenarios import ScenarioSettings


class ComparisonOnWire(OnWire):
    """Every scenario beside the base. `base_bound`, `base_objectives` (one a seed) in points.

    `stopped`: the run was stopped before all was done; of the scenarios in `left_out` nothing is
    known, others may be screened only.
    """

    settings: ScenarioSettings
    base_bound: float
    base_objectives: tuple[float | None, ...]
    outcomes: tuple[Outcome, ...]
    stopped: bool = False
    left_out: tuple[str, ...] = ()
