"""The protocol: run after run, one at a time, each in a process of its own; resumable.

Run as `python -m benchmarks.protocol [--quick] [--minutes M] [--fresh]`. A run that has a record
is not made again, so the same command continues after a break. The newest folder of the same kind
that is not finished is continued; `--fresh` begins another one. Runs that the budget left out are
made by `--extend --minutes M`, with M for the whole folder.
"""

import argparse
import datetime as dt
import json
import math
import sys
from pathlib import Path

from benchmarks.machine import ROOT, code_digest, machine
from benchmarks.plan import (
    BUDGET_MINUTES,
    QUICK_MINUTES,
    Step,
    full_plan,
    quick_plan,
    worst_case,
)
from benchmarks.records import Outcome, Record, instance_path, run_path, write
from benchmarks.report import report
from benchmarks.watch import Watched, watch

RESULTS = ROOT / "benchmarks" / "results"
PROTOCOL = "protocol.json"


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, make the runs, write the report."""
    parser = argparse.ArgumentParser(prog="benchmarks.protocol", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the five minutes for every day")
    parser.add_argument("--minutes", type=float, help="the budget, if not the usual one")
    parser.add_argument("--fresh", action="store_true", help="begin a new results folder")
    parser.add_argument("--extend", action="store_true", help="make what the budget left out")
    given = parser.parse_args(arguments)
    minutes = given.minutes or (QUICK_MINUTES if given.quick else BUDGET_MINUTES)
    steps = quick_plan() if given.quick else full_plan()
    folder = results_folder(RESULTS, quick=given.quick, fresh=given.fresh, extend=given.extend)
    print(f"Results: {folder.name}; one run at a time on {machine()['cores']} cores.")
    if read_protocol(folder)["code"] != code_digest():
        print("The code has changed since this folder was begun; --fresh begins another one.")
    print(worst_case(steps, minutes))
    print(estimate(folder, steps, minutes), flush=True)
    perform_all(folder, steps, minutes * 60)
    report(folder, into_readme=not given.quick)
    left_out = read_protocol(folder).get("left_out")
    if left_out:
        words = f"{'--quick ' if given.quick else ''}--extend --minutes {enough(folder, steps)}"
        print(f"{left_out} steps did not fit; `python -m benchmarks.protocol {words}` makes them.")
    print(f"Table and figures: benchmarks/results/{folder.name}/")


def results_folder(
    results: Path, *, quick: bool = False, fresh: bool = False, extend: bool = False
) -> Path:
    """The newest unfinished folder of this kind, or a new one named for today.

    `extend`: the newest one, though it is finished.
    """
    kind = "-quick" if quick else ""
    ours = [f for f in folders(results) if read_protocol(f).get("kind", "") == kind]
    open_ones = [f for f in ours if extend or not read_protocol(f).get("finished")]
    if open_ones and not fresh:
        return open_ones[-1]
    name = f"{dt.date.today().isoformat()}{kind}"
    names = [name, *(f"{name}-{number}" for number in range(2, 100))]
    folder = next(path for path in map(results.joinpath, names) if not path.exists())
    folder.mkdir(parents=True)
    _note(folder, kind=kind, begun=_now(), code=code_digest())
    return folder


def folders(results: Path) -> list[Path]:
    """Results folders, in the order in which they were begun."""
    found = [path.parent for path in results.glob(f"*/{PROTOCOL}")]
    return sorted(found, key=lambda folder: str(read_protocol(folder).get("begun", "")))


def read_protocol(folder: Path) -> dict[str, str]:
    """When a folder was begun and finished, its kind, and the digest of the code."""
    found: dict[str, str] = json.loads((folder / PROTOCOL).read_text("utf-8"))
    return found


def estimate(folder: Path, steps: list[Step], minutes: float) -> str:
    """What is done, what is to come, and how long that takes at most."""
    left = [step for step in steps if not is_done(folder, step)]
    total = sum(step.longest for step in left) / 60
    spent = spent_seconds(folder) / 60
    text = (
        f"{len(steps) - len(left)} of {len(steps)} steps are done ({spent:.0f} min); the others "
        f"take {total:.0f} min at most, the budget is {minutes:.0f} min."
    )
    if spent + total > minutes:
        text += " Methods often end before their limit; what does not fit at the end is left out."
    return text


def enough(folder: Path, steps: list[Step]) -> int:
    """A budget of whole minutes within which all that has no record yet can be made."""
    left = sum(step.longest for step in steps if not is_done(folder, step))
    return math.ceil((spent_seconds(folder) + left) / 60)


def is_done(folder: Path, step: Step) -> bool:
    """True where the step has its record."""
    run = step.run
    if run.method == "instance":
        return instance_path(folder, run.case, run.seed).exists()
    return run_path(folder, run).exists()


def spent_seconds(folder: Path) -> float:
    """Wall seconds that the folder has taken so far."""
    return float(read_protocol(folder).get("spent_seconds", 0.0))


def perform_all(folder: Path, steps: list[Step], budget_seconds: float) -> None:
    """Makes the runs that have no record yet, as long as the budget lasts."""
    left_out = 0
    for number, step in enumerate(steps, start=1):
        if is_done(folder, step):
            continue
        if spent_seconds(folder) + step.longest > budget_seconds:
            left_out += 1
            continue
        watched = perform_step(folder, step)
        _note(folder, spent_seconds=round(spent_seconds(folder) + watched.wall_seconds, 1))
        run = step.run
        print(
            f"{number:>4}/{len(steps)} {run.case:<16} {run.method:<13} seed {run.seed} "
            f"workers {run.workers}: {_told(folder, step, watched)}, {watched.wall_seconds:.0f} s",
            flush=True,
        )
    _note(folder, finished=_now(), left_out=left_out)


def perform_step(folder: Path, step: Step) -> Watched:
    """One run; whatever happens in it, there is a record afterwards."""
    run = step.run
    words = [folder, run.case, run.method, run.seed, run.workers, step.limit]
    command = [sys.executable, "-m", "benchmarks.one_run", *map(str, words)]
    watched = watch(command, step.limit, ROOT)
    if run.method == "instance":
        return watched
    path = run_path(folder, run)
    if watched.outcome is Outcome.ANSWERED and path.exists():
        record = Record.model_validate_json(path.read_text("utf-8"))
    else:
        reason = watched.reason or "the process ended without a record"
        outcome = Outcome.CRASHED if watched.outcome is Outcome.ANSWERED else watched.outcome
        record = Record(
            run=run, outcome=outcome, reason=reason, limit=step.limit, machine=machine()
        )
    measured = {
        "peak_megabytes": watched.peak_megabytes,
        "wall_seconds": watched.wall_seconds,
    }
    write(path, record.model_copy(update=measured))
    return watched


def _told(folder: Path, step: Step, watched: Watched) -> str:
    if step.run.method == "instance":
        return watched.reason or "described"
    record = Record.model_validate_json(run_path(folder, step.run).read_text("utf-8"))
    if record.objective is None:
        return f"{record.outcome.value} ({record.reason})"
    return f"{record.objective:,.0f} points, {record.unplaced} unplaced"


def _note(folder: Path, **facts: object) -> None:
    path = folder / PROTOCOL
    known = read_protocol(folder) if path.exists() else {}
    path.write_text(json.dumps({**known, **facts}, indent=1) + "\n", "utf-8")


def _now() -> str:
    return dt.datetime.now().isoformat(timespec="seconds")


if __name__ == "__main__":
    main()
