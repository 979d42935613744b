"""The practice-year table: what `modelday simulate` found, as Markdown, and its record.

    modelday simulate --weeks 52 --policy first-fit --policy engine … --reproducible --out out/year
    python -m benchmarks.practice_year out/year [--day 2026-11-29]

Copies `year.json` and `year.csv` into `results/practice_year/<day>/`, where they are kept in git,
and writes the table there and into the README. Years that went without an answer of the engine,
seconds of a year, and the code that made it stand below the table.
"""

import argparse
import datetime as dt
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.report import README, put_between

RESULTS = Path(__file__).parent / "results" / "practice_year"
MARK = "year"
_SMALL = 10
"""Below it a figure has one digit more."""
_DECIDED = "**"
"""Around a difference whose interval leaves out nought."""


def table_of(document: Mapping[str, Any], runs: Sequence[Mapping[str, Any]]) -> str:
    """Figures down, policies across. `document`: a year.json; `runs`: the years, one by one."""
    policies = document["policies"]
    rows = {(row["figure"], row["policy"]): row for row in document["rows"]}
    lines = [
        f"| figure | unit | {' | '.join(policies)} |",
        "|---|---|" + "---|" * len(policies),
    ]
    for figure in document["figures"]:
        cells = (_cell(rows[figure["name"], policy]) for policy in policies)
        wanted = {1: " (more is better)", -1: " (less is better)", 0: ""}[figure["good"]]
        name = figure["name"].replace("_", " ")
        lines.append(
            f"| {name}: {figure['sentence']}{wanted} | {figure['unit']} | {_joined(cells)} |"
        )
    lines += ["", _below(document, runs)]
    return "\n".join(lines) + "\n"


def _joined(cells: Iterable[str]) -> str:
    return " | ".join(cells)


def _cell(row: Mapping[str, Any]) -> str:
    text, other = _text(row["value"]), row["difference"]
    if other is None or other["mean"] is None:
        return text
    apart = _text(other, sign="+")
    if other["half"] is not None and abs(other["mean"]) > other["half"]:
        apart = f"{_DECIDED}{apart}{_DECIDED}"
    return f"{text} ({apart})"


def _text(estimate: Mapping[str, Any], sign: str = "") -> str:
    if estimate["mean"] is None:
        return "–"
    digits = 2 if abs(estimate["mean"]) < _SMALL else 1
    text = f"{estimate['mean']:{sign},.{digits}f}"
    return text if estimate["half"] is None else f"{text} ± {estimate['half']:,.{digits}f}"


def _below(document: Mapping[str, Any], runs: Sequence[Mapping[str, Any]]) -> str:
    settings = document["settings"]
    weeks, warm_up = settings["weeks"], settings["warm_up_weeks"]
    text = (
        f"{document['replications']} years of {weeks} weeks for each policy (seed "
        f"{document['seed']}), counted from week {warm_up + 1} on: mean with 95 % interval, in "
        f"brackets the paired difference to {document['policies'][0]}, bold where its interval "
        "leaves out nought."
    )
    for policy in document["policies"]:
        own = [run for run in runs if run["policy"] == policy]
        if own:
            seconds = median(run["seconds"] for run in own)
            fell = document["fallback_weeks"][policy]
            said = f", {fell} weeks of {weeks * len(own)} best fit's" if fell else ""
            text += f" {policy}: {seconds:,.0f} s a year in the median{said}."
    codes = sorted({run["code"] for run in runs})
    return f"{text} Code {' and '.join(codes)}."


def report(folder: Path, day: str, readme: Path = README, results: Path = RESULTS) -> str:
    """Keep the results of a folder and write the table. The table."""
    document = json.loads((folder / "year.json").read_text("utf-8"))
    wanted = {(p, n + 1) for p in document["policies"] for n in range(document["replications"])}
    found = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("runs/*.json"))]
    runs = [run for run in found if (run["policy"], run["replication"]) in wanted]
    text = table_of(document, runs)
    kept = results / day
    kept.mkdir(parents=True, exist_ok=True)
    for name in ("year.json", "year.csv"):
        shutil.copyfile(folder / name, kept / name)
    (kept / "table.md").write_text(text, "utf-8")
    readme.write_text(put_between(readme.read_text("utf-8"), text, MARK), "utf-8")
    return text


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="what simulate wrote with --out")
    parser.add_argument("--day", default=dt.date.today().isoformat(), help="names the record")
    asked = parser.parse_args()
    print(report(asked.folder, asked.day))


if __name__ == "__main__":
    main()
