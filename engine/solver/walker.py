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
from engine.solver.neighbourhoods import Neighbourhoods, Window
from engine.solver.pin import hint_of
from engine.solver.relaxation import Relaxed

SECONDS_PER_DAY = 4.0
"""Time for one step, by day of its window; a single day is usually proven sooner."""

WORK_PER_DAY = 3.0
"""The same in CP-SAT's deterministic units."""

FIRST_REACH = 0.001
"""Columns are opened up to this share of the relaxation's avoidable part in reduced cost."""

WIDER = 30.0
"""When a round brings nothing, the reach grows by this factor, until everything is open."""

FIRST_SLACK = 0.0002
"""A step ends once it is proven within this share of the avoidable part."""

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
        self._relaxed: Relaxed | None = None
        self._reach = FIRST_REACH
        self._slack = FIRST_SLACK

    def start_from(self, incumbent: Schedule | None, seconds: float) -> None:
        """Read the incumbent into the model; without one, or if it does not fit, place nothing."""
        for schedule in (incumbent, None):
            values = self._places(schedule)
            answer = self._solve(self._near.seats_only(self.model), values, seconds, {})
            if answer.values is not None:
                self._accept(values, self._near.seats_only(self.model), answer, "by hand")
                return
            if self.interrupted:
                return

    def learn(self, relaxed: Relaxed) -> None:
        """Take the relaxation as a guide: what it prices high is opened late."""
        self._relaxed = relaxed

    def windows(self) -> Iterator[Window]:
        """Windows to open, again from the start as long as a round brings something.

        All days at once need the relaxation as a guide. At last everything is open and nothing is
        given away: a step over all days is then the whole problem.
        """
        if self.values is None or self.model.program.size <= SMALL_COLUMNS:
            self._open_everything()
            yield self._near.every_day
            if self.values is None:
                return
            self._reach, self._slack = FIRST_REACH, FIRST_SLACK
        guided = leads = False
        while True:
            before = self.objective
            for window in self._near.windows():
                if leads and window.band is not None:
                    continue  # where the guide leads somewhere, wide steps find more
                if guided or window != self._near.every_day or self._reach >= 1.0:
                    yield window
                if self._relaxed is not None and not guided:
                    guided, alone = True, self.objective
                    yield self._near.every_day
                    leads = self.objective != alone
            if self.objective == before:
                if self._reach >= 1.0:
                    return
                self._reach, self._slack = self._reach * WIDER, 0.0

    def improve(self, window: Window, seconds: float) -> float | None:
        """Solve a window; returns a bound (millipoints) if nothing at all was fixed."""
        whole = window == self._near.every_day
        if self.values is None:
            values = np.array(self.model.program.lower, dtype=np.int64)
            free = self._near.all_columns()
        else:
            values = self.values
            free = self._near.all_columns() if whole else self._near.around(values, window)
            free &= self._promising(values)
        unrestricted = bool(free.all())
        final = whole and self._reach >= 1.0
        limit = seconds if final else min(seconds, self._step_limit(window))
        hint = {} if self.values is None else dict(enumerate(values[free].tolist()))
        answer = self._solve(free, values, limit, hint)
        days = "-".join(str(day + 1) for day in window.days)
        self._accept(values, free, answer, "all days" if whole else f"day {days}")
        return answer.bound if unrestricted else None

    def _open_everything(self) -> None:
        self._reach, self._slack = 1.0, 0.0

    def _step_limit(self, window: Window) -> float:
        a_day = WORK_PER_DAY if self._reproducible else SECONDS_PER_DAY
        return a_day * (len(window.days) if window.band is None else 0.5)

    def _promising(self, values: Ints) -> Mask:
        """Columns in use, and those the relaxation would not mind much; all at full reach."""
        if self._relaxed is None or self._reach >= 1.0:
            return np.ones(len(values), dtype=np.bool_)
        dear = max(0.0, self._relaxed.bound - self.floor) * self._reach
        promising: Mask = self._relaxed.reduced_costs <= dear
        return promising | (values > 0)

    def _places(self, schedule: Schedule | None) -> Ints:
        values = np.array(self.model.program.lower, dtype=np.int64)
        if schedule is None:
            for item in self.model.items.values():
                values[item.keep if item.keep >= 0 else item.unplaced] = 1
        else:
            for column, value in hint_of(self.model, schedule).items():
                values[column] = value
        return values

    def _solve(self, free: Mask, values: Ints, limit: float, hint: dict[int, int]) -> CpSatAnswer:
        small = restrict(self.arrays, free, values)
        avoidable = 0.0 if self.objective is None else self.objective - self.floor
        limits = CpSatLimits(
            seconds=limit,
            gap=0.0,
            slack=self._slack * avoidable,
            workers=self._workers,
            seed=self._seed,
            deterministic=limit if self._reproducible else None,
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
