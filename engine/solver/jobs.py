"""The kinds of solver work: a program to minimise, prices to raise."""

from dataclasses import dataclass

from engine.solver.ascent import Ascent
from engine.solver.cp_sat import solve_program
from engine.solver.highs import branch_and_cut
from engine.solver.job import Tell
from engine.solver.lagrangian import Lagrangian
from engine.solver.program import Program
from engine.solver.segments import Reals
from engine.solver.solved import Limits, Solved


@dataclass(frozen=True, slots=True)
class Solve:
    """Minimise a program from a hint. Answer: Solved."""

    program: Program
    limits: Limits
    hint: dict[int, int]

    def run(self, _tell: Tell) -> Solved:
        """Solve it here."""
        return solve_program(self.program, self.limits, self.hint)


def solve_here(job: Solve) -> Solved:
    """Do the job in this process."""
    return job.run(lambda told: None)


@dataclass(frozen=True, slots=True)
class Branch:
    """Minimise a program by branch and cut from a first solution. Tells and answers: Solved."""

    program: Program
    limits: Limits
    hint: dict[int, int]

    def run(self, tell: Tell) -> Solved:
        """Solve it here."""
        return branch_and_cut(self.program, self.limits, self.hint, tell)


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

    def run(self, _tell: Tell) -> Climbed:
        """Climb here."""
        ascent = Ascent(self.dual)
        if self.prices is not None:
            ascent.prices = self.prices
        ascent.cycle(self.steps, self.rate)
        return Climbed(ascent.prices, ascent.bound(), self.steps)
