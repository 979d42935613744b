"""How long it takes to repair a day: the sample practice, people out on each day of its week.

`python -m benchmarks.repair` makes three cases (`--case` one of them): everybody out alone for the
whole day, everybody out alone until noon, and each assistant out together with the next one. It
prints the table and writes it with the runs, the machine and the code's digest to
`results/repair/<date>`. The plan is the best fit by hand, so that it is the same on every machine.
The clock starts with the call and ends with the calls and their offers; loading packages and making
the problem do not count.
"""

import argparse
import datetime as dt
import json
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.machine import machine
from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.generate.sample import rolling_book
from engine.practice import Problem, Role
from engine.practice.calendar import is_open, present_intervals
from engine.replan.absence import Absence
from engine.replan.repair import WORK, repair_day
from engine.units import to_minutes

RESULTS = Path(__file__).with_name("results") / "repair"
MORNING, NOON = dt.time(7, 30), dt.time(12, 0)
ONE, HALF, TWO = "one out", "half a day", "two out"
CASES = (ONE, HALF, TWO)


@dataclass(frozen=True, slots=True)
class RepairRun:
    """One repair. `staff`: who is out. `ok`: a schedule was found, and the checker accepts it."""

    case: str
    date: str
    staff: str
    seconds: float
    ok: bool
    calls: int
    leave: int
    at_least: int
    fewest: bool


def runs(cases: Sequence[str] = CASES, work: float = WORK) -> Iterator[RepairRun]:
    """Every case on every day of the sample's week, one after the other."""
    sample = rolling_book()
    problem, horizon = sample.problem, sample.horizon
    plan = fill_by_hand(problem, horizon, fit="best", order="due")
    for day in horizon.dates:
        if not is_open(problem.practice, day):
            continue
        for case in cases:
            for absences in absent(problem, day, case):
                began = time.perf_counter()
                now = dt.datetime.combine(day, MORNING)
                found = repair_day(problem, plan, absences, now, work)
                seconds = time.perf_counter() - began
                yield RepairRun(
                    case=case,
                    date=day.isoformat(),
                    staff=" and ".join(one.staff for one in absences)
                    + (" until noon" if case == HALF else ""),
                    seconds=round(seconds, 3),
                    ok=found.schedule is not None and check(found.question, found.schedule).ok,
                    calls=len(found.calls),
                    leave=sum(call.new is None for call in found.calls),
                    at_least=found.at_least,
                    fewest=found.fewest,
                )


def absent(problem: Problem, day: dt.date, case: str) -> Iterator[tuple[Absence, ...]]:
    """Who is out on a day, one repair after the other; people who do not work then are not."""
    here = [one for one in problem.practice.staff if present_intervals(problem.practice, one, day)]
    if case == TWO:
        assistants = [one.id for one in here if one.role is Role.ASSISTANT]
        for pair in pairwise(assistants):
            yield tuple(Absence(staff=name) for name in pair)
        return
    for person in here:
        begins = present_intervals(problem.practice, person, day)[0][0]
        if case == ONE:
            yield (Absence(staff=person.id),)
        elif begins < to_minutes(NOON):
            yield (Absence(staff=person.id, end=NOON),)


def table(done: list[RepairRun]) -> str:
    """A row for each who is out, for each case where there are several, and for all."""
    titles = ("out", "days", "repaired", "median, s", "longest, s", "calls", "leave", "fewest")
    lines = [f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"]
    for name in dict.fromkeys(run.staff for run in done):
        lines.append(_row(name, [run for run in done if run.staff == name]))
    cases = tuple(dict.fromkeys(run.case for run in done))
    for case in cases if len(cases) > 1 else ():
        lines.append(_row(case, [run for run in done if run.case == case]))
    lines.append(_row("all", done))
    return "\n".join(lines)


def _row(name: str, own: list[RepairRun]) -> str:
    seconds = [run.seconds for run in own]
    return (
        f"| {name} | {len(own)} | {sum(run.ok for run in own)} | "
        f"{statistics.median(seconds):.2f} | {max(seconds):.2f} | "
        f"{sum(run.calls for run in own)} | {sum(run.leave for run in own)} | "
        f"{sum(run.fewest for run in own)} of {len(own)} |"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run, print, and write the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", choices=CASES, action="append")
    parser.add_argument("--work", type=float, default=WORK, help="solver work of a repair")
    parser.add_argument("--out", type=Path, default=RESULTS / dt.date.today().isoformat())
    options = parser.parse_args(arguments)
    write(list(runs(options.case or CASES, options.work)), options.work, options.out)


def write(done: list[RepairRun], work: float, out: Path) -> None:
    """Print the table and keep it, beside the runs and what they were made by."""
    text = table(done)
    print(text)
    out.mkdir(parents=True, exist_ok=True)
    (out / "table.md").write_text(text + "\n", "utf-8")
    document = {"machine": machine(), "work": work, "runs": [asdict(run) for run in done]}
    (out / "repair.json").write_text(json.dumps(document, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
