"""Where the stages of a search meet: what is known so far, and how the crew is put to work."""

import math

import numpy as np

from engine.result import Status
from engine.solver.arrays import Ints, Restriction
from engine.solver.budget import Budget
from engine.solver.cp_sat import CpSatAnswer, CpSatLimits
from engine.solver.crew import ATTEMPTS, Crew, Done
from engine.solver.incumbent import Incumbent
from engine.solver.jobs import Climb, Climbed, Solve
from engine.solver.lagrangian import Lagrangian
from engine.solver.model import Model
from engine.solver.places import Places
from engine.solver.segments import Reals
from engine.solver.unmatched import drop_unmatched

CLIMB_WORK = 0.001
"""What a step of prices counts where solver work is the limit."""

MATCHINGS = 5
"""Times that visits without a start of theirs are taken out of a solution."""

STEP_SLACK = 0.0003
"""A step ends when it is proven within this share of the bound's avoidable part."""


class Bridge:
    """Best solution, prices, bound; jobs go out from here and their answers come in here."""

    def __init__(self, model: Model, crew: Crew, budget: Budget) -> None:
        self.model = model
        self.crew = crew
        self.budget = budget
        self.settings = budget.settings
        self.best = Incumbent(model, budget.watch.offer)
        self.dual = Lagrangian(model, self.best.arrays)
        self.places = Places(model, self.dual)
        self.base: Ints | None = None
        """Frozen bookings in their seats and nobody else anywhere."""
        self.prices: Reals | None = None
        self._climbing: int | None = None
        self._again: Climb | None = None
        """The climb under way, to be begun anew if its process is lost; None the second time."""

    @property
    def size(self) -> int:
        """Columns of the whole model."""
        return self.model.program.size

    def threads(self) -> int:
        """Threads for a step that runs alone, beside a climb if there is one."""
        if self.settings.reproducible:
            return 1
        return max(1, self.settings.workers - self.crew.busy())

    def reduced(self) -> tuple[Reals, float]:
        """Reduced costs, and how large one may be in a better solution."""
        if self.prices is None or self.best.objective is None:
            return np.zeros(self.size), math.inf
        prices = self.dual.whole(self.prices)
        at = self.dual.evaluate(prices)
        return self.dual.reduced_costs(at), self.best.objective - self.dual.value(prices, at)

    def submit(
        self,
        part: Restriction,
        hint: Ints | None,
        *,
        work: float,
        threads: int = 1,
        slack: float | None = None,
    ) -> int:
        """Start a step; returns its ticket. `hint`: values of all columns to start from."""
        budget, reproducible = self.budget, self.settings.reproducible
        left = budget.left()
        avoidable = max(0.0, (budget.bound or 0.0) - budget.floor)
        limits = CpSatLimits(
            seconds=math.inf if reproducible else left,
            gap=0.0,
            workers=1 if reproducible else threads,
            seed=self.settings.seed,
            work=min(work, left) if reproducible else work,
            slack=STEP_SLACK * avoidable if slack is None else slack,
        )
        start = {} if hint is None else dict(enumerate(hint[part.columns].tolist()))
        patience = math.inf if reproducible else min(left, 5 * work + 10)
        return self.crew.submit(Solve(part.program, limits, start), patience)

    def solve(
        self,
        part: Restriction,
        hint: Ints | None,
        *,
        work: float,
        threads: int = 1,
        slack: float | None = None,
    ) -> CpSatAnswer | None:
        """Do a step and wait for it; None where two processes came to nothing."""
        for _ in range(ATTEMPTS):
            ticket = self.submit(part, hint, work=work, threads=threads, slack=slack)
            done = self._wait_for(ticket)
            if done is None or done.answer is not None:
                return None if done is None else self.read(done)
            if self.budget.is_over():
                break
        return None

    def _wait_for(self, ticket: int) -> Done | None:
        while (done := self.crew.collect(math.inf)) is not None and done.ticket != ticket:
            self.news(done)
        return done

    def read(self, done: Done) -> CpSatAnswer | None:
        """The answer of a step, its work counted."""
        if not isinstance(done.answer, CpSatAnswer):
            return None
        self.budget.work += done.answer.work
        return done.answer

    def take(self, part: Restriction, values: Ints, answer: CpSatAnswer | None, by: str) -> bool:
        """Take a step's solution if the whole is better and can be matched to visits."""
        if answer is None or answer.values is None or answer.status is Status.INFEASIBLE:
            return False
        candidate = values.copy()
        candidate[part.columns] = answer.values
        return self.take_whole(candidate, by)

    def take_whole(self, candidate: Ints, by: str) -> bool:
        """Take values of all columns if they are better; visits without a start of theirs go."""
        taken = self.best.take(candidate, by)
        for _ in range(MATCHINGS):
            if not self.best.last_cuts:
                break
            candidate = drop_unmatched(self.dual, candidate, self.best.last_cuts)
            self._rows_added()
            taken = self.best.take(candidate, by)
        if self.best.last_cuts:
            self._rows_added()
        self.budget.objective = self.best.objective
        return taken

    def _rows_added(self) -> None:
        """New rows come last: their prices start at nothing, and prices under way are void."""
        self.dual = Lagrangian(self.model, self.best.arrays)
        self.places = Places(self.model, self.dual)
        self._climbing = None
        if self.prices is not None:
            more = len(self.dual.right_side) - len(self.prices)
            self.prices = np.concatenate((self.prices, np.zeros(more)))

    def climb(self, steps: int, rate: float) -> None:
        """Start raising prices from the present ones."""
        self._again = Climb(self.dual, self.prices, steps, rate)
        self._climbing = self.crew.submit(self._again, math.inf)

    def news(self, done: Done) -> None:
        """An answer nobody waits for: prices, or what came too late."""
        if done.ticket != self._climbing:
            return
        self._climbing = None
        if isinstance(done.answer, Climbed):
            self.learn(done.answer)
        elif self._again is not None:
            job, self._again = self._again, None
            self._climbing = self.crew.submit(job, math.inf)

    def learn(self, climbed: Climbed) -> None:
        """Take prices and their bound, their work counted."""
        self.budget.work += climbed.steps * CLIMB_WORK
        if len(climbed.prices) == len(self.dual.right_side):
            self.prices = climbed.prices
        self.budget.take_bound(climbed.bound)

    def wait_for_climb(self) -> None:
        """Until the prices under way are there or the search is over."""
        while self._climbing is not None and not self.budget.is_over():
            done = self.crew.collect(self.patience())
            if done is not None:
                self.news(done)

    def patience(self) -> float:
        """Seconds to wait for an answer."""
        return math.inf if self.settings.reproducible else max(0.0, self.budget.left())
