"""The aims, and what was measured against each: medians over the seeds, two workers."""

from dataclasses import dataclass

from benchmarks.cases import CASES
from benchmarks.measures import TOLERANCE, first_seconds, growth, spread
from benchmarks.table import Findings, growth_points, percent, plain, row_name

ENGINE = "engine"
FIRST_SECONDS = 3.0
MEMORY_MEGABYTES = 4000.0
MOST_GROWTH = 1.15


@dataclass(frozen=True, slots=True)
class GapAim:
    """Within this gap over the avoidable part, in the time limit of the case."""

    case: str
    gap: float


GAP_AIMS = (
    GapAim("one-350", 0.002),
    GapAim("one-450", 0.004),
    GapAim("two-700", 0.002),
    GapAim("four-1400", 0.002),
    GapAim("ten-3500", 0.004),
)


def aim_lines(findings: Findings) -> list[str]:
    """One row an aim: aim, measured, kept or missed."""
    rows = [*_gaps(findings), *_others(findings), _ahead(findings)]
    return ["| aim | measured | |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]


def _gaps(findings: Findings) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []
    for aim in GAP_AIMS:
        runs = findings.of(aim.case, ENGINE)
        if not runs:
            continue
        case = CASES[aim.case]
        gaps = spread([findings.gap(run) for run in runs])
        text = f"{case.title}: within {aim.gap:.1%} in {case.seconds:g} s"
        rows.append((text, f"{percent(gaps)} %", _verdict(gaps.middle <= aim.gap)))
    return rows


def _others(findings: Findings) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []
    small = [run for case in ("one-350", "one-450") for run in findings.of(case, ENGINE)]
    if small:
        first = spread([first_seconds(run) for run in small])
        text = f"One doctor: first checked schedule within {FIRST_SECONDS:g} s"
        rows.append((text, f"{plain(first, 1)} s", _verdict(first.middle <= FIRST_SECONDS)))
    large = [run for case in ("ten-3500", "ten-4500") for run in findings.of(case, ENGINE)]
    if large:
        memory = spread([run.peak_megabytes for run in large])
        text = f"Ten doctors: under {MEMORY_MEGABYTES:,.0f} MB"
        rows.append((text, f"{plain(memory)} MB", _verdict(memory.high < MEMORY_MEGABYTES)))
    for load, words in (("busy", "350 visits a doctor"), ("over", "450 visits a doctor")):
        grown = growth(growth_points(findings, ENGINE, load, 0.005))
        if not grown.count:
            continue
        text = f"Growth exponent of time to 0.5 %, {words}: at most {MOST_GROWTH}"
        found = "–" if grown.exponent is None else f"{grown.exponent:.2f}"
        kept = grown.exponent is not None and grown.exponent <= MOST_GROWTH
        whole = grown.reached == grown.count
        measured = f"{found}; {grown.reached} of {grown.count} runs reached it"
        rows.append((text, measured, _verdict(kept and whole)))
    return rows


def _ahead(findings: Findings) -> tuple[str, str, str]:
    """The engine's last objective against every other method's on the same problem."""
    compared, behind = 0, []
    for case, rows in findings.rows.items():
        engine = {run.run.seed: run for run in rows.get(ENGINE, [])}
        for run in (run for runs in rows.values() for run in runs):
            own = engine.get(run.run.seed)
            if run.run.method == ENGINE or own is None:
                continue
            compared += 1
            if run.objective is not None and (
                own.objective is None or run.objective < own.objective - TOLERANCE
            ):
                behind.append(f"{row_name(run)} on {case}, seed {run.run.seed}")
    text = f"ahead or level in {compared - len(behind)} of {compared} comparisons"
    if behind:
        text += f"; behind {', '.join(behind[:12])}" + (" and more" if behind[12:] else "")
    return "Ahead of every peer at every size and load", text, _verdict(compared > 0 and not behind)


def _verdict(kept: bool) -> str:
    return "kept" if kept else "**missed**"
