"""The practice-year tables: what `modelday simulate` found, as Markdown, and its record.

    modelday simulate --weeks 52 --policy first-fit --policy engine … --reproducible --out out/year
    python -m benchmarks.practice_year out/year [--day 2026-11-29] [--commit 3ae5c79]

Keeps the results and the figures of every run in `results/practice_year/<day>/`, and writes two
tables there and into the README: all figures, with differences to the first policy, and the
differences to best fit. Below them stand the settings, how long a year took, years that went
without an answer of the engine, and the code. `--commit` names the commit that made the years
(else the one checked out); another one than the runs' own is refused. No year is run: from a folder
that is a record, the same command makes the tables again.
"""

import argparse
import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.report import README, put_between
from benchmarks.year_record import Years, commit_of, read_years, write_years
from engine.cli.year_question import year_question
from engine.simulate.compare import compare
from engine.simulate.record import digest_of
from engine.simulate.settings import YearSettings

RESULTS = Path(__file__).parent / "results" / "practice_year"
MARK = "year"
BEST_BY_HAND = "best-fit"
"""What the second table holds the others against."""
_SMALL = 10
"""Below it a figure has one digit more."""
_DECIDED = "**"
"""Around a difference whose interval leaves out nought."""


def tables_of(years: Years) -> str:
    """Figures down, policies across: values with differences, then differences to best fit."""
    policies = years.document["policies"]
    rows = {(row["figure"], row["policy"]): row for row in years.document["rows"]}
    lines = _head("figure", policies)
    for figure in years.document["figures"]:
        wanted = {1: " (more is better)", -1: " (less is better)", 0: ""}[figure["good"]]
        what = f"{figure['name'].replace('_', ' ')}: {figure['sentence']}{wanted}"
        lines.append(_row(what, figure, (_cell(rows[figure["name"], one]) for one in policies)))
    lines += ["", _below(years), ""]
    if BEST_BY_HAND in policies[1:]:
        lines += [f"Paired differences to {BEST_BY_HAND}, from the same years:", ""]
        lines += [*_against(years, BEST_BY_HAND), ""]
    return "\n".join(lines)


def _against(years: Years, base: str) -> list[str]:
    """The table of differences to another policy than the first, by `compare` over the runs."""
    runs = sorted(years.runs, key=lambda run: run.policy != base)
    found = {(row.figure, row.policy): row.difference for row in compare(runs)}
    others = [policy for policy in years.document["policies"] if policy != base]
    lines = _head("difference", others)
    for figure in years.document["figures"]:
        estimates = (found[figure["name"], policy] for policy in others)
        cells = ("–" if one is None else _apart(dataclasses.asdict(one)) for one in estimates)
        lines.append(_row(figure["name"].replace("_", " "), figure, cells))
    return lines


def _head(first: str, policies: list[str]) -> list[str]:
    return [f"| {first} | unit | {' | '.join(policies)} |", "|---|---|" + "---|" * len(policies)]


def _row(what: str, figure: Mapping[str, Any], cells: Iterable[str]) -> str:
    return f"| {what} | {figure['unit']} | {' | '.join(cells)} |"


def _cell(row: Mapping[str, Any]) -> str:
    text, other = _text(row["value"]), row["difference"]
    return text if other is None or other["mean"] is None else f"{text} ({_apart(other)})"


def _apart(other: Mapping[str, Any]) -> str:
    """A difference; it is decided where its interval leaves out nought."""
    text = _text(other, sign="+")
    decided = other["half"] is not None and abs(other["mean"]) > other["half"]
    return f"{_DECIDED}{text}{_DECIDED}" if decided else text


def _text(estimate: Mapping[str, Any], sign: str = "") -> str:
    if estimate["mean"] is None:
        return "–"
    digits = 2 if abs(estimate["mean"]) < _SMALL else 1
    text = f"{estimate['mean']:{sign},.{digits}f}"
    return text if estimate["half"] is None else f"{text} ± {estimate['half']:,.{digits}f}"


def _below(years: Years) -> str:
    document = years.document
    settings = document["settings"]
    weeks, warm_up = settings["weeks"], settings["warm_up_weeks"]
    text = (
        f"{document['replications']} years of {weeks} weeks for each policy (seed "
        f"{document['seed']}), counted from week {warm_up + 1} on: mean with 95 % interval of "
        f"Student's t, in brackets the paired difference to {document['policies'][0]}, bold where "
        "its interval leaves out nought (of twenty figures that of one does by chance). "
        f"{question_sentence(document)} {_limits(settings['engine'])} "
        "Seconds a year took, median and longest:"
    )
    for policy in document["policies"]:
        own = [run.seconds for run in years.runs if run.policy == policy]
        if own:
            fell = document["fallback_weeks"][policy]
            said = f" ({fell} weeks of {weeks * len(own)} best fit's)" if fell else ""
            text += f" {policy} {median(own):,.0f} and {max(own):,.0f}{said},"
    made = " and ".join(years.codes) or "unknown"
    return f"{text.rstrip(',:')}. Code {made}, commit {years.commit or 'not named'}."


def _limits(engine: Mapping[str, Any]) -> str:
    """What a weekly fill by the engine had."""
    work = " of solver work (reproducible)" if engine["reproducible"] else ""
    workers = "1 worker" if engine["workers"] == 1 else f"{engine['workers']} workers"
    return f"A weekly fill by the engine: {engine['seconds']:g} s{work}, {workers}."


def question_sentence(document: Mapping[str, Any]) -> str:
    """Whose years these are, proved by their digest, and what the fill knew of no-shows."""
    problem, _ = year_question(None)
    settings = YearSettings.model_validate(document["settings"])
    if digest_of(problem, settings, document["seed"]) != document["digest"]:
        return f"A practice other than today's sample (digest {document['digest']})."
    model = "the prior" if problem.no_show_model is None else "its own no-show model"
    prices = "no slot prices" if problem.slot_prices is None else "slot prices"
    return f"The sample practice, by {model} and with {prices} (digest {document['digest']})."


def report(
    folder: Path,
    day: str,
    commit: str | None = None,
    readme: Path = README,
    results: Path = RESULTS,
) -> str:
    """Keep the results of a folder and write the tables. The tables."""
    years = read_years(folder)
    years = dataclasses.replace(years, commit=commit or years.commit)
    text = tables_of(years)
    write_years(years, results / day)
    (results / day / "table.md").write_text(text, "utf-8")
    readme.write_text(put_between(readme.read_text("utf-8"), text, MARK), "utf-8")
    return text


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="what simulate wrote with --out, or a record")
    parser.add_argument("--day", default=dt.date.today().isoformat(), help="names the record")
    parser.add_argument("--commit", help="whose code made the years")
    asked = parser.parse_args()
    found = read_years(asked.folder)
    known = found.commit if asked.commit is None else None
    print(report(asked.folder, asked.day, known or commit_of(found.codes, asked.commit or "HEAD")))


if __name__ == "__main__":
    main()
