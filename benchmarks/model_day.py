"""Designing one day type, from 4 to 20 chairs: the engine, the hand and HiGHS on the same model.

Run as `python -m benchmarks.model_day [--seconds 10] [--workers 2] [--seeds 3] [--chairs 4 6 ...]`.
One run at a time, each in a process of its own. The clock starts before the model is built,
importing packages does not count. Gaps are measured with the best bound of all methods.
Records and the table go to `benchmarks/results/model_day/<date>/`.
"""

import argparse
import datetime as dt
import json
import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.machine import ROOT, machine
from benchmarks.model_day_offices import Office, office

CHAIRS = (4, 6, 8, 10, 12, 16, 20)
RESULTS = ROOT / "benchmarks" / "results" / "model_day"


@dataclass(frozen=True, slots=True)
class Run:
    """One method on one office. `missed`: places the day lacks; `megabytes`: peak resident memory.

    `objective` None: no day. `judged`: the judge accepted it; a day that it refuses does not count.
    """

    chairs: int
    doctors: int
    places: int
    method: str
    seed: int
    seconds: float
    megabytes: float
    columns: int
    rows: int
    objective: float | None = None
    bound: float | None = None
    missed: int | None = None
    conflicts: int | None = None
    idle: int | None = None
    waiting: int | None = None
    cells: int | None = None
    changes: int | None = None
    judged: bool = False


def main(arguments: list[str] | None = None) -> None:
    """Make the runs, write the records and the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.model_day", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="limit of one run")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--chairs", type=int, nargs="*", default=list(CHAIRS))
    parser.add_argument("--out", type=Path, default=RESULTS / dt.date.today().isoformat())
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    runs: list[Run] = []
    for chairs in given.chairs:
        for method in METHODS:
            # The hand draws nothing by lot.
            for seed in range(1 if method == "hand" else given.seeds):
                run = in_a_process(chairs, method, seed, given.seconds, given.workers)
                if run is not None:
                    runs.append(run)
                    print(line_of(run), flush=True)
    record = {
        "machine": machine(),
        "seconds": given.seconds,
        "workers": given.workers,
        "runs": [asdict(run) for run in runs],
    }
    (given.out / "runs.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    text = "\n".join(table(runs)) + "\n"
    (given.out / "table.md").write_text(text, "utf-8")
    print(text)


def in_a_process(chairs: int, method: str, seed: int, seconds: float, workers: int) -> Run | None:
    """The run, or None where its process died or did not come back."""
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    asked = (answers, chairs, method, seed, seconds, workers)
    process = context.Process(target=_child, args=asked)
    process.start()
    try:
        return answers.get(timeout=3 * seconds + 120)
    except Exception:
        return None
    finally:
        process.join(5)
        if process.is_alive():
            process.kill()


def _child(answers, chairs: int, method: str, seed: int, seconds: float, workers: int) -> None:
    made = office(chairs)
    answers.put(METHODS[method](made, seed, seconds, workers))


def run_engine(made: Office, seed: int, seconds: float, workers: int) -> Run:
    """The design as `modelday build` makes it."""
    from engine.model_day.design.design_day import DesignSettings, solve_day

    settings = DesignSettings(seconds=seconds, workers=workers, seed=seed)
    return _run(made, "engine", seed, lambda model, began: solve_day(model, settings.since(began)))


def run_hand(made: Office, seed: int, seconds: float, workers: int) -> Run:
    """Column by column, whatever fits next."""
    from engine.model_day.design.by_hand import by_hand
    from engine.result import Status
    from engine.solver.solved import Solved

    def solve(model, _began):
        values = by_hand(model)
        if values is None:
            return Solved(Status.UNKNOWN, None, None, None)
        cost = float(model.program.objective_of(values))
        return Solved(Status.FEASIBLE, values, cost, None)

    return _run(made, "hand", seed, solve)


def run_highs(made: Office, seed: int, seconds: float, workers: int) -> Run:
    """HiGHS branch and cut on the same program, from the same first solution."""
    from engine.model_day.design.by_hand import by_hand
    from engine.solver.highs import branch_and_cut
    from engine.solver.solved import Limits

    def solve(model, _began):
        first = by_hand(model)
        hint = {} if first is None else dict(enumerate(first.tolist()))
        limits = Limits(seconds, 0.01, workers, seed)
        return branch_and_cut(model.program, limits, hint, lambda told: None)

    return _run(made, "highs", seed, solve)


def _run(made: Office, method: str, seed: int, solve: Callable) -> Run:
    from engine.model_day.day_figures import doctor_figures
    from engine.model_day.design.design_day import JudgedFaultyError, day_model, name_day
    from engine.model_day.design.prices import DesignRules

    began = time.perf_counter()
    model = day_model(made.facts, made.goals, made.wanted, DesignRules())
    solved = solve(model, began)
    seconds = time.perf_counter() - began
    base = {
        "chairs": made.chairs,
        "doctors": made.facts.doctor_count,
        "places": sum(made.wanted.values()),
        "method": method,
        "seed": seed,
        "seconds": round(seconds, 2),
        "megabytes": _megabytes(),
        "columns": model.program.size,
        "rows": len(model.program.row_rule),
        "bound": solved.bound,
    }
    if solved.values is None:
        return Run(**base)
    try:
        day = name_day(made.problem, model, solved, 1, seconds)
    except JudgedFaultyError:
        return Run(**base, objective=solved.objective)
    figures = doctor_figures(made.problem, made.facts.dates[0], made.facts.open, day.planned)
    return Run(
        **base,
        objective=solved.objective,
        missed=sum(count for _, count in day.missed),
        conflicts=figures.conflicts,
        idle=figures.idle,
        waiting=figures.waiting,
        cells=len(day.model_day.cells) if day.model_day else None,
        changes=day.most_changes,
        judged=True,
    )


def _megabytes() -> float:
    """Peak of this process and of the largest of its children, in MB (kilobytes on Linux)."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round((own + children) / 1024, 1)


METHODS = {"hand": run_hand, "engine": run_engine, "highs": run_highs}


def line_of(run: Run) -> str:
    """A run while it is new."""
    objective = "no day" if run.objective is None else f"{run.objective:.0f}"
    return (
        f"{run.chairs} chairs, {run.method}, seed {run.seed}: {objective}, bound {run.bound}, "
        f"{run.seconds} s"
    )


def table(runs: list[Run]) -> list[str]:
    """One row an office and method: medians over the seeds, gaps over the best bound of all."""
    head = (
        "| chairs | doctors | places | method | missed | gap % | own gap % | conflicts | "
        "idle min | waiting min | cells | most changes | s | MB |"
    )
    lines = [head, "|" + "---|" * 14]
    for chairs in dict.fromkeys(run.chairs for run in runs):
        own = [run for run in runs if run.chairs == chairs]
        bound = max((run.bound for run in own if run.bound is not None), default=None)
        for method in dict.fromkeys(run.method for run in own):
            lines.append(_row([run for run in own if run.method == method], bound))
    return lines


def _row(runs: list[Run], bound: float | None) -> str:
    first = runs[0]
    good = [run for run in runs if run.judged]
    cells = [str(first.chairs), str(first.doctors), str(first.places), first.method]
    if len(good) < len(runs):
        cells.append(f"{len(good)} of {len(runs)} answered")
        cells += ["-"] * 7
    else:
        cells += [
            _middle([run.missed for run in good]),
            _middle([_gap(run, bound) for run in good], 1),
            _middle([_gap(run, run.bound) for run in good], 1),
            *(
                _middle([getattr(run, name) for run in good])
                for name in ("conflicts", "idle", "waiting", "cells", "changes")
            ),
        ]
    cells += [
        _middle([run.seconds for run in runs], 1),
        _middle([run.megabytes for run in runs]),
    ]
    return "| " + " | ".join(cells) + " |"


def _gap(run: Run, bound: float | None) -> float | None:
    if run.objective is None or bound is None:
        return None
    return 0.0 if run.objective <= 0 else 100 * max(0.0, run.objective - bound) / run.objective


def _middle(values: list, digits: int = 0) -> str:
    """The median, the upper one of two; a dash where any value is missing."""
    if not values or any(value is None for value in values):
        return "-"
    return f"{sorted(values)[len(values) // 2]:.{digits}f}"


if __name__ == "__main__":
    main()
