"""Which runs the protocol makes, in which order, and how long they may take.

`python -m benchmarks.plan [--quick] [--minutes M]` prints it without running anything.
"""

import argparse
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.cases import CASES, SEEDS
from benchmarks.peers import HOMES
from benchmarks.records import Run

BUDGET_MINUTES = 150.0
"""The usual budget: the whole plan, even if no method ends before its limit."""
SHORT_MINUTES = 75.0
"""A budget for those in a hurry: one seed of everything that matters most, and some more."""
QUICK_MINUTES = 5.0

SEARCHING = ("start-counts", "highs", "intervals", "pyjobshop", "alns")
"""Methods that search until the time is over."""
QUICK = tuple(method for method in HOMES if method not in SEARCHING)
"""The engine and the hand."""
ONCE = tuple(method for method in QUICK if method != "hand-twenty")
"""Without the twenty orders, which take a large office's whole limit to be no better."""
SMALL = ("one-387", "one-532", "one-350", "one-450", "two-774", "two-1060")
"""Five seeds of the engine and the hand; most important first."""
LARGE = ("four-1544", "ten-3860", "rolling", "four-2112", "ten-5260", "twelve-weeks")
"""Two seeds of the engine and the hand."""
COMPARED = ("one-387", "one-532", "two-774", "two-1060", "rolling", "four-1544", "ten-3860")
"""Every size and both loads of the small ones: the searching methods come here first."""
LAST = ("one-350", "one-450", "four-2112", "ten-5260")
"""And here when the engine has all its seeds."""
AGAIN = ("one-387", "one-532", "one-350", "one-450")
"""Two seeds of the searching methods."""
WEEKS = "twelve-weeks"
ON_WEEKS = ("intervals", "pyjobshop", "alns")
"""Searching methods on twelve weeks; the start counts as a whole cannot be built in the limit."""
BESIDE = "one-350-marks-5"
WIDE_CASE, WIDE_WORKERS = "one-532", 4
"""The row beside the table: the engine with more workers, on the same cores."""
QUICK_SECONDS = {"one-350": 20.0, "one-450": 30.0, "rolling": 20.0}
"""Limits of the quick plan."""

STARTING, STARTING_VISIT = 1.5, 0.002
"""Seconds of a run besides the method's own, and for each visit: process, imports, making the
problem, judging."""
JUDGING_VISIT = 0.0015
"""Seconds for each visit more: of many offers to judge, or of a certificate to work out again."""
HAND_SECONDS, HAND_GROWTH = 0.45, 1.3
"""A coordinator by hand in a week of 350 visits, and how that grows with the visits."""


@dataclass(frozen=True, slots=True)
class Step:
    """A run of the protocol, or (`method` instance) the description of a problem."""

    run: Run
    limit: float
    longest: float
    """Seconds that it takes at most, if all goes well: for the estimate and the budget."""


def full_plan() -> list[Step]:
    """Everything, what matters most first; what does not fit into the budget is left out.

    First one seed: the engine and the hand on every case, then the searching methods on every size.
    Then the other seeds of the engine and the hand, seed by seed. Then the searching methods on
    what is left, and their second seed.
    """
    first, *others = SEEDS
    second = others[0]
    rows = [(c, m, first) for c in SMALL for m in QUICK]
    rows += [(c, m, first) for c in LARGE for m in ONCE]
    rows += [(c, m, first) for c in COMPARED for m in SEARCHING]
    rows += [(c, m, s) for s in others for c in SMALL for m in QUICK]
    runs = [*_runs(rows), _wide(first)]
    rows = [(c, m, second) for c in LARGE for m in ONCE]
    rows += [(BESIDE, m, first) for m in ("engine", "hand-best")]
    rows += [(c, m, first) for c in LAST for m in SEARCHING]
    rows += [(WEEKS, m, first) for m in ON_WEEKS]
    rows += [(c, m, second) for c in AGAIN for m in SEARCHING]
    rows += [(c, "hand-twenty", first) for c in ("rolling", "four-1544")]
    return _steps([*runs, *_runs(rows)])


def quick_plan() -> list[Step]:
    """Five minutes: small cases, the engine and the hand, one seed of the searching methods."""
    rows = [(c, m, 0) for c in QUICK_SECONDS for m in ("engine", "hand-best")]
    rows += [("one-350", m, 0) for m in ("hand-first", "hand-twenty", *SEARCHING)]
    rows += [(c, m, 1) for c in ("one-350", "one-450") for m in ("engine", "hand-best")]
    return _steps(_runs(rows), QUICK_SECONDS)


def _runs(named: Iterable[tuple[str, str, int]]) -> list[Run]:
    return [Run(case=case, method=method, seed=seed) for case, method, seed in named]


def _wide(seed: int) -> Run:
    return Run(case=WIDE_CASE, method="engine", seed=seed, workers=WIDE_WORKERS)


def _steps(runs: Iterable[Run], limits: dict[str, float] | None = None) -> list[Step]:
    """The runs, each instance described before its first run. `limits`: instead of the cases'."""
    seconds = limits or {case.name: case.seconds for case in CASES.values()}
    steps: list[Step] = []
    described: set[tuple[str, int]] = set()
    for run in runs:
        if (run.case, run.seed) not in described:
            described.add((run.case, run.seed))
            of_instance = Run(case=run.case, method="instance", seed=run.seed)
            steps.append(Step(of_instance, 0.0, _beside(of_instance)))
        limit = seconds[run.case]
        steps.append(Step(run, limit, _beside(run) + _own(run, limit)))
    return steps


def _beside(run: Run) -> float:
    """Seconds around the method's own."""
    each = STARTING_VISIT + (0.0 if run.method.startswith("hand") else JUDGING_VISIT)
    return STARTING + each * CASES[run.case].visits


def _own(run: Run, limit: float) -> float:
    """Hand policies end when they are through; everything else may take its whole limit."""
    by_hand: float = HAND_SECONDS * (CASES[run.case].visits / 350) ** HAND_GROWTH
    own = {
        "hand-first": by_hand,
        "hand-best": by_hand,
        "hand-twenty": min(limit, 20 * by_hand / run.workers),
    }
    return own.get(run.method, limit)


def worst_case(steps: list[Step], minutes: float) -> str:
    """How long the steps take at most, and what a budget holds if all of them do."""
    total = sum(step.longest for step in steps) / 60
    spent, kept, left = 0.0, list[Run](), list[Run]()
    for step in steps:
        fits = spent + step.longest <= minutes * 60
        spent += step.longest if fits else 0.0
        (kept if fits else left).append(step.run)
    runs = [run for run in kept if run.method != "instance"]
    text = (
        f"Plan: {sum(s.run.method != 'instance' for s in steps)} runs, {total:.0f} min at most; "
        f"{minutes:.0f} min hold {len(runs)} of them even so ({spent / 60:.0f} min)."
    )
    out = list(dict.fromkeys(f"{run.case} seed {run.seed}" for run in left))
    if out:
        text += f" Left out then: runs of {', '.join(out[:40])}."
    return text


def main(arguments: list[str] | None = None) -> None:
    """Print the plan and its worst case."""
    parser = argparse.ArgumentParser(prog="benchmarks.plan", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the plan of the quick protocol")
    parser.add_argument("--minutes", type=float, help="the budget, if not the usual one")
    given = parser.parse_args(arguments)
    steps = quick_plan() if given.quick else full_plan()
    until = 0.0
    for number, step in enumerate(steps, start=1):
        until += step.longest
        run = step.run
        print(
            f"{number:>4} {run.case:<16} {run.method:<13} seed {run.seed} workers {run.workers}: "
            f"{step.longest:5.0f} s, {until / 60:6.1f} min"
        )
    print(worst_case(steps, given.minutes or (QUICK_MINUTES if given.quick else BUDGET_MINUTES)))


if __name__ == "__main__":
    main()
