"""The question of a practice year: who is there when it begins, and how many years at a time."""

import os
from pathlib import Path

from engine.cli.inputs import read_question
from engine.generate.sample import rolling_book
from engine.practice import Problem
from engine.problems import PracticeProblem, PracticeProblemsError, Severity
from engine.validation import put_aside

_BY_HAND = ("first-fit", "best-fit", "model-day-only")


def year_question(practice: Path | None) -> tuple[Problem, tuple[PracticeProblem, ...]]:
    """The practice with its patients, without faulty rows, and what was left out."""
    if practice is None:
        told: tuple[PracticeProblem, ...] = ()
        asked = rolling_book().problem
    else:
        loaded = read_question(practice)
        told, asked = loaded.problems, loaded.problem
    problem, found = put_aside(asked)
    refused = [fault for fault in found if fault.severity is Severity.REFUSED]
    if refused:
        raise PracticeProblemsError(refused)
    every = dict.fromkeys((*told, *found))
    return problem, tuple(fault for fault in every if fault.severity is Severity.SET_ASIDE)


def years_at_a_time(policies: tuple[str, ...], workers: int) -> int:
    """Years at a time: every core, or the cores a fill by the engine leaves."""
    cores = os.cpu_count() or 1
    by_hand = all(name in _BY_HAND for name in policies)
    return max(1, cores if by_hand else cores // max(1, workers))
