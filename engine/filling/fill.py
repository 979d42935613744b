"""Entry page: fill the days of a horizon. Validate, solve, seat, check, measure, certify."""

import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from engine.certificate.certificate import Certificate, PriceLine
from engine.certificate.lacks import lacks_of
from engine.certificate.verify import proof_of
from engine.filling.best_so_far import BY_HAND, PROVEN_POINTS, BestSoFar, OnBetter
from engine.filling.blocks import WHOLE_DAYS, search_blocks
from engine.filling.by_hand import fill_by_hand
from engine.filling.certify import Proof, take_bound, with_proof
from engine.filling.list_inherited import list_inherited
from engine.filling.price_lines import price_lines
from engine.filling.reasons import explain_unplaced
from engine.practice import Horizon, Problem
from engine.problems import PracticeProblemsError, Severity
from engine.result import Result, Status, TracePoint
from engine.schedule import Schedule
from engine.solver.search import Found, SearchSettings, search
from engine.validation import problems_of
from engine.yardsticks import weights_of

BROKEN_BOUND = "The bound of the engine lies above a checked schedule: it is wrong, and left out."
"""A fault of the engine, not of the input; tests look for it."""

MOST_AFTER = 1 / 3
"""Of the time, for what comes after the search."""

OTHER_LACKS = (
    "The search claims no bound: in the best schedule other bookings go without than it looked for."
)

_STOPPING = (Severity.REFUSED, Severity.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class FillSettings:
    """Limits of a fill. `gap`: stop at this share of the avoidable part. `seconds` of search."""

    time_limit: float = 60.0
    gap: float = 0.002
    workers: int = 2
    seed: int = 0
    reproducible: bool = False


def fill_days(
    problem: Problem,
    horizon: Horizon,
    settings: FillSettings = FillSettings(),
    on_progress: Callable[[TracePoint], None] | None = None,
    *,
    start: Schedule | None = None,
    on_better: OnBetter | None = None,
) -> Result:
    """Place the visits of a problem on the dates of a horizon.

    Every schedule passes the checker before it is kept; the by-hand schedule is the first, after
    `start` where there is one (an earlier schedule of the same dates; one that breaks a rule is
    left). `on_better` is told of each that is kept. Ctrl-C keeps the best. `fill_certified` gives
    the certificate as well. Raises PracticeProblemsError with everything that is wrong with the
    problem; `engine.validation.put_aside` takes out single faulty visits and bookings beforehand.
    """
    return _fill(
        problem, horizon, settings, on_progress, certified=False, start=start, on_better=on_better
    )[0]


def fill_certified(
    problem: Problem,
    horizon: Horizon,
    settings: FillSettings = FillSettings(),
    on_progress: Callable[[TracePoint], None] | None = None,
    *,
    start: Schedule | None = None,
    on_better: OnBetter | None = None,
) -> tuple[Result, Certificate | None]:
    """`fill_days`, and the certificate of its schedule with what it proves in the result."""
    return _fill(
        problem, horizon, settings, on_progress, certified=True, start=start, on_better=on_better
    )


def _fill(
    problem: Problem,
    horizon: Horizon,
    settings: FillSettings,
    on_progress: Callable[[TracePoint], None] | None,
    *,
    certified: bool,
    start: Schedule | None,
    on_better: OnBetter | None,
) -> tuple[Result, Certificate | None]:
    began = time.perf_counter()
    _refuse_faults(problem, horizon)
    best = BestSoFar(problem, began, on_progress, on_better)
    whole = horizon.days <= WHOLE_DAYS
    lines: list[tuple[PriceLine, ...]] = []
    schedule: Schedule | None = None
    proof: Proof | None = None
    interrupted = False
    try:
        if start is not None:
            best.offer(start, by="start", doubtful=True)
        best.offer(fill_by_hand(problem, horizon, fit="best", order="due"), by=BY_HAND)
        limits = _limits(settings, best, whole=whole, prices=certified or not whole)
        if whole:
            found = search(problem, horizon, limits, best.schedule, best)
            interrupted = found.interrupted
            _withdraw_bound(problem, best, found)
            if certified or best.bound is None:
                priced = (found.model, found.rows, found.prices)
                lines = [price_lines(*priced), price_lines(*priced, closed=False)]
        else:
            interrupted, of_blocks = search_blocks(problem, horizon, limits, best)
            lines = [of_blocks]
    except KeyboardInterrupt:
        interrupted = True
    if best.schedule is not None:
        schedule = list_inherited(problem, explain_unplaced(problem, best.schedule))
        if certified or best.bound is None:
            try:
                proof = proof_of(problem, schedule, lines)
            except KeyboardInterrupt:  # the schedule is there: it is kept without a certificate
                interrupted = True
    if proof is not None and best.bound is None:
        take_bound(best, proof)
    result = _result(settings, best, schedule, interrupted, problem)
    if proof is None or not certified:
        return result, None
    return with_proof(result, proof), proof[0]


def _withdraw_bound(problem: Problem, best: BestSoFar, found: Found) -> None:
    """The search's bound is about schedules in which the book lacks what the model lets it lack."""
    if best.schedule is not None and not lacks_of(problem, best.schedule) <= found.model.lacking:
        best.bound = None
        best.note(OTHER_LACKS)


def _limits(
    settings: FillSettings, best: BestSoFar, *, whole: bool, prices: bool
) -> SearchSettings:
    """What is left of the time. The bound of blocks is worked out after the search, for all dates:
    that takes about as long as the fill by hand."""
    by_hand = best.seconds()
    after = 0.0 if whole else min(by_hand, MOST_AFTER * settings.time_limit)
    left = max(1.0, settings.time_limit - by_hand - after)
    return SearchSettings(
        seconds=settings.time_limit if settings.reproducible else left,
        gap=settings.gap,
        workers=settings.workers,
        seed=settings.seed,
        reproducible=settings.reproducible,
        prices=prices,
    )


def _refuse_faults(problem: Problem, horizon: Horizon) -> None:
    faults = [p for p in problems_of(problem, horizon) if p.severity in _STOPPING]
    if faults:
        raise PracticeProblemsError(faults)


def _result(
    settings: FillSettings,
    best: BestSoFar,
    schedule: Schedule | None,
    interrupted: bool,
    problem: Problem,
) -> Result:
    """Say how good the schedule is."""
    if schedule is None or best.objective is None:
        return Result(
            status=Status.UNKNOWN,
            schedule=None,
            seconds=round(best.seconds(), 3),
            seed=settings.seed,
            interrupted=interrupted,
            notes=tuple(best.notes),
        )
    bound = best.bound
    if bound is not None and 0 < bound - best.objective < PROVEN_POINTS:
        bound = best.objective  # rounding of the relaxation, less than any price
    if bound is not None and bound > best.objective:
        bound = None
        best.note(BROKEN_BOUND)
    proven = bound is not None and best.objective - bound < PROVEN_POINTS
    return Result(
        status=Status.OPTIMAL if proven else Status.FEASIBLE,
        schedule=schedule,
        objective=best.objective,
        floor=best.floor,
        bound=bound,
        gap=None if bound is None else best.gap,
        seconds=round(best.seconds(), 3),
        seed=settings.seed,
        workers=settings.workers,
        reproducible=settings.reproducible,
        interrupted=interrupted,
        kpis=best.kpis,
        weights=_points_of(problem),
        slot_prices=problem.slot_prices,
        versions=(
            ("modelday", version("modelday")),
            ("highspy", version("highspy")),
            ("ortools", version("ortools")),
            ("python", platform.python_version()),
        ),
        trace=tuple(best.trace),
        notes=tuple(best.notes),
    )


def _points_of(problem: Problem) -> tuple[tuple[str, float], ...]:
    return tuple((weight.kpi, weight.value) for weight in weights_of(problem).values())
