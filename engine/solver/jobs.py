"""The two kinds of solver work: a program to minimise, prices to raise."""

from dataclasses import dataclass

from engine.solver.ascent import Ascent
from engine.solver.cp_sat import CpSatAnswer, CpSatLimits, solve_program
from engine.solver.lagrangian import Lagrangian
from engine.solver.program import Program
from engine.solver.segments import Reals


@dataclass(frozen=True, slots=True)
class Solve:
    """Minimise a program from a hint. Answer: CpSatAnswer."""

    program: Program
    limits: CpSatLimits
    hint: dict[int, int]

    def run(self) -> CpSatAnswer:
        """Solve it here."""
        return solve_program(self.program, self.limits, self.hint)


@dataclass(frozen=True, slots=True)
class Climbed:
    """Prices, the exact bound at them when whole, in millipoints, and the steps it took."""

    prices: Reals
    bound: float
    steps: int


@dataclass(frozen=True, slots=True)
class Climb:
    """Raise prices for one cycle of `steps` from the given ones, the first of about `rate`."""

    dual: Lagrangian
    prices: Reals | None
    steps: int
    rate: float

    def run(self) -> Climbed:
        """Climb here."""
        ascent = Ascent(self.dual)
        if self.prices is not None:
            ascent.prices = self.prices
        ascent.cycle(self.steps, self.rate)
        return Climbed(ascent.prices, ascent.bound(), self.steps)
