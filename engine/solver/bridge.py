"""Where the stages of a search meet: what is known so far, and how the crew is put to work."""

import math
import time
from collections.abc import Callable, Sequence

import numpy as np

from engine.result import Status
from engine.solver.arrays import Ints, Mask, Restriction
from engine.solver.budget import Budget
from engine.solver.crew import ATTEMPTS, Crew, Done, longest_wait
from engine.solver.greedy import place_waiting
from engine.solver.incumbent import Incumbent
from engine.solver.jobs import Climb, Climbed, Solve
from engine.solver.lagrangian import Lagrangian
from engine.solver.matched import Matched, matched
from engine.solver.model import Model
from engine.solver.places import Places
from engine.solver.segments import Reals
from engine.solver.solved import Limits, Solved

CLIMB_WORK = 0.001
"""What a step of prices counts where solver work is the limit."""

Hear = Callable[[Done], None]
"""Takes what a job tells and answers."""

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
        self._listeners: dict[int, Hear] = {}
        """Jobs under way that nobody waits for, and who is told what they say."""
        self._climbing: int | None = None

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

    def still_open(self) -> Mask:
        """Columns that a better solution may use: the reduced cost of the others is too high."""
        values = self.best.values
        if values is None:
            return np.ones(self.size, dtype=np.bool_)
        reduced, most = self.reduced()
        return ~self.places.ranked | (reduced <= most) | (values > 0)

    def submit(
        self,
        part: Restriction,
        hint: Ints | None,
        *,
        work: float,
        threads: int = 1,
        slack: float | None = None,
        cuts: bool = True,
    ) -> int:
        """Start a step; returns its ticket. `hint`: values of all columns to start from."""
        budget, reproducible = self.budget, self.settings.reproducible
        left = budget.left()
        avoidable = max(0.0, (budget.bound or 0.0) - budget.floor)
        limits = Limits(
            seconds=math.inf if reproducible else left,
            gap=0.0,
            workers=1 if reproducible else threads,
            seed=self.settings.seed,
            work=min(work, left) if reproducible else work,
            slack=STEP_SLACK * avoidable if slack is None else slack,
            cuts=cuts,
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
    ) -> Solved | None:
        """Do a step and wait for it; None where two processes came to nothing."""
        for _ in range(ATTEMPTS):
            ticket = self.submit(part, hint, work=work, threads=threads, slack=slack)
            done = self._wait_for(ticket)
            if done is None or done.answer is not None:
                return None if done is None else self.read(done)
            if self.budget.is_over():
                break
        return None

    def race(
        self, parts: Sequence[Restriction], *, work: float, cuts: bool = True
    ) -> list[Solved | None]:
        """Do steps side by side, share the threads, and wait for all.

        One whose process is lost is done once more; None where that came to nothing, too.
        """
        threads = max(1, self.threads() // len(parts))
        found: dict[int, Done] = {}
        for _ in range(ATTEMPTS):
            left = [n for n in range(len(parts)) if n not in found or found[n].answer is None]
            numbers = {
                self.submit(parts[n], None, work=work, threads=threads, cuts=cuts): n for n in left
            }
            until = self._latest()
            while numbers and (done := self._next_until(until)) is not None:
                if done.ticket in numbers:
                    found[numbers.pop(done.ticket)] = done
                else:
                    self.news(done)
            if self.budget.is_over():
                break
        return [self.read(found[n]) if n in found else None for n in range(len(parts))]

    def _wait_for(self, ticket: int) -> Done | None:
        until = self._latest()
        while (done := self._next_until(until)) is not None and done.ticket != ticket:
            self.news(done)
        return done

    def _latest(self) -> float:
        """When to give up on answers that do not come, on the monotonic clock."""
        return time.monotonic() + longest_wait(self.patience())

    def _next_until(self, until: float) -> Done | None:
        """What a job tells or answers next; None from that moment on."""
        left = until - time.monotonic()
        return self.crew.collect(left) if left > 0 else None

    def read(self, done: Done) -> Solved | None:
        """The answer of a step, its work counted."""
        if not isinstance(done.answer, Solved):
            return None
        self.budget.work += done.answer.work
        return done.answer

    def take(self, part: Restriction, values: Ints, answer: Solved | None, by: str) -> bool:
        """Take a step's solution if the whole is better and can be matched to visits."""
        if answer is None or answer.values is None or answer.status is Status.INFEASIBLE:
            return False
        return self.take_whole(part.laid_into(values, answer.values), by)

    def take_whole(self, candidate: Ints, by: str) -> bool:
        """Take values of all columns if they are better.

        Visits without a start of theirs give up a wish or leave; whoever has left, or waited
        before, may find another place.
        """
        if not self.best.is_cheaper(candidate) or self.best.breaks_rules(candidate):
            return False
        found = self._matched(candidate)
        taken = found.somebody_left and self._take_filled(found, by)
        if not taken and found.values is not None:
            taken = self.best.take(found.values, by)
        if len(self.best.arrays.row_upper) > len(self.dual.arrays.row_upper):
            self._rows_added()
        self.budget.objective = self.best.objective
        return taken

    def _take_filled(self, found: Matched, by: str) -> bool:
        """Take it with more visits in it, where that can be matched, too."""
        if found.values is None or self.prices is None or self.budget.is_over():
            return False
        fuller = self._matched(place_waiting(self.dual, self.prices, found.values))
        return fuller.values is not None and self.best.take(fuller.values, by)

    def _matched(self, candidate: Ints) -> Matched:
        """Matchable; rows keep what comes later from the same mistake."""
        found = matched(self.model, self.dual, candidate)
        if found.cuts:
            self.best.add_cuts(found.cuts)
            self._rows_added()
        return found

    def _rows_added(self) -> None:
        """New rows come last: their prices start at nothing."""
        self.dual = Lagrangian(self.model, self.best.arrays)
        self.places = Places(self.model, self.dual)
        if self.prices is not None:
            self.prices = self._padded(self.prices)

    def _padded(self, prices: Reals) -> Reals:
        more = len(self.dual.right_side) - len(prices)
        return np.concatenate((prices, np.zeros(more)))

    def climb(self, steps: int, rate: float) -> None:
        """Start raising prices from the present ones."""
        self._begin(Climb(self.dual, self.prices, steps, rate), ATTEMPTS)

    def _begin(self, climb: Climb, attempts: int) -> None:
        """Anew if its process is lost, so many times in all."""

        def hear(done: Done) -> None:
            if isinstance(done.answer, Climbed):
                self._learn(done.answer)
            elif attempts > 1:
                self._begin(climb, attempts - 1)

        self._climbing = self.crew.submit(climb, self.patience())
        self.listen(self._climbing, hear)

    def listen(self, ticket: int, hear: Hear) -> None:
        """Tell `hear` what the job says, whenever it comes."""
        self._listeners[ticket] = hear

    def is_awaited(self, ticket: int | None) -> bool:
        """Whether somebody still listens to the job."""
        return ticket in self._listeners

    def news(self, done: Done) -> None:
        """Something from a job that nobody waits for, or what came too late."""
        listeners = self._listeners
        hear = listeners.pop(done.ticket, None) if done.last else listeners.get(done.ticket)
        if hear is not None:
            hear(done)

    def _learn(self, climbed: Climbed) -> None:
        """Take prices and their bound, their work counted."""
        self.budget.work += climbed.steps * CLIMB_WORK
        self.prices = self._padded(climbed.prices)
        self.budget.take_bound(climbed.bound)

    def wait_for_climb(self) -> None:
        """Until the prices under way are there or the search is over."""
        while self.is_awaited(self._climbing) and not self.budget.is_over():
            self.hear_next(self.patience())

    def hear_next(self, seconds: float) -> None:
        """The next news, if any comes in so many seconds."""
        done = self.crew.collect(seconds)
        if done is not None:
            self.news(done)

    def patience(self) -> float:
        """Seconds to wait for an answer."""
        return math.inf if self.settings.reproducible else max(0.0, self.budget.left())
