"""What is asked of a solver and what it answers, whichever solver it is."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.result import Status

Values = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop: time, solver work, relative gap, or `slack` millipoints from the bound.

    `work`: CP-SAT's deterministic units; with one worker and no end of seconds its answer is the
    same on every run. `cuts`: False where a good solution matters and the bound does not.
    """

    seconds: float
    gap: float
    workers: int
    seed: int
    work: float = math.inf
    slack: float = 0.0
    cuts: bool = True


@dataclass(slots=True)
class Solved:
    """Values of all columns or none; objective and bound in millipoints, constant included."""

    status: Status
    values: Values | None
    objective: float | None
    bound: float | None
    work: float = 0.0
    """Deterministic units that CP-SAT spent."""
