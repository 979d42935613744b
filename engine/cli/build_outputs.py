"""The files of a build: a practice folder that `fill` reads, other designs, page and numbers."""

import json
from collections.abc import Iterable
from pathlib import Path

from engine.cli.goal_inputs import Asked
from engine.cli.new_practice import GOALS_FILE, PRACTICE_FILES, write_beside
from engine.cli.staging import move_in, staged
from engine.files import template_toml
from engine.files.atomic import write_text
from engine.model_day.adopt import adopt
from engine.model_day.built import BuiltDays
from engine.model_day.day_types import day_types_of
from engine.model_day.goals_toml import goals_text
from engine.model_day.planned import DesignedDay
from engine.plot.model_day_page import model_day_html
from engine.practice import Problem
from engine.practice.template import template_of

MOST_DESIGNS = 5
"""So many of each day type may be asked for."""
OTHER_DESIGNS = tuple(f"design_{number}.toml" for number in range(2, MOST_DESIGNS + 1))

BUILD_FILES = (
    *PRACTICE_FILES,
    *OTHER_DESIGNS,
    "derivation.txt",
    "build.json",
    "model_days.html",
)


def write_build(asked: Asked, built: BuiltDays, practice: Path, out: Path) -> tuple[Path, ...]:
    """Makes everything beside `out` and moves it in when it is complete; the paths there."""
    with staged(out) as folder:
        write_beside(_with(asked, built.days), practice, folder)
        for name, days in zip(OTHER_DESIGNS, built.other_designs, strict=False):
            template = template_of(_with(asked, days).practice)
            write_text(folder / name, template_toml(template))
        write_text(folder / GOALS_FILE, goals_text(asked.demand.goals))
        lines = [*asked.derivation, *built.lines]
        write_text(folder / "derivation.txt", "\n".join(lines) + "\n")
        document = json.dumps(built.model_dump(mode="json"), indent=2, allow_nan=False)
        write_text(folder / "build.json", document + "\n")
        write_text(folder / "model_days.html", model_day_html(asked.problem, built, lines))
        return move_in(folder, out, BUILD_FILES)


def _with(asked: Asked, days: Iterable[DesignedDay]) -> Problem:
    """The practice with these model days."""
    return adopt(asked.problem, day_types_of(asked.demand.goals, asked.problem.practice), days)
