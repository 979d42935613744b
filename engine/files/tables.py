"""A CSV file as rows of text: header checked, unknown columns named, name-like ones unread."""

import difflib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from engine.files.text_files import read_text
from engine.problems import PracticeProblem, PracticeProblemsError, Severity

_NAME_LIKE = re.compile(
    r"(^|_)(name|names|firstname|lastname|surname|forename|nickname|salutation|guardian|parent|"
    r"phone|telephone|mobile|cell_phone|fax|email|e_mail|mail|address|street|zip|postcode|"
    r"postal_code|city|dob|birth|birthday|birthdate|date_of_birth|ssn|insurance_number|comment|"
    r"comments|note|notes)(_|$)"
)

_NEVER_AN_INPUT = re.compile(
    r"(^|_)(payer|payor|payers|insurance|insurer|insured|medicaid|medicare|welfare|language|"
    r"languages|sex|gender|race|ethnicity|ethnic|religion|nationality|citizenship|income|"
    r"neighbourhood|neighborhood|district|deprivation)(_|$)"
)
"""What no model of this engine may look at: risk may not stand in for who somebody is."""

_MOST_EXTRA_CELLS = 50
"""Rows up to so much wider than the header are faults of their own; beyond, the file is broken."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row's number (the header is row 1), the cells of its known columns, and its width."""

    number: int
    cells: dict[str, str]
    too_wide: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file that are not blank, and what is odd about its header."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[TextRow, ...]
    notes: tuple[PracticeProblem, ...] = ()


def read_table(path: Path, known: Iterable[str], required: Iterable[tuple[str, ...]]) -> Table:
    """Read a CSV file as text. `required`: of each group, at least one column must be there.

    PracticeProblemsError where the file or its header cannot be used at all.
    """
    grid = _grid(path, read_text(path))
    header = [re.sub(r"[\s-]+", "_", title.strip().lower()) for title in grid[0]]
    while header and not header[-1]:
        header.pop()
    columns = [title if title in set(known) else "" for title in header]
    _check_header(path.name, columns, required)
    rows = []
    for number, cells in enumerate(grid[1:], start=2):
        filled = [cell.strip() for cell in cells]
        if any(filled):
            named = {column: filled[at] for at, column in enumerate(columns) if column}
            extra = [at for at in range(len(header), len(filled)) if filled[at]]
            rows.append(TextRow(number, named, extra[-1] + 1 if extra else 0))
    notes = _header_notes(path.name, header, columns, tuple(known))
    return Table(path.name, tuple(filter(None, columns)), tuple(rows), notes)


def _grid(path: Path, text: str) -> list[list[str]]:
    # pandas is slow to import, and whoever only reads a schedule needs none of it.
    import pandas as pd  # type: ignore[import-untyped]

    if not text.strip():
        _refuse(path, "file-empty", "there is not even a header", "write the header row")
    first = re.split(r"\r\n|\r|\n", text, maxsplit=1)[0]
    if "," not in first and (";" in first or "\t" in first):
        _refuse(path, "csv-delimiter", "columns are not parted by commas", "save it as comma-CSV")
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            header=None,
            names=range(first.count(",") + 1 + _MOST_EXTRA_CELLS),
            index_col=False,
            dtype=str,
            keep_default_na=False,
            na_filter=False,
            skip_blank_lines=False,
        )
    except pd.errors.ParserError as error:
        quote = re.search(r"starting at row (\d+)", str(error))
        wide = re.search(r"in line (\d+), saw (\d+)", str(error))
        if quote:
            cause = f"a quote opens in row {int(quote[1]) + 1} and never closes"
        elif wide:
            cause = f"line {wide[1]} has {wide[2]} cells"
        else:
            cause = "its commas and quotes make no table"
        _refuse(path, "csv-broken", cause, "export it again, or mend the line")
    grid: list[list[str]] = frame.to_numpy().tolist()
    return grid


def _refuse(path: Path, code: str, cause: str, remedy: str) -> NoReturn:
    raise PracticeProblemsError([PracticeProblem(code, path.name, cause, remedy)]) from None


def _check_header(file: str, columns: list[str], required: Iterable[tuple[str, ...]]) -> None:
    where = f"{file} row 1"
    problems = [
        PracticeProblem(
            "header-duplicate-column",
            where,
            f"column '{column}' is there {columns.count(column)} times",
            "keep one of them",
        )
        for column in sorted(set(columns) - {""})
        if columns.count(column) > 1
    ]
    problems += [
        PracticeProblem(
            "header-missing-column",
            where,
            f"there is no column {' or '.join(repr(column) for column in group)}",
            "add it; every row needs it (row 1 has to be the header)",
        )
        for group in required
        if not set(group) & set(columns)
    ]
    if problems:
        raise PracticeProblemsError(problems)


def is_name_like(title: str) -> bool:
    """True for a column or key that may hold names, addresses or free remarks about people."""
    return _NAME_LIKE.search(re.sub(r"[\s-]+", "_", title.strip().lower())) is not None


def is_never_an_input(title: str) -> bool:
    """True for a column about who pays for a patient, or what kind of person a patient is."""
    return _NEVER_AN_INPUT.search(re.sub(r"[\s-]+", "_", title.strip().lower())) is not None


def _header_notes(
    file: str, header: list[str], columns: list[str], known: tuple[str, ...]
) -> tuple[PracticeProblem, ...]:
    notes = []
    for at, (title, column) in enumerate(zip(header, columns, strict=True), start=1):
        if column:
            continue
        where = f"{file} row 1 column {at}"
        if is_name_like(title):
            code, cause = "name-column-dropped", f"column '{title[:40]}' may name people"
            remedy = "nothing to do: it was not read; labels belong in labels.csv"
        elif is_never_an_input(title):
            code, cause = "never-an-input", f"column '{title[:40]}' is never an input"
            remedy = "nothing to do: it was dropped unread; better leave it out of the export"
        else:
            code, cause = "unknown-column", f"column '{title[:40]}' is not known and was not read"
            near = difflib.get_close_matches(title, known, n=1)
            remedy = f"did you mean '{near[0]}'?" if near else "rename or remove it"
        notes.append(PracticeProblem(code, where, cause, remedy, Severity.NOTE))
    return tuple(notes)
