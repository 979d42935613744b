"""Kills of the service: `python -m benchmarks.service_kills [--postgres URL]`, printed as a table.

Servers, then workers, are killed at random moments (`kills.py`) on a store in a file that is made
for it; with `--postgres` on that database, too, in which no run may wait. Everything listens on the
loopback address, and only processes that the benchmark started are killed. Table and record go to
`benchmarks/results/service_kills/<date>/`.
"""

import argparse
import datetime as dt
import json
import statistics
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.kills import Killed, Plan, Target, kill
from benchmarks.machine import ROOT, SERVICE, machine

RESULTS = ROOT / "benchmarks" / "results" / "service_kills"
HEAD = (
    "store",
    "killed",
    "kills sent",
    "met a living worker",
    "broke off a run",
    "that had a schedule",
    "solved on",
    "s to solve on, median",
    "max",
    "runs asked",
    "completed",
    "failed",
    "worse than before",
    "published answers that changed",
    "store afterwards",
)
_USUAL = Plan()


def table(rows: Iterable[Killed]) -> str:
    """A line for each store and target."""
    lines = [f"| {' | '.join(HEAD)} |", f"|{'---|' * len(HEAD)}"]
    for row in rows:
        cells = (
            row.store,
            row.target.value,
            row.sent,
            row.live,
            row.hits,
            row.with_schedule,
            row.resumed,
            f"{statistics.median(row.resume_seconds):.1f}" if row.resume_seconds else "–",
            f"{max(row.resume_seconds):.1f}" if row.resume_seconds else "–",
            row.asked,
            row.completed,
            row.failed,
            row.worse,
            row.changed,
            "; ".join(row.faults) or "intact",
        )
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Kill, print the table, and write it with the record and the machine beside it."""
    parser = argparse.ArgumentParser(prog="benchmarks.service_kills", description=__doc__)
    parser.add_argument(
        "--hits", type=int, default=_USUAL.hits, help="runs to break off, by target"
    )
    parser.add_argument("--kills", type=int, default=_USUAL.most_kills, help="at most, by target")
    parser.add_argument(
        "--seconds", type=float, default=_USUAL.most_seconds, help="at most, by target"
    )
    parser.add_argument("--seed", type=int, default=_USUAL.seed)
    parser.add_argument("--postgres", help="SQLAlchemy URL of a database that is for this alone")
    parser.add_argument("--results", type=Path, default=RESULTS / dt.date.today().isoformat())
    asked = parser.parse_args(arguments)
    plan = Plan(asked.hits, asked.kills, asked.seconds, asked.seed)
    rows: list[Killed] = []
    with tempfile.TemporaryDirectory() as folder:
        files = [(f"sqlite:///{folder}/{target}.db", target) for target in Target]
        shared = [(asked.postgres, target) for target in Target if asked.postgres]
        for database, target in [*files, *shared]:
            rows.append(kill(database, target, plan))
            print(table(rows), flush=True)
            _keep(rows, plan, asked.results)


def _keep(rows: list[Killed], plan: Plan, folder: Path) -> None:
    """What there is so far: each target takes minutes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "table.md").write_text(table(rows), "utf-8")
    record = {"machine": machine(SERVICE), "plan": asdict(plan), "rows": [*map(asdict, rows)]}
    document = json.dumps(record, indent=1, ensure_ascii=False) + "\n"
    (folder / "kills.json").write_text(document, "utf-8")


if __name__ == "__main__":
    main()
