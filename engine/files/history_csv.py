"""A history file by itself, as a no-show model is fitted on it: read with its gaps, and written."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from engine.files.atomic import write_text
from engine.files.csv_text import csv_text
from engine.files.history_rows import HISTORY_COLUMNS, HISTORY_REQUIRED, read_history
from engine.files.loaded import DefaultsTally, DefaultUse
from engine.files.tables import read_table
from engine.practice import PastVisit, Practice
from engine.problems import PracticeProblem, PracticeProblemsError

_GAPS = {
    "start": "unknown; counts as an average time of day",
    "booked_on": "six weeks before the visit",
    "account": "neutral",
    "age_band": "unknown; counts as over 30",
    "started": "not in treatment",
    "confirmation": "unknown; counts as what patients usually say",
    "reminder": "unknown; as usual in this practice",
    "purpose": "unknown; counts as a visit of active treatment",
}
_TELL_APART = frozenset(("account", "age_band", "started", "purpose"))
_SAID_OF_NONE = "unknown of all visits; a model's level is theirs without it"
"""Of these, where no visit says it, nothing is assumed (`risk fit`)."""


@dataclass(frozen=True, slots=True)
class LoadedHistory:
    """Past visits by date, faults of rows that were set aside, and the defaults of gaps."""

    visits: tuple[PastVisit, ...]
    problems: tuple[PracticeProblem, ...]
    defaults: tuple[DefaultUse, ...]


def read_history_csv(
    path: str | Path, today: dt.date, practice: Practice | None = None
) -> LoadedHistory:
    """The usable rows. `practice` says what the procedures are for, where no row says it.

    PracticeProblemsError where the header cannot be used, or where no row can; then with every
    fault of every row.
    """
    table = read_table(Path(path), HISTORY_COLUMNS, HISTORY_REQUIRED)
    history, rows = read_history(table, today)
    problems = [*table.notes, *(problem for row in rows for problem in row.problems)]
    visits = [visit for past in history.values() for visit in past]
    if not visits:
        cause = "it has no row that can be used" if rows else "it has a header and no row"
        nothing = PracticeProblem(
            "history-empty", table.file, cause, "export the kept and missed visits of the past"
        )
        raise PracticeProblemsError([nothing, *problems])
    purposes = {one.code: one.purpose for one in practice.procedures} if practice else {}
    tally = DefaultsTally()
    filled = []
    for visit in sorted(visits, key=lambda one: (one.date, one.patient)):
        purpose = visit.purpose or purposes.get(visit.procedure or "")
        filled.append(replace(visit, purpose=purpose))
    for field, sentence in _GAPS.items():
        gaps = sum(getattr(visit, field) is None for visit in filled)
        unknown = field in _TELL_APART and gaps == len(filled)
        if gaps:
            tally.add(field, _SAID_OF_NONE if unknown else sentence, gaps)
    return LoadedHistory(tuple(filled), tuple(problems), tally.uses())


def write_history_csv(visits: Iterable[PastVisit], path: str | Path) -> None:
    """Write the file whole or not at all. Reading it gives the same visits."""
    write_text(Path(path), csv_text(HISTORY_COLUMNS, map(_cells, visits)))


def _cells(visit: PastVisit) -> dict[str, object]:
    cells = {column: getattr(visit, column) for column in HISTORY_COLUMNS}
    cells["start"] = None if visit.start is None else f"{visit.start:%H:%M}"
    return cells
