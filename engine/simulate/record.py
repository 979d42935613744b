"""Finished runs on disk: one JSON file for each policy and replication. A stop costs little.

A file says what it was made of, as a digest of question, settings and seed, and by which code.
Files of other settings are never mixed in; a year of other code is made anew.
"""

import json
import math
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from engine.files.atomic import write_text
from engine.practice import Frozen, Problem
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.simulate.settings import YearSettings


class WeekFigures(Frozen):
    """One week of a run, as it is kept: patients by stage, who is past, what waits."""

    week: int
    arrived: int
    by_stage: dict[str, int]
    past_original: int
    past_current: int
    waiting: int
    asked: int
    placed: int
    set_aside: int
    fell_back: bool = False
    seconds: float


class Record(Frozen):
    """One run. `figures`: None where nothing was counted. `seconds`: how long it took.

    `code`: see `code_version`; empty in files that do not say it.
    """

    policy: str
    replication: int
    seed: int
    digest: str
    code: str = ""
    seconds: float
    figures: dict[str, float | None]
    weeks: tuple[WeekFigures, ...]


def digest_of(problem: Problem, settings: YearSettings, seed: int) -> str:
    """What makes two runs comparable; the number of replications does not."""
    parts = (
        problem.model_dump_json(),
        settings.model_dump_json(),
        str(seed),
    )
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def path_of(folder: Path, policy: str, replication: int) -> Path:
    """Where a run is kept."""
    return folder / "runs" / f"{policy}-{replication:02d}.json"


def write_record(folder: Path, record: Record) -> None:
    """Whole or not at all. OSError where the folder cannot be written."""
    text = record.model_dump_json(indent=1)
    write_text(path_of(folder, record.policy, record.replication), text + "\n")


def kept_runs(
    folder: Path, wanted: list[tuple[str, int]], digest: str
) -> dict[tuple[str, int], Record]:
    """The wanted runs that are there already, whichever code made them.

    PracticeProblemsError with every file that is unreadable, and with how many were made with other
    settings.
    """
    found: dict[tuple[str, int], Record] = {}
    faults: list[PracticeProblem] = []
    others: list[Path] = []
    for policy, replication in wanted:
        path = path_of(folder, policy, replication)
        if not path.exists():
            continue
        try:
            record = Record.model_validate_json(path.read_text("utf-8"))
        except ValueError:
            faults.append(
                PracticeProblem(
                    "year-record", str(path), "is no record of a run", "delete it; it is run again"
                )
            )
            continue
        if record.digest != digest:
            others.append(path)
        found[policy, replication] = record
    if others:
        cause = (
            f"{len(others)} of the years there, such as {others[0].name}, are of another practice, "
            "other settings or another seed"
        )
        remedy = "name another folder with --out, or delete those years"
        faults.append(PracticeProblem("year-other-settings", str(folder / "runs"), cause, remedy))
    if faults:
        raise PracticeProblemsError(faults)
    return found


def fallbacks_of(records: Sequence[Record]) -> dict[str, int]:
    """Weeks of each policy, those of the warm-up too, in which the schedule is that of best fit."""
    return {
        policy: sum(week.fell_back for r in records if r.policy == policy for week in r.weeks)
        for policy in dict.fromkeys(record.policy for record in records)
    }


def counted(figures: dict[str, float]) -> dict[str, float | None]:
    """JSON has no word for 'not a number'."""
    return {name: None if math.isnan(value) else round(value, 6) for name, value in figures.items()}


def json_text(document: object) -> str:
    """Readable, with a line end."""
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
