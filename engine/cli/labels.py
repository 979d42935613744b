"""Names for the page: a local labels.csv that is read when the page is made, and nowhere else."""

import csv
from collections.abc import Mapping
from pathlib import Path

from engine.files.text_files import read_text
from engine.problems import PracticeProblem, PracticeProblemsError

COLUMNS = ["id", "label"]


def read_labels(path: Path | None) -> Mapping[str, str]:
    """Labels by id. PracticeProblemsError with rows and columns only: labels are names."""
    if path is None:
        return {}
    rows = csv.reader(read_text(path).splitlines())
    header = [cell.strip().lower() for cell in next(rows, [])]
    if header != COLUMNS:
        raise PracticeProblemsError(
            [_problem(path, 1, "the columns are not id and label", "name them id,label")]
        )
    labels: dict[str, str] = {}
    problems: list[PracticeProblem] = []
    for number, row in enumerate(rows, start=2):
        if len(row) == len(COLUMNS) and row[0].strip():
            labels[row[0].strip()] = row[1].strip()
        elif row:
            cause = f"the row has {len(row)} cells or no id; expected are an id and a label"
            problems.append(_problem(path, number, cause, "mend the row"))
    if problems:
        raise PracticeProblemsError(problems)
    return labels


def _problem(path: Path, row: int, cause: str, remedy: str) -> PracticeProblem:
    return PracticeProblem("labels", f"{path.name} row {row}", cause, remedy)
