"""A practice folder made from another one: the same question with new model days."""

import shutil
from pathlib import Path

from engine.cli.staging import move_in, staged
from engine.files import HOLDS_FILE, MODEL_FILE, SLOTS_FILE, read_problem, write_folder
from engine.practice import Problem
from engine.problems import PracticeProblem, PracticeProblemsError

HISTORY = "history.csv"
GOALS_FILE = "goals.toml"
COPIED = (HISTORY, HOLDS_FILE, GOALS_FILE)
"""What a practice folder may hold that is no part of the question."""
PRACTICE_FILES = (
    "practice.toml",
    "cells.csv",
    "visits.csv",
    "bookings.csv",
    MODEL_FILE,
    SLOTS_FILE,
    *COPIED,
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
    """Writes the question into `folder`, with the book and files of the practice it was read from.

    The book is as the files have it: times held for callers are no bookings, and stay held.
    """
    read = read_problem(practice).problem
    book = {"visits": read.visits, "bookings": read.bookings}
    write_folder(problem.model_copy(update=book), folder)
    for name in COPIED:
        if (practice / name).is_file():
            shutil.copyfile(practice / name, folder / name)


def write_new_practice(problem: Problem, practice: Path, out: Path) -> tuple[Path, ...]:
    """Makes the folder beside `out` and moves it in when it is complete; the paths there."""
    refuse_own_folder(out, practice)
    with staged(out) as folder:
        write_beside(problem, practice, folder)
        return move_in(folder, out, PRACTICE_FILES)
