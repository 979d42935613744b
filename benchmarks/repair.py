"""How long it takes to repair a day: the sample practice, each person out on each day of its week.

`python -m benchmarks.repair` prints the table; `--out FILE` also writes the runs as JSON. The plan
is the best fit by hand, so that it is the same on every machine. The clock starts with the call and
ends with the calls and their offers; loading packages and making the problem do not count.
"""

import argparse
import datetime as dt
import json
import statistics
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.machine import machine
from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.generate.sample import rolling_book
from engine.practice.calendar import is_open, present_intervals
from engine.replan.absence import Absence
from engine.replan.repair import WORK, repair_day

MORNING = dt.time(7, 30)


@dataclass(frozen=True, slots=True)
class RepairRun:
    """One person out on one day. `ok`: a schedule was found, and the checker accepts it."""

    date: str
    staff: str
    seconds: float
    ok: bool
    calls: int
    leave: int
    at_least: int
    fewest: bool


def runs(work: float = WORK) -> Iterator[RepairRun]:
    """Everybody who works on a day of the sample's week, one after the other."""
    sample = rolling_book()
    problem, horizon = sample.problem, sample.horizon
    plan = fill_by_hand(problem, horizon, fit="best", order="due")
    for day in horizon.dates:
        if not is_open(problem.practice, day):
            continue
        for person in problem.practice.staff:
            if not present_intervals(problem.practice, person, day):
                continue
            began = time.perf_counter()
            now = dt.datetime.combine(day, MORNING)
            found = repair_day(problem, plan, (Absence(staff=person.id),), now, work)
            seconds = time.perf_counter() - began
            yield RepairRun(
                date=day.isoformat(),
                staff=person.id,
                seconds=round(seconds, 3),
                ok=found.schedule is not None and check(found.question, found.schedule).ok,
                calls=len(found.calls),
                leave=sum(call.new is None for call in found.calls),
                at_least=found.at_least,
                fewest=found.fewest,
            )


def table(done: list[RepairRun]) -> str:
    """A row for each person, and one for all."""
    titles = ("out", "days", "repaired", "median, s", "longest, s", "calls", "leave", "fewest")
    lines = [f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"]
    for name in (*dict.fromkeys(run.staff for run in done), "all"):
        own = [run for run in done if name in (run.staff, "all")]
        seconds = [run.seconds for run in own]
        lines.append(
            f"| {name} | {len(own)} | {sum(run.ok for run in own)} | "
            f"{statistics.median(seconds):.2f} | {max(seconds):.2f} | "
            f"{sum(run.calls for run in own)} | {sum(run.leave for run in own)} | "
            f"{sum(run.fewest for run in own)} of {len(own)} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Run, print, and write where wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=float, default=WORK, help="solver work of a repair")
    parser.add_argument("--out", type=Path, help="file for the runs as JSON")
    options = parser.parse_args()
    done = list(runs(options.work))
    print(table(done))
    if options.out is not None:
        document = {"machine": machine(), "runs": [asdict(run) for run in done]}
        options.out.write_text(json.dumps(document, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
