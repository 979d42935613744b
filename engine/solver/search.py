"""The search: model, early answer, improvement, cuts where matching fails, bound."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from engine.practice import Horizon, Problem
from engine.result import Status
from engine.schedule import Schedule
from engine.solver.build_model import build_model
from engine.solver.cp_sat import CpSatLimits, Values, solve_program
from engine.solver.decode import decode
from engine.solver.floor import floor_millipoints
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.solver.model import Model
from engine.solver.pin import hint_of
from engine.weights import MILLIPOINTS

Offer = Callable[[Schedule, str], bool]
"""Hand a schedule to the keeper of the best; True if it was accepted as better."""

MOST_PASSES = 8
"""Passes with matching cuts before the best so far is returned."""

SECONDS_BETWEEN_OFFERS = 0.5


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Limits of a search. `reproducible`: solver work instead of seconds, one worker."""

    seconds: float
    gap: float
    workers: int
    seed: int
    reproducible: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the search ended; bound and floor in points, over the full model."""

    status: Status
    bound: float | None
    floor: float | None
    interrupted: bool = False


def search(
    problem: Problem,
    horizon: Horizon,
    settings: SearchSettings,
    incumbent: Schedule | None,
    offer: Offer,
    raise_bound: Callable[[float], None],
) -> Outcome:
    """Improve on the incumbent until the gap or the time is reached; offer what is found."""
    locked = locked_bookings(problem, horizon)
    lacking = lacking_resources(problem, horizon, locked)
    model = build_model(problem, horizon, locked=locked, lacking=lacking)
    floor = floor_millipoints(model) / MILLIPOINTS
    limits = CpSatLimits(
        settings.seconds,
        settings.gap,
        settings.workers,
        settings.seed,
        deterministic=settings.seconds if settings.reproducible else None,
    )
    hint = hint_of(model, incumbent) if incumbent is not None else None
    status, bound = Status.UNKNOWN, None
    for _ in range(MOST_PASSES):
        answer = solve_program(model.program, limits, hint, _decoder(model, offer), raise_bound)
        status = answer.status
        if answer.bound is not None:
            bound = answer.bound / MILLIPOINTS
            raise_bound(bound)
        if answer.values is None or answer.interrupted:
            return Outcome(status, bound, floor, answer.interrupted)
        decoded = decode(model, answer.values)
        if decoded.schedule is not None:
            offer(decoded.schedule, "start counts")
            break
        for cut in decoded.cuts:
            model.program.sum_at_most("matching", cut.choices, cut.starts)
        hint = None
    return Outcome(status, bound, floor)


def _decoder(model: Model, offer: Offer) -> Callable[[Values, float, float], None]:
    """Offer solutions while the solver runs, but not more often than people can look."""
    last = -SECONDS_BETWEEN_OFFERS

    def on_solution(values: Values, objective: float, bound: float) -> None:
        nonlocal last
        if time.perf_counter() - last < SECONDS_BETWEEN_OFFERS:
            return
        last = time.perf_counter()
        decoded = decode(model, values)
        if decoded.schedule is not None:
            offer(decoded.schedule, "start counts")

    return on_solution
