"""What `build` reads: goals and a practice, its history if it has one, and the demand of both."""

from dataclasses import dataclass
from pathlib import Path

from engine.cli.inputs import read_question
from engine.cli.new_practice import HISTORY, refuse_own_folder
from engine.files import read_history_csv
from engine.model_day.counted import count_visits
from engine.model_day.day_types import column_minutes
from engine.model_day.demand import Demand, demand_of
from engine.model_day.derivation import derivation_lines
from engine.model_day.goal_faults import read_faults
from engine.model_day.goals_toml import read_as_far_as_possible
from engine.model_day.known_treatments import known_treatments
from engine.practice import Problem
from engine.problems import PracticeProblem, PracticeProblemsError


@dataclass(frozen=True, slots=True)
class Asked:
    """The practice, what its goals ask of an average patient day, and how that was worked out."""

    problem: Problem
    demand: Demand
    derivation: tuple[str, ...]
    remarks: tuple[PracticeProblem, ...]


def read_demand(
    goals_file: Path, folder: Path, out: Path | None = None, known_share: float = 1.0
) -> Asked:
    """PracticeProblemsError with everything wrong with the goals, and with the practice.

    `out` must not be the practice's own folder: rows that were set aside would be lost there.
    `known_share`: of the treatments in the book, so many are counted.
    """
    faults: list[PracticeProblem] = []
    try:
        refuse_own_folder(out, folder)
    except PracticeProblemsError as error:
        faults += error.problems
    read = read_as_far_as_possible(goals_file)
    faults += read.faults
    try:
        loaded = read_question(folder)
    except PracticeProblemsError as error:
        raise PracticeProblemsError([*faults, *error.problems]) from None
    goals, problem = read.goals, loaded.problem
    faults += read_faults(read, problem.practice, goals_file.name)
    counted, remarks = None, loaded.problems
    history = folder / HISTORY
    if history.exists():
        today = problem.as_of.date()
        try:
            past = read_history_csv(history, today, problem.practice)
        except PracticeProblemsError as error:
            faults += error.problems
        else:
            counted, remarks = count_visits(past.visits, today), (*remarks, *past.problems)
    if faults or goals is None:
        raise PracticeProblemsError(faults)
    known = known_treatments(problem, known_share)
    demand = demand_of(goals, problem.practice, counted, known)
    lines = derivation_lines(demand, column_minutes(goals, problem.practice))
    return Asked(problem, demand, tuple(lines), remarks)
