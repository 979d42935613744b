"""The published office of eight chairs: its sheet by hand against a design of the same places.

Run as `python -m benchmarks.published_day [--seconds 10] [--workers 2] [--seeds 3]`. Doctor time of
the sheet is counted at its nominal moments, that of the design when it is given; both by the same
count (`engine/model_day/day_figures.py`). The table goes to `results/published_day/<date>/`.
"""

import argparse
import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.machine import ROOT
from benchmarks.published_office import COLUMNS, DAY_TYPE, THURSDAY, office, sheet_by_hand
from engine.model_day.day_figures import DoctorFigures, doctor_figures
from engine.model_day.design.design_day import DesignSettings, design_day
from engine.model_day.design.slots import slot_of
from engine.model_day.design.type_facts import facts_of
from engine.model_day.goals import Goals

RESULTS = ROOT / "benchmarks" / "results" / "published_day"
HEAD = (
    "| day | places | missing | doctor min | conflicts min | idle min | waiting min | "
    "longest chain min | cells | gap % | s |"
)


def main(arguments: list[str] | None = None) -> None:
    """Count the sheet, design the same places with each seed, print and write the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.published_day", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="limit of one design")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=RESULTS / dt.date.today().isoformat())
    given = parser.parse_args(arguments)
    lines = [HEAD, "|" + "---|" * 11, by_hand()]
    for seed in range(given.seeds):
        lines.append(designed(DesignSettings(given.seconds, workers=given.workers, seed=seed)))
    text = "\n".join(lines) + "\n"
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "table.md").write_text(text, "utf-8")
    print(text)


def by_hand() -> str:
    """The row of the sheet; a cell is a run of one kind on a column."""
    problem = office()
    sheet = sheet_by_hand(problem)
    hours = facts_of(problem, DAY_TYPE).open
    figures = doctor_figures(problem, THURSDAY, hours, sheet)
    cells = sum(len({entry.split()[0] for entry in entries}) for entries in COLUMNS.values())
    return _row("by hand", len(sheet), 0, figures, [str(cells), "-", "-"])


def designed(settings: DesignSettings) -> str:
    """The row of a design of the same places. The starts a month say nothing here."""
    problem, goals = office(), Goals(starts_per_month=25)
    facts = facts_of(problem, DAY_TYPE)
    counts = Counter(entry.split()[0] for entries in COLUMNS.values() for entry in entries)
    wanted = {
        slot_of(problem.practice, problem.procedures[code]): count for code, count in counts.items()
    }
    made = design_day(problem, facts, goals, wanted, settings)
    name = f"designed, seed {settings.seed}"
    if made.model_day is None:
        return f"| {name} | {sum(wanted.values())} | no day |" + " - |" * 8
    figures = doctor_figures(problem, facts.dates[0], facts.open, made.planned)
    missed = sum(count for _, count in made.missed)
    gap = "-" if made.gap is None else f"{100 * made.gap:.1f}"
    rest = [str(len(made.model_day.cells)), gap, f"{made.seconds:.1f}"]
    return _row(name, len(made.planned) + missed, missed, figures, rest)


def _row(name: str, places: int, missed: int, figures: DoctorFigures, rest: Iterable[str]) -> str:
    numbers = (
        places,
        missed,
        figures.asked,
        figures.conflicts,
        figures.idle,
        figures.waiting,
        figures.longest_chain,
    )
    return "| " + " | ".join([name, *map(str, numbers), *rest]) + " |"


if __name__ == "__main__":
    main()
