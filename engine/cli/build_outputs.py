"""The files of a build: a practice folder that `fill` reads, the page, the numbers."""

import json
import shutil
from pathlib import Path

from engine.cli.goal_inputs import HISTORY, Asked
from engine.cli.staging import move_in, staged
from engine.files import write_folder
from engine.files.atomic import write_text
from engine.model_day.adopt import adopt
from engine.model_day.built import BuiltDays
from engine.model_day.day_types import day_types_of
from engine.model_day.goals_toml import goals_text
from engine.plot.model_day_page import model_day_html

BUILD_FILES = (
    "practice.toml",
    "cells.csv",
    "visits.csv",
    "bookings.csv",
    "no_show_model.json",
    HISTORY,
    "goals.toml",
    "derivation.txt",
    "build.json",
    "model_days.html",
)


def write_build(asked: Asked, built: BuiltDays, practice: Path, out: Path) -> tuple[Path, ...]:
    """Makes everything beside `out` and moves it in when it is complete; the paths there."""
    problem = adopt(
        asked.problem, day_types_of(asked.demand.goals, asked.problem.practice), built.days
    )
    with staged(out) as folder:
        write_folder(problem, folder)
        if (practice / HISTORY).exists():
            shutil.copyfile(practice / HISTORY, folder / HISTORY)
        write_text(folder / "goals.toml", goals_text(asked.demand.goals))
        lines = [*asked.derivation, *built.lines]
        write_text(folder / "derivation.txt", "\n".join(lines) + "\n")
        document = json.dumps(built.model_dump(mode="json"), indent=2, allow_nan=False)
        write_text(folder / "build.json", document + "\n")
        write_text(folder / "model_days.html", model_day_html(asked.problem, built, lines))
        return move_in(folder, out, BUILD_FILES)
