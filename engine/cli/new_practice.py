"""A practice folder made from another one: the same question with new model days."""

import shutil
from pathlib import Path

from engine.cli.staging import move_in, staged
from engine.files import MODEL_FILE, SLOTS_FILE, write_folder
from engine.practice import Problem
from engine.problems import PracticeProblem, PracticeProblemsError

HISTORY = "history.csv"
PRACTICE_FILES = (
    "practice.toml",
    "cells.csv",
    "visits.csv",
    "bookings.csv",
    MODEL_FILE,
    SLOTS_FILE,
    HISTORY,
)


def refuse_own_folder(out: Path | None, practice: Path) -> None:
    """PracticeProblemsError where `out` is the practice itself: rows set aside would be lost."""
    if out is not None and out.resolve() == practice.resolve():
        fault = PracticeProblem(
            "out-is-the-practice",
            str(out),
            "the new practice would be written over the one that is read",
            "name another folder",
        )
        raise PracticeProblemsError([fault])


def write_beside(problem: Problem, practice: Path, folder: Path) -> None:
    """Writes the question into `folder`, with the history of the practice that it was read from."""
    write_folder(problem, folder)
    if (practice / HISTORY).exists():
        shutil.copyfile(practice / HISTORY, folder / HISTORY)


def write_new_practice(problem: Problem, practice: Path, out: Path) -> tuple[Path, ...]:
    """Makes the folder beside `out` and moves it in when it is complete; the paths there."""
    refuse_own_folder(out, practice)
    with staged(out) as folder:
        write_beside(problem, practice, folder)
        return move_in(folder, out, PRACTICE_FILES)
