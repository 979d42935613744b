"""The table in words: aims, then one table for each case, then growth and what went wrong."""

import math
from collections.abc import Callable, Iterable

from benchmarks.cases import CASES, LOADS, Case
from benchmarks.measures import (
    NEVER,
    Growth,
    Place,
    Spread,
    Yardsticks,
    first_seconds,
    gap_by,
    growth,
    seconds_to,
    spread,
)
from benchmarks.peers import HOMES
from benchmarks.records import Instance, Outcome, Record

ENGINE = "engine"
"""The one method that owes a certificate."""
GAPS = (0.01, 0.005, 0.0025)
HEADER = (
    "method",
    "answered",
    "first checked schedule, s",
    "gap at the end, %",
    "own proven gap, %",
    "certified gap, %",
    "certificates accepted",
    *(f"to {gap * 100:g} %, s" for gap in GAPS),
    "unplaced",
    "past ECD",
    "peak memory, MB",
    "refused",
)


class Findings:
    """The records of one results folder, by case and row (method, and workers if not two)."""

    def __init__(
        self, records: Iterable[Record], instances: dict[Place, Instance], sticks: Yardsticks
    ) -> None:
        self.instances, self.sticks = instances, sticks
        self.rows: dict[str, dict[str, list[Record]]] = {}
        order = {method: number for number, method in enumerate(HOMES)}
        for record in sorted(records, key=lambda r: (order.get(r.run.method, 99), r.run.workers)):
            self.rows.setdefault(record.run.case, {}).setdefault(row_name(record), []).append(
                record
            )

    def of(self, case: str, row: str) -> list[Record]:
        """The runs of a row."""
        return self.rows.get(case, {}).get(row, [])

    def gap(self, record: Record) -> float:
        """Gap of the last schedule against the best bound of all; no answer is infinite."""
        stick = self.sticks.of.get((record.run.case, record.run.seed))
        if stick is None or record.objective is None:
            return NEVER
        return stick.gap(record.objective)

    def gap_by(self, record: Record, seconds: float) -> float:
        """Gap of the best schedule that was there by then; no schedule is infinite."""
        stick = self.sticks.of.get((record.run.case, record.run.seed))
        return NEVER if stick is None else gap_by(record, stick, seconds)

    def seconds_to(self, record: Record, gap: float) -> float:
        """Time to a gap against the best bound of all; never is infinite."""
        stick = self.sticks.of.get((record.run.case, record.run.seed))
        return NEVER if stick is None else seconds_to(record, stick, gap)


def row_name(record: Record) -> str:
    """As the table calls a row."""
    workers = record.run.workers
    return record.run.method + ("" if workers == 2 else f", {workers} workers")


def case_table(findings: Findings, case: Case) -> list[str]:
    """Heading, load and rows of one case."""
    lines = [
        f"### {case.title}",
        "",
        f"{case.seconds:g} s. {_load(findings, case.name)}",
        "",
        f"| {' | '.join(HEADER)} |",
        f"|{'---|' * len(HEADER)}",
    ]
    for row, runs in findings.rows[case.name].items():
        lines.append(f"| {' | '.join([row, *_cells(findings, runs)])} |")
    return [*lines, ""]


def _load(findings: Findings, case: str) -> str:
    group = [i for (name, _), i in findings.instances.items() if name == case]
    if not group:
        return "Load not recorded."
    shares = ", ".join(
        f"{name} {percent(spread([getattr(i, field) for i in group]), 0)} %"
        for name, field in (
            ("clinic chairs", "clinic_share"),
            ("assistants", "assistant_share"),
            ("doctors", "doctor_share"),
        )
    )
    load = (
        f"Load {percent(spread([i.load for i in group]), 1)} %: demand over capacity of {shares}."
    )
    if any(i.columns is None for i in group):
        return load
    return (
        f"{load} Start-count model of "
        f"{plain(spread([i.columns for i in group]))} columns and "
        f"{plain(spread([i.rows for i in group]))} rows, built in "
        f"{plain(spread([i.build_seconds for i in group]), 2)} s."
    )


def _cells(findings: Findings, runs: list[Record]) -> list[str]:
    answered = sum(run.answered for run in runs)
    other = sorted({run.outcome.value for run in runs} - {Outcome.ANSWERED.value})
    said = f"{answered} of {len(runs)}" + (f" ({', '.join(other)})" if other else "")
    proven = [run.gap for run in runs if run.gap is not None]
    certified = [run.certified_gap for run in runs if run.certified_gap is not None]
    return [
        said,
        plain(spread([first_seconds(run) for run in runs]), 1),
        percent(spread([findings.gap(run) for run in runs])),
        percent(spread(proven)) if proven else "",
        percent(spread(certified)) if certified else "",
        accepted_of(runs),
        *(plain(spread([findings.seconds_to(run, gap) for run in runs]), 1) for gap in GAPS),
        plain(spread([run.unplaced for run in runs])),
        plain(spread([_kpi(run, "patients_past_ecd") for run in runs])),
        plain(spread([run.peak_megabytes or None for run in runs])),
        f"{sum(run.refused for run in runs)} of {sum(run.judged for run in runs)}",
    ]


def accepted_of(runs: Iterable[Record]) -> str:
    """Of the engine's answers, how many have an accepted certificate of their own.

    What the others lack stands behind it; empty where the engine gave no answer.
    """
    owing = owing_certificates(runs)
    if not owing:
        return ""
    without = sum(not run.own_certificate for run in owing)
    refused = sum(run.own_certificate and not run.certificate for run in owing)
    told = [f"{refused} refused"] * bool(refused)
    told += [f"{without} without one of their own in time"] * bool(without)
    said = f"{len(owing) - without - refused} of {len(owing)}"
    return said + (f" ({', '.join(told)})" if told else "")


def owing_certificates(runs: Iterable[Record]) -> list[Record]:
    """Runs whose answer ought to have a certificate: all of the engine's that gave one."""
    return [run for run in runs if run.run.method == ENGINE and run.answered]


def _kpi(run: Record, name: str) -> float | None:
    return next((kpi.value for kpi in run.kpis if kpi.kpi == name), None)


def percent(values: Spread, digits: int = 2) -> str:
    """A spread of shares, times a hundred."""
    return _told(values, lambda value: f"{100 * value:.{digits}f}")


def plain(values: Spread, digits: int = 0) -> str:
    """A spread of numbers."""
    return _told(values, lambda value: f"{value:,.{digits}f}")


def _told(values: Spread, written: Callable[[float], str]) -> str:
    """Median, range where there is one; a dash for what was not reached, and by how many."""
    if values.missing == values.count:
        return "–"
    low, high = written(values.low), "–" if math.isinf(values.high) else written(values.high)
    middle = "–" if math.isinf(values.middle) else written(values.middle)
    text = middle if low == high else f"{middle} ({low} to {high})"
    return text if not values.missing else f"{text}, {values.missing} of {values.count} not"


def growth_lines(findings: Findings, rows: Iterable[str]) -> list[str]:
    """Exponents by method and load, with how many runs reached the gap; others in a sentence."""
    lines = ["| method | load | time to 0.5 % | time to 5 % |", "|---|---|---|---|"]
    never: list[str] = []
    for row in rows:
        for load in LOADS:
            grown = [growth(growth_points(findings, row, load, gap)) for gap in (0.005, 0.05)]
            cells = [_growth_cell(one) for one in grown]
            if any(one.reached for one in grown):
                lines.append(f"| {row} | {load:.0%} | {cells[0]} | {cells[1]} |")
            elif grown[0].count:
                never.append(f"{row} ({load:.0%}, {grown[0].count} runs)")
    if never:
        lines += ["", f"Never within 5 %: {', '.join(never)}."]
    return lines


def growth_points(
    findings: Findings, row: str, load: float, gap: float
) -> list[tuple[float, float]]:
    """(visits, seconds to the gap) of every run of a row over the sizes of a load, in one week."""
    cases = [case for case in CASES.values() if case.load == load and case.weeks == 1]
    return [
        (case.visits, findings.seconds_to(run, gap))
        for case in cases
        for run in findings.of(case.name, row)
    ]


def _growth_cell(grown: Growth) -> str:
    reached = f"{grown.reached} of {grown.count} runs reached it"
    if grown.exponent is None:
        return f"no exponent: {reached}"
    return f"{grown.exponent:.2f}" + ("" if grown.reached == grown.count else f" ({reached})")
