"""A practice folder whose files a test can edit."""

import csv
from pathlib import Path
from typing import Any

from engine.files import Loaded, read_folder, write_folder
from engine.practice import Problem
from engine.problems import PracticeProblem, PracticeProblemsError, Severity


class PracticeFolder:
    """A written practice folder whose files can be edited. Rows count from 1, the header."""

    def __init__(self, problem: Problem, path: Path) -> None:
        self.path = path
        write_folder(problem, path)

    def read(self, file: str) -> list[dict[str, str]]:
        with (self.path / file).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def write(self, file: str, rows: list[dict[str, str]], columns: list[str]) -> None:
        with (self.path / file).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)

    def columns(self, file: str) -> list[str]:
        with (self.path / file).open(encoding="utf-8", newline="") as stream:
            return next(csv.reader(stream))

    def add(self, file: str, **cells: str) -> int:
        """Append a row, with a new column where need be; its row number."""
        rows = self.read(file)
        rows.append(cells)
        columns = list(dict.fromkeys((*self.columns(file), *cells)))
        self.write(file, rows, columns)
        return len(rows) + 1

    def change(self, file: str, row: int, **cells: str) -> None:
        rows = self.read(file)
        rows[row - 2].update(cells)
        self.write(file, rows, list(dict.fromkeys((*self.columns(file), *cells))))

    def drop_column(self, file: str, column: str) -> None:
        rows = [{k: v for k, v in row.items() if k != column} for row in self.read(file)]
        self.write(file, rows, [name for name in self.columns(file) if name != column])

    def replace(self, file: str, old: str, new: str) -> None:
        text = (self.path / file).read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        (self.path / file).write_text(text.replace(old, new, 1), "utf-8")

    def load(self, **options: Any) -> Loaded:
        return read_folder(self.path, **options)

    def faults(self, **options: Any) -> tuple[PracticeProblem, ...]:
        """All problems but the notes, whether they refuse the folder or not."""
        try:
            found = self.load(**options).problems
        except PracticeProblemsError as error:
            found = error.problems
        return tuple(one for one in found if one.severity is not Severity.NOTE)
