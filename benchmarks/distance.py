"""How far above the best bound each method's schedule stands, in points, and what of it is left.

The gap over the avoidable part grows as a schedule gets better, since the avoidable part shrinks
with it: hand-made weeks stand at 99 % and good ones look far off beside them. Points above the
bound do not depend on the method that they are counted for.
"""

from collections.abc import Callable, Iterable
from statistics import median

from benchmarks.cases import CASES
from benchmarks.records import Record
from benchmarks.table import ENGINE, Findings

HEADER = (
    "case",
    "problems",
    "best hand, points",
    "best of the other methods, points",
    "engine, points",
    "of the best hand's distance, the engine has left",
    "engine above the bound, share of the objective",
)


def distance_lines(findings: Findings) -> list[str]:
    """One row a case: medians over its problems of points above the best bound of all."""
    rows = [_row(findings, case) for case in CASES if findings.of(case, ENGINE)]
    lines = [f"| {' | '.join(HEADER)} |", f"|{'---|' * len(HEADER)}"]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows)]


def _row(findings: Findings, case: str) -> list[str]:
    engines = {run.run.seed: run for run in findings.of(case, ENGINE)}
    others = [run for row in findings.rows[case].values() for run in row]
    by_hand = _least_above(findings, (r for r in others if r.run.method.startswith("hand-")))
    searching = _least_above(
        findings,
        (r for r in others if r.run.method != ENGINE and not r.run.method.startswith("hand-")),
    )
    engine = _least_above(findings, engines.values())
    left = [engine[seed] / by_hand[seed] for seed in engine if by_hand.get(seed)]
    shares = [engine[seed] / (engines[seed].objective or 1.0) for seed in engine]
    return [
        CASES[case].title,
        str(len(engines)),
        _told(by_hand.values(), "{:,.0f}".format),
        _told(searching.values(), "{:,.0f}".format),
        _told(engine.values(), "{:,.0f}".format),
        _told(left, "{:.2%}".format),
        _told(shares, "{:.4%}".format),
    ]


def _least_above(findings: Findings, runs: Iterable[Record]) -> dict[int, float]:
    """By seed: the least points above the bound that one of the runs ends at."""
    least: dict[int, float] = {}
    for run in runs:
        stick = findings.sticks.of.get((run.run.case, run.run.seed))
        if stick is None or run.objective is None:
            continue
        # Prices are rounded to thousandths: a proven optimum may stand a hair below its bound.
        above = max(run.objective - stick.bound, 0.0)
        least[run.run.seed] = min(above, least.get(run.run.seed, above))
    return least


def _told(values: Iterable[float], written: Callable[[float], str]) -> str:
    known = list(values)
    return written(median(known)) if known else "–"
