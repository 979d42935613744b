"""Goals, build, fill: the practice with designed model days, and its next week on them.

Both are kept with a digest of what they were made from, so that a command that goes on after a stop
goes on with the same model days.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.build_outputs import write_build
from engine.cli.filling_run import closing_line, run_fill
from engine.cli.goal_inputs import Asked
from engine.cli.inputs import read_question
from engine.cli.outputs import write_results
from engine.cli.staging import staged
from engine.files.atomic import write_text
from engine.model_day.adopt import adopt
from engine.model_day.built import BuiltDays
from engine.model_day.day_types import day_types_of
from engine.practice import Horizon, Problem

if TYPE_CHECKING:
    from engine.filling.fill import FillSettings
    from engine.model_day.design.build import BuildSettings

PRACTICE, WEEK, MADE_FROM = "practice", "week", "made_from.json"
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Designed:
    """What was built, and the lines of it to be told; `week`: how the first week came out."""

    built: BuiltDays
    week: str | None = None
    kept: bool = False


def design_practice(
    asked: Asked,
    practice: Path,
    out: Path,
    settings: "BuildSettings",
    filling: "FillSettings",
    horizon: Horizon,
    tell: Tell,
) -> Designed:
    """Build and fill, or take what a run before left of the same practice, goals and limits.

    `practice`: the folder that `asked` was read from. `out/practice` is the practice with its new
    model days, `out/week` the dates of `horizon` filled on them. A design that lacks a model day is
    neither kept nor filled.
    """
    digest = _digest(asked, settings, filling)
    if (found := _kept(out, digest)) is not None:
        return found
    # Only now: loading the solver takes a second.
    from engine.model_day.design.build import build_model_days

    built = build_model_days(asked.problem, asked.demand, settings, tell)
    write_build(asked, built, practice, out / PRACTICE)
    if not built.complete:
        return Designed(built)
    loaded = read_question(out / PRACTICE, horizon)
    with staged(out / WEEK) as folder:
        result, certificate = run_fill(loaded.problem, horizon, filling, quiet=True)
        write_results(folder, out / WEEK, loaded, result, certificate)
    week = closing_line(result)
    document = {"digest": digest, "built": built.model_dump(mode="json"), "week": week}
    if not result.interrupted:
        write_text(out / MADE_FROM, json.dumps(document, indent=1) + "\n")
    return Designed(built, week)


def with_designed(problem: Problem, asked: Asked, built: BuiltDays) -> Problem:
    """The same patients, book and lists under the model days that were built."""
    return adopt(problem, day_types_of(asked.demand.goals, problem.practice), built.days)


def _kept(out: Path, digest: str) -> Designed | None:
    path = out / MADE_FROM
    if not path.exists():
        return None
    try:
        document = json.loads(path.read_text("utf-8"))
        built = BuiltDays.model_validate(document["built"])
        same = document["digest"] == digest
        return Designed(built, str(document["week"]), kept=True) if same else None
    except (ValueError, KeyError, TypeError):
        return None  # half a file of another time: design anew


def _digest(asked: Asked, settings: "BuildSettings", filling: "FillSettings") -> str:
    lines = [(one.procedure.code, one.a_day) for one in asked.demand.lines]
    parts = (
        asked.problem.model_dump_json(),
        asked.demand.goals.model_dump_json(),
        repr(lines),
        repr(settings),
        repr(filling),
    )
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
