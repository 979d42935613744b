"""What the sample's model days cost, and what a short repair of them brings: a table by seed.

    python -m benchmarks.template_life --visits 150 --seeds 1 2 3 4 5 --seconds 20 --out FILE.md

A week is filled under its model days and freely, with the same limits and seed, and its model days
are repaired. Every figure is that of a schedule that the checker accepted.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.keep import keep_table
from engine.filling.fill import FillSettings, fill_days
from engine.generate import generate
from engine.kpi import figures
from engine.practice.template import template_of
from engine.template.edits import apply_edit, sentence_of
from engine.template.regret import fill_freely
from engine.template.repair import repair_template
from engine.template.repair_result import RepairSettings


@dataclass(frozen=True)
class Row:
    """One week. Points; `kept_share`: of the minutes booked in cells, those of their own class."""

    seed: int
    visits: int
    kept_share: float | None
    objective: float
    regret_found: float
    regret_by_prices: float | None
    regret_at_most: float | None
    repaired_regret: float
    removed: float | None
    edits: tuple[str, ...]
    fills: int
    seconds: float


def one_week(seed: int, visits: int, settings: FillSettings, wanted: RepairSettings) -> Row:
    """Fill, fill freely, repair. ValueError where a fill finds no schedule."""
    began = time.monotonic()
    made = generate("one-doctor", visits, seed)
    result = fill_days(made.problem, made.horizon, settings)
    if result.schedule is None or result.objective is None:
        raise ValueError(f"no schedule for seed {seed}")
    regret = fill_freely(made.problem, made.horizon, result, settings).regret
    repair = repair_template(made.problem, made.horizon, settings, wanted)
    template, sentences = template_of(made.problem.practice), []
    for edit in repair.edits:
        sentences.append(sentence_of(template, edit))
        template = apply_edit(template, edit)
    return Row(
        seed=seed,
        visits=visits,
        kept_share=figures(made.problem, result.schedule).adherence.kept_share,
        objective=result.objective,
        regret_found=regret.found or 0.0,
        regret_by_prices=regret.estimate,
        regret_at_most=regret.at_most,
        repaired_regret=repair.regret_after,
        removed=repair.removed,
        edits=tuple(sentences),
        fills=repair.fills,
        seconds=round(time.monotonic() - began, 1),
    )


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown, the edits below it."""
    lines = [
        "| seed | visits | kept share, % | objective | regret | by prices | at most | after repair "
        "| removed, % | edits | fills | s |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        cells = (
            str(row.seed),
            str(row.visits),
            _number(None if row.kept_share is None else 100 * row.kept_share),
            _number(row.objective),
            _number(row.regret_found),
            _number(row.regret_by_prices),
            _number(row.regret_at_most),
            _number(row.repaired_regret),
            _number(None if row.removed is None else 100 * row.removed),
            str(len(row.edits)),
            str(row.fills),
            _number(row.seconds),
        )
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", *(f"- seed {row.seed}: {edit}" for row in rows for edit in row.edits)]
    return "\n".join(lines) + "\n"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the weeks, print the table, and write it with the machine beside it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=150)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--seconds", type=float, default=20.0, help="of each fill")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--edits", type=int, default=3)
    parser.add_argument("--tries", type=int, default=4)
    parser.add_argument("--out", type=Path, help="Markdown; the same name .json holds the rows")
    asked = parser.parse_args(arguments)
    rows = []
    for seed in asked.seeds:
        settings = FillSettings(time_limit=asked.seconds, workers=asked.workers, seed=seed)
        wanted = RepairSettings(edits=asked.edits, tries=asked.tries)
        rows.append(one_week(seed, asked.visits, settings, wanted))
    text = table(rows)
    print(text)
    if asked.out is not None:
        keep_table(asked.out, text, rows=[asdict(row) for row in rows])


if __name__ == "__main__":
    main()
