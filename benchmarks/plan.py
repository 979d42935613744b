"""Which runs the protocol makes, in which order, and how long they may take."""

from dataclasses import dataclass

from benchmarks.cases import CASES, SEEDS
from benchmarks.peers import HOMES
from benchmarks.records import Run

BUDGET_MINUTES = 150.0
QUICK_MINUTES = 5.0

SEARCHING = ("start-counts", "highs", "intervals", "pyjobshop", "alns")
"""Methods that search until the time is over, and get two seeds (one in the first three rounds)."""
TWO_SEEDS = SEEDS[:2]
ONE_SEED = SEEDS[:1]
WIDE_CASE, WIDE_WORKERS = "one-450", 4
"""The row beside the table: the engine with more workers, on the same cores."""
QUICK_CASES = ("one-350", "one-450", "rolling")

STARTING = 3.0
"""Seconds of a run besides the method's own: process, imports, making the problem, judging."""
HAND_SECONDS, HAND_GROWTH = 0.45, 1.3
"""A coordinator by hand on the first case, and how that grows with the visits."""


@dataclass(frozen=True, slots=True)
class Step:
    """A run of the protocol, or (`method` instance) the description of a problem."""

    run: Run
    limit: float
    longest: float
    """Seconds that it takes at most, if all goes well: for the estimate and the budget."""


def full_plan() -> list[Step]:
    """Everything, what matters most first; what no longer fits into the budget is left out.

    First one seed of every method on every case, then the other seeds of the engine and the hand,
    then the second seed of the searching methods: light cases first, heavy ones last.
    """
    light = [case.name for case in CASES.values() if not case.heavy]
    heavy = [case.name for case in CASES.values() if case.heavy]
    later = [seed for seed in SEEDS if seed not in ONE_SEED]
    second = [seed for seed in TWO_SEEDS if seed not in ONE_SEED]
    quick = [m for m in HOMES if m not in SEARCHING]
    once = [m for m in quick if m != "hand-twenty"]
    runs = [(c, m, s) for c in CASES for s in ONE_SEED for m in HOMES]
    runs += [(c, m, s) for c in light for s in later for m in quick]
    runs += [(c, m, s) for c in heavy for s in later for m in once]
    wide = [Run(case=WIDE_CASE, method="engine", seed=s, workers=WIDE_WORKERS) for s in SEEDS]
    rest = [(c, m, s) for c in light for s in second for m in SEARCHING]
    rest += [(c, m, s) for c in heavy for s in second for m in ("hand-twenty", *SEARCHING)]
    return _steps([*_runs(runs), *wide, *_runs(rest)])


def quick_plan() -> list[Step]:
    """Five minutes: small cases, two seeds of the engine and the hand, one of three methods."""
    runs = [(c, m, s) for s in TWO_SEEDS for c in QUICK_CASES for m in ("engine", "hand-best")]
    runs.remove(("rolling", "engine", 1))
    runs.remove(("rolling", "hand-best", 1))
    runs += [("one-350", m, 0) for m in ("hand-first", "hand-twenty", *SEARCHING)]
    return _steps(_runs(runs))


def _runs(named: list[tuple[str, str, int]]) -> list[Run]:
    return [Run(case=case, method=method, seed=seed) for case, method, seed in named]


def _steps(runs: list[Run]) -> list[Step]:
    """The runs, each instance described before its first run."""
    steps: list[Step] = []
    described: set[tuple[str, int]] = set()
    for run in runs:
        if (run.case, run.seed) not in described:
            described.add((run.case, run.seed))
            of_instance = Run(case=run.case, method="instance", seed=run.seed)
            steps.append(Step(of_instance, 0.0, 2 * STARTING))
        steps.append(Step(run, CASES[run.case].seconds, _longest(run)))
    return steps


def _longest(run: Run) -> float:
    """Hand policies end when they are through; everything else may take its whole limit."""
    case = CASES[run.case]
    by_hand: float = HAND_SECONDS * (case.visits / CASES["one-350"].visits) ** HAND_GROWTH
    own = {
        "hand-first": by_hand,
        "hand-best": by_hand,
        "hand-twenty": min(case.seconds, 20 * by_hand / run.workers),
    }
    return STARTING + own.get(run.method, case.seconds)
