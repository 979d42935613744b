"""The walk from one solution to better ones, window by window, never losing the best."""

from collections.abc import Callable, Iterator

import numpy as np

from engine.result import Status
from engine.schedule import Schedule
from engine.solver.arrays import Ints, Mask, restrict, to_arrays
from engine.solver.cp_sat import CpSatAnswer, CpSatLimits, solve_program
from engine.solver.decode import decode
from engine.solver.floor import floor_millipoints
from engine.solver.model import Model
from engine.solver.neighbourhoods import Neighbourhoods
from engine.solver.pin import hint_of

SECONDS_PER_DAY = 6.0
"""Time for one step, by day of its window; a single day is usually proven sooner."""

WORK_PER_DAY = 3.0
"""The same in CP-SAT's deterministic units."""

SMALL_COLUMNS = 3000
"""Up to this size the whole problem is one step."""


class Walker:
    """Holds the best solution of the model and improves it one window at a time."""

    def __init__(
        self,
        model: Model,
        workers: int,
        seed: int,
        reproducible: bool,
        offer: Callable[[Schedule, str], bool],
    ) -> None:
        self.model = model
        self.arrays = to_arrays(model.program)
        self.floor = floor_millipoints(model)
        self.values: Ints | None = None
        self.objective: float | None = None
        self.interrupted = False
        self.work = 0.0
        self._workers = workers
        self._seed = seed
        self._reproducible = reproducible
        self._offer = offer
        self._near = Neighbourhoods(model, self.arrays)

    def start_from(self, incumbent: Schedule | None, seconds: float) -> None:
        """Read the incumbent into the model; without one, or if it does not fit, place nothing."""
        for schedule in (incumbent, None):
            values = self._places(schedule)
            answer = self._solve(self._near.seats_only(self.model), values, seconds, 1, {})
            if answer.values is not None:
                self._accept(values, self._near.seats_only(self.model), answer, "by hand")
                return
            if self.interrupted:
                return

    def windows(self) -> Iterator[tuple[int, ...]]:
        """Windows to open, again from the start as long as a round brings something."""
        every = tuple(range(len(self.model.days)))
        if self.values is None or self.model.program.size <= SMALL_COLUMNS:
            yield every
            if self.values is None:
                return
        better = True
        while better:
            before = self.objective
            yield from self._near.windows()
            better = self.objective != before

    def improve(self, days: tuple[int, ...], seconds: float) -> float | None:
        """Solve a window; returns a bound of the whole problem (millipoints) if it is all days."""
        whole = len(days) == len(self.model.days)
        if self.values is None:
            values = np.array(self.model.program.lower, dtype=np.int64)
            free, hint = self._near.all_columns(), {}
        else:
            values = self.values
            free = self._near.all_columns() if whole else self._near.around(values, days)
            hint = dict(enumerate(values[free].tolist()))
        answer = self._solve(free, values, seconds, len(days), hint)
        if answer.values is not None:
            by = "all days" if whole else "day " + "-".join(str(day + 1) for day in days)
            self._accept(values, free, answer, by)
        return answer.bound if whole else None

    def _places(self, schedule: Schedule | None) -> Ints:
        values = np.array(self.model.program.lower, dtype=np.int64)
        if schedule is None:
            for item in self.model.items.values():
                values[item.keep if item.keep >= 0 else item.unplaced] = 1
        else:
            for column, value in hint_of(self.model, schedule).items():
                values[column] = value
        return values

    def _solve(
        self, free: Mask, values: Ints, seconds: float, days: int, hint: dict[int, int]
    ) -> CpSatAnswer:
        small = restrict(self.arrays, free, values)
        whole = days == len(self.model.days)
        limits = CpSatLimits(
            seconds=seconds if whole else min(seconds, SECONDS_PER_DAY * days),
            gap=0.0,
            workers=self._workers,
            seed=self._seed,
            deterministic=min(seconds, WORK_PER_DAY * days) if self._reproducible else None,
        )
        answer = solve_program(small.program, limits, hint)
        self.work += answer.work
        self.interrupted = self.interrupted or answer.interrupted
        return answer

    def _accept(self, values: Ints, free: Mask, answer: CpSatAnswer, by: str) -> None:
        """Take a solution if it is better and can be matched; else remember why it cannot."""
        if answer.values is None or answer.status is Status.INFEASIBLE:
            return
        candidate = values.copy()
        candidate[free] = answer.values
        value = float(self.arrays.value_of(candidate))
        if self.objective is not None and value >= self.objective:
            return
        decoded = decode(self.model, candidate)
        if decoded.schedule is None:
            for cut in decoded.cuts:
                self.model.program.sum_at_most("matching", cut.choices, cut.starts)
            self.arrays = to_arrays(self.model.program)
            self._near = Neighbourhoods(self.model, self.arrays)
            return
        self.values, self.objective = candidate, value
        self._offer(decoded.schedule, by)
