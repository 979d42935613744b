"""The report of a results folder: table, figures, and the table's copy in the README.

Run as `python -m benchmarks.report [FOLDER]`; without a folder the newest full one is meant.
"""

import sys
from pathlib import Path

from benchmarks.aims import aim_lines
from benchmarks.cases import CASES
from benchmarks.certify_all import read_certified
from benchmarks.distance import distance_lines
from benchmarks.figures import draw_anytime, draw_growth
from benchmarks.measures import yardsticks
from benchmarks.records import Record, read_instances, read_runs
from benchmarks.table import Findings, case_table, growth_lines

README = Path(__file__).with_name("README.md")
OVERTIME_SHARE, OVERTIME_SECONDS = 0.1, 2.0
"""A method that comes back later than this after its limit is named."""


def report(folder: Path, *, into_readme: bool, readme: Path = README) -> str:
    """Writes table.md and the figures into the folder, and the table into the README."""
    records, instances = read_runs(folder), read_instances(folder)
    if not records:
        return ""
    findings = Findings(records, instances, yardsticks(records, instances))
    draw_anytime(findings, folder / "anytime.png")
    draw_growth(findings, folder / "growth.png")
    text = "\n".join(_lines(folder, findings, records)) + "\n"
    (folder / "table.md").write_text(text, "utf-8")
    if into_readme:
        where = folder.relative_to(readme.parent).as_posix()
        linked = text.replace("](anytime.png)", f"]({where}/anytime.png)")
        linked = linked.replace("](growth.png)", f"]({where}/growth.png)")
        whole = readme.read_text("utf-8")
        readme.write_text(put_between(whole, linked, "table"), "utf-8")
    return text


def put_between(whole: str, text: str, mark: str) -> str:
    """The page with the text between two marks. ValueError where they are not there."""
    begins, ends = f"<!-- {mark}:begin -->", f"<!-- {mark}:end -->"
    before, begin, rest = whole.partition(begins)
    _, end, after = rest.partition(ends)
    if not begin or not end:
        raise ValueError(f"the page lacks the marks {begins} and {ends}")
    return f"{before}{begins}\n\n{text}\n{ends}{after}"


def _lines(folder: Path, findings: Findings, records: list[Record]) -> list[str]:
    rows = list(dict.fromkeys(row for of_case in findings.rows.values() for row in of_case))
    lines = [f"Results of {folder.name}: {len(records)} runs. {_machine(records)}", ""]
    lines += [*aim_lines(findings), ""]
    certified = read_certified(folder)
    lines += [certified.said, ""] if certified is not None else []
    lines += ["### Points above the best bound", "", *distance_lines(findings), ""]
    for case in CASES.values():
        if case.name in findings.rows:
            lines += case_table(findings, case)
    lines += ["### Growth over size", "", *growth_lines(findings, rows), ""]
    lines += ["![gap over time](anytime.png)", "", "![time over size](growth.png)", ""]
    lines += ["### Settings", "", *_settings(records), ""]
    lines += _amiss(findings, records)
    return lines


def _machine(records: list[Record]) -> str:
    """Machine and versions of the runs; what differs between them with all of its values."""
    values: dict[str, list[str]] = {}
    for record in records:
        for name, value in record.machine.items():
            known = values.setdefault(name, [])
            if value not in known:
                known.append(value)
    told = [f"{name} {' and '.join(known)}" for name, known in values.items()]
    text = f"Machine and versions: {', '.join(told)}."
    if len(values.get("code", [])) > 1:
        text += " **The code changed while these runs were made.**"
    return text


def _settings(records: list[Record]) -> list[str]:
    said = {r.run.method: r.settings for r in records if r.settings}
    return [f"- **{method}**: {settings}." for method, settings in said.items()]


def _amiss(findings: Findings, records: list[Record]) -> list[str]:
    """Bounds that were wrong, schedules that were refused, runs without an answer, late offers."""
    found = [f"Broken bound: {text}." for text in findings.sticks.broken]
    for record in records:
        where = f"{record.run.method} on {record.run.case}, seed {record.run.seed}"
        if not record.answered:
            found.append(f"{where}: {record.outcome.value}: {record.reason}.")
        elif record.reason:
            found.append(f"{where}: {record.reason}.")
        if record.refusals:
            found.append(f"{where}: {record.refused} refused, the first: {record.refusals[0]}")
        if record.refused_claims:
            found.append(f"{where}: certificate refused: {' '.join(record.refused_claims)}")
        if record.late:
            found.append(f"{where}: {record.late} schedules after the limit, not counted.")
        if (record.seconds or 0.0) > record.limit * (1 + OVERTIME_SHARE) + OVERTIME_SECONDS:
            found.append(f"{where}: came back after {record.seconds:g} s of {record.limit:g}.")
    if not found:
        return []
    return ["### No answers, refusals, late answers", "", *(f"- {text}" for text in found), ""]


def main(arguments: list[str]) -> None:
    """Report on the folder named, or on the newest full one."""
    from benchmarks.protocol import RESULTS, folders, read_protocol

    if arguments:
        named = Path(arguments[0]).resolve()
        print(report(named, into_readme=not read_protocol(named).get("kind")))
        return
    full = [folder for folder in folders(RESULTS) if not read_protocol(folder).get("kind")]
    if not full:
        raise SystemExit("no full results yet; run make bench")
    print(report(full[-1], into_readme=True))


if __name__ == "__main__":
    main(sys.argv[1:])
