"""The aims, and what was measured against each: medians over the seeds, two workers."""

from dataclasses import dataclass

from benchmarks.cases import CASES, LOADS
from benchmarks.measures import NEVER, TOLERANCE, first_seconds, growth, spread
from benchmarks.records import Record
from benchmarks.table import (
    ENGINE,
    Findings,
    accepted_of,
    growth_points,
    owing_certificates,
    percent,
    plain,
    row_name,
)

FIRST_SECONDS = 3.0
MEMORY_MEGABYTES = 4000.0
MOST_GROWTH = 1.15
MOST_NAMED = 12
"""Places that a row names; of more it says how many."""
BUILD_SECONDS = {"one-": 0.3, "ten-": 3.0}
"""Of the start-count model, by the size that the names of cases begin with."""


@dataclass(frozen=True, slots=True)
class GapAim:
    """Within this gap over the avoidable part, so many seconds after the call."""

    case: str
    gap: float
    seconds: float


GAP_AIMS = (
    GapAim("one-350", 0.002, 10),
    GapAim("one-450", 0.004, 30),
    GapAim("two-774", 0.002, 20),
    GapAim("two-1060", 0.002, 20),
    GapAim("four-1544", 0.002, 45),
    GapAim("four-2112", 0.002, 45),
    GapAim("ten-3860", 0.004, 120),
    GapAim("ten-5260", 0.004, 120),
)
"""For two doctors and more the aims name no load: they are held against both."""


def aim_lines(findings: Findings) -> list[str]:
    """One row an aim: aim, measured, kept or missed."""
    rows = [*_gaps(findings), *_others(findings), *_models(findings)]
    rows += [*_certificates(findings), _ahead(findings)]
    return ["| aim | measured | |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]


def _gaps(findings: Findings) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []
    for aim in GAP_AIMS:
        runs = findings.of(aim.case, ENGINE)
        if not runs:
            continue
        case = CASES[aim.case]
        gaps = spread([findings.gap_by(run, aim.seconds) for run in runs])
        text = f"{case.title}: within {aim.gap:.1%} in {aim.seconds:g} s"
        rows.append((text, f"{percent(gaps)} %", _verdict(gaps.middle <= aim.gap)))
    return rows


def _others(findings: Findings) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []
    small = _runs(findings, "one-")
    if small:
        first = spread([first_seconds(run) for run in small])
        text = f"One doctor: first checked schedule within {FIRST_SECONDS:g} s"
        rows.append((text, f"{plain(first, 1)} s", _verdict(first.middle <= FIRST_SECONDS)))
    large = _runs(findings, "ten-")
    if large:
        memory = spread([run.peak_megabytes for run in large])
        text = f"Ten doctors: under {MEMORY_MEGABYTES:,.0f} MB"
        rows.append((text, f"{plain(memory)} MB", _verdict(memory.high < MEMORY_MEGABYTES)))
    for load in LOADS:
        grown = growth(growth_points(findings, ENGINE, load, 0.005))
        if not grown.count:
            continue
        text = f"Growth exponent of time to 0.5 %, load {load:.0%}: at most {MOST_GROWTH}"
        found = "–" if grown.exponent is None else f"{grown.exponent:.2f}"
        kept = grown.exponent is not None and grown.exponent <= MOST_GROWTH
        whole = grown.reached == grown.count
        measured = f"{found}; {grown.reached} of {grown.count} runs reached it"
        rows.append((text, measured, _verdict(kept and whole)))
    return rows


def _models(findings: Findings) -> list[tuple[str, str, str]]:
    """How long models of one week take to build; over several weeks there is none as a whole."""
    rows: list[tuple[str, str, str]] = []
    for size, most in BUILD_SECONDS.items():
        known = [found for (case, _), found in findings.instances.items() if case.startswith(size)]
        built = [found.build_seconds for found in known if found.build_seconds is not None]
        if built:
            seconds = spread(built)
            text = (
                f"{size[:-1].title()} doctor{'s' * (size != 'one-')}: model built within {most:g} s"
            )
            rows.append((text, f"{plain(seconds, 2)} s", _verdict(seconds.middle <= most)))
    return rows


def _runs(findings: Findings, size: str) -> list[Record]:
    """The engine's runs on the cases of a size."""
    return [run for case in CASES if case.startswith(size) for run in findings.of(case, ENGINE)]


def _certificates(findings: Findings) -> list[tuple[str, str, str]]:
    """Every answer of the engine has a certificate of its own, worked out again and accepted."""
    runs = [run for case in CASES for row in findings.rows.get(case, {}).values() for run in row]
    owing = owing_certificates(runs)
    if not owing:
        return []
    kept = all(run.own_certificate and run.certificate for run in owing)
    aim = "Every answer of the engine with an accepted certificate of its own"
    return [(aim, accepted_of(owing), _verdict(kept))]


def _ahead(findings: Findings) -> tuple[str, str, str]:
    """The engine's last objective against every other method's on the same problem."""
    ahead, level, behind = 0, list[str](), list[str]()
    for case, rows in findings.rows.items():
        engine = {run.run.seed: run for run in rows.get(ENGINE, [])}
        for run in (run for runs in rows.values() for run in runs):
            own = engine.get(run.run.seed)
            if run.run.method == ENGINE or own is None:
                continue
            lead = _points(run) - _points(own) if run.objective != own.objective else 0.0
            where = f"{row_name(run)} on {case}, seed {run.run.seed}"
            if abs(lead) <= TOLERANCE:
                level.append(where)
            elif lead < 0:
                behind.append(where)
            else:
                ahead += 1
    text = f"ahead {ahead}, level {len(level)}, behind {len(behind)}"
    text += _named("level with", level) + _named("behind", behind)
    kept = ahead + len(level) > 0 and not behind
    return "Ahead of every peer at every size and load, or level", text, _verdict(kept)


def _points(run: Record) -> float:
    """The last objective; no answer is dearer than any."""
    return NEVER if run.objective is None else run.objective


def _named(how: str, places: list[str]) -> str:
    """The places of a comparison, as many as a cell holds."""
    more = f" and {len(places) - MOST_NAMED} more" if places[MOST_NAMED:] else ""
    return f"; {how} {', '.join(places[:MOST_NAMED])}{more}" if places else ""


def _verdict(kept: bool) -> str:
    return "kept" if kept else "**missed**"
