"""labels.csv: local names of ids, joined only when a page is made and never kept with the data."""

from pathlib import Path

from engine.files.cell_values import an_id
from engine.files.rows import Row
from engine.files.tables import read_table
from engine.problems import PracticeProblemsError


def read_labels(path: str | Path) -> dict[str, str]:
    """Labels by id (of patients, staff or chairs); rows without a label are left out.

    PracticeProblemsError, with every fault and without any label, where a row cannot be read.
    """
    table = read_table(Path(path), ("id", "label"), (("id",), ("label",)))
    labels: dict[str, str] = {}
    problems = []
    for text in table.rows:
        row = Row(table.file, text, id_column="id")
        named = row.require("id", an_id)
        if named is not None and named in labels:
            row.fault("duplicate-label", "id", "an earlier row labels this id", "keep one")
        label = text.cells.get("label", "")
        if row.usable and named is not None and label:
            labels[named] = label
        problems += row.problems
    if problems:
        raise PracticeProblemsError(problems)
    return labels
