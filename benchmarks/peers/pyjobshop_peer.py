"""PyJobShop 0.0.9 on the objective that it can express, and a best fit for whom it leaves over.

L. Lan and J. Berkhout, "PyJobShop: Solving scheduling problems with constraint programming in
Python", arXiv 2502.13483 (2025).
"""

import time

from ortools.sat.python import cp_model
from pyjobshop.ProblemData import Mode, Task  # type: ignore[import-untyped]
from pyjobshop.solvers.ortools import CPModel  # type: ignore[import-untyped]

from benchmarks.peer import Limits, Offer
from benchmarks.peers.group_seats import Seated, name_seats
from benchmarks.peers.interval_groups import Group
from benchmarks.peers.openings import Openings
from benchmarks.peers.relay import Relay
from benchmarks.peers.shop_model import Job, ShopModel
from benchmarks.peers.shop_start import first_solution
from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.filling.call_order import call_order
from engine.filling.candidates import best_fits
from engine.filling.occupancy import Occupancy
from engine.filling.visit_price import VisitPrice
from engine.practice import Horizon, Problem, Visit
from engine.schedule import Placement, Schedule, Unplaced

PATIENCE = 5.0
"""Decoding takes at most one part in this many of the time."""
KEPT_FOR_LAST = 0.05
"""Share of the time kept for the last decoding."""


class PyJobShopPeer:
    """Its model solved by CP-SAT; each solution decoded on the engine's own occupancy."""

    name = "pyjobshop"
    settings = (
        "PyJobShop 0.0.9 on OR-Tools, default parameters but without probing in presolve, from the "
        "best fit by hand as first solution; objective: personal costs by date, unplaced visits; "
        "without wishes, households, price of others' cells and loads; visits that break a rule it "
        "cannot say are taken out, and whom it leaves over is placed by best fit; bookings stay"
    )
    runs_to_limit = True

    def run(self, problem: Problem, horizon: Horizon, limits: Limits, offer: Offer) -> None:
        """Solves until the time is over or nothing is left to prove."""
        began = time.perf_counter()
        by_hand = fill_by_hand(problem, horizon, fit="best", order="due")
        offer(by_hand)
        openings = Openings(problem, horizon)
        model = ShopModel(openings)
        data = model.shop.data()
        shop = CPModel(data)
        shop.variables.warmstart(first_solution(model, data, by_hand.placements))
        solver = cp_model.CpSolver()
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.num_workers = limits.workers
        solver.parameters.random_seed = limits.seed
        left = limits.seconds * (1 - KEPT_FOR_LAST) - (time.perf_counter() - began)
        if left <= 0:
            return
        solver.parameters.max_time_in_seconds = left
        keeper = _Keeper(model, shop, offer)
        solver.solve(shop.model, keeper)
        keeper.finish()


class _Keeper(Relay):
    """Reads jobs and modes, which PyJobShop keeps in variables of its own."""

    def __init__(self, model: ShopModel, shop: CPModel, offer: Offer) -> None:
        super().__init__(PATIENCE)
        self._tasks = {
            id(task): shop.variables.task_vars[number]
            for number, task in enumerate(model.shop.tasks)
        }
        self._modes = {
            id(mode): shop.variables.mode_vars[number]
            for number, mode in enumerate(model.shop.modes)
        }
        self._model, self._offer = model, offer
        self._price = VisitPrice(model.problem, model.openings.horizon)

    def read(self) -> list[Seated]:
        return [
            self._seated(job)
            for job in self._model.jobs.values()
            if self.value(self._tasks[id(job.check_in)].present)
        ]

    def offer(self, seated: list[Seated]) -> None:
        self._offer(_schedule(self._model.openings, seated, self._price))

    def _seated(self, job: Job) -> Seated:
        model, openings = self._model, self._model.openings
        stages = openings.occupancy.stages(job.visit)
        begin = self._start(job.check_in)
        number, step = divmod(begin, model.day_steps)
        chairs: list[Group | None] = [None] * len(stages)
        staff: list[Group | None] = [None] * len(stages)
        for stage, _, modes in job.chairs:
            chairs[stage] = model.chairs_like(self._row(modes))
        for stage, _, modes in job.staff:
            staff[stage] = model.people_like(self._row(modes))
        times = [time for stage in stages for time in stage.doctor]
        return Seated(
            job.visit,
            openings.horizon.dates[number],
            step * model.grid,
            tuple(chairs),
            tuple(staff),
            self._row(job.doctor[0][1]) if job.doctor else None,
            tuple(
                (self._start(task) - begin) * model.grid - time.offset
                for (task, _), time in zip(job.doctor, times, strict=True)
            ),
        )

    def _start(self, task: Task) -> int:
        return self.value(self._tasks[id(task)].start)

    def _row(self, modes: dict[int, Mode]) -> int:
        return next(row for row, mode in modes.items() if self.value(self._modes[id(mode)]))


def _schedule(openings: Openings, seated: list[Seated], price: VisitPrice) -> Schedule:
    """The solution's visits but those that break a rule; then best fit for all others."""
    placements = {one.visit: one for one in (*openings.kept, *name_seats(openings, seated))}
    while broken := _broken(openings, placements) & openings.pending.keys():
        for name in broken:
            del placements[name]
    occupancy = Occupancy(openings.problem, openings.horizon)
    for placement in placements.values():
        occupancy.book(placement)
    for visit in call_order(openings.problem, openings.horizon, "due", 0):
        if visit.id not in occupancy.placements:
            _best_fit(occupancy, visit, price)
    return _answer(openings, occupancy.placements)


def _broken(openings: Openings, placements: dict[str, Placement]) -> set[str]:
    """New visits that are part of a broken rule."""
    report = check(openings.problem, _answer(openings, placements))
    return {visit for violation in report.violations for visit in violation.visits}


def _answer(openings: Openings, placements: dict[str, Placement]) -> Schedule:
    return Schedule(
        start=openings.horizon.start,
        days=openings.horizon.days,
        placements=tuple(placements.values()),
        unplaced=tuple(
            Unplaced(visit=visit.id, reason="no-room")
            for visit in openings.visits
            if visit.id not in placements
        ),
    )


def _best_fit(occupancy: Occupancy, visit: Visit, price: VisitPrice) -> None:
    for day, start in best_fits(occupancy, visit, price):
        placement = occupancy.place_at(visit, day, start)
        if placement is not None:
            occupancy.book(placement)
            return
