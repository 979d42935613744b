"""responses.csv: what patients said to the times that were proposed to them."""

from enum import StrEnum
from pathlib import Path

from engine.files.cell_notation import WINDOWS
from engine.files.cell_values import a_word, an_id
from engine.files.rows import Row
from engine.files.tables import read_table
from engine.practice import ClockWindow
from engine.practice.base import Frozen
from engine.problems import PracticeProblem, PracticeProblemsError

RESPONSE_COLUMNS = ("visit", "answer", "wishes")
_REQUIRED = (("visit",), ("answer",))


class Answer(StrEnum):
    """What the patient said."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class Response(Frozen):
    """One answer. `where`: file and row. `wishes`: times that would suit better; none: unknown."""

    visit: str
    answer: Answer
    wishes: tuple[ClockWindow, ...] = ()
    where: str = ""


def read_responses(path: str | Path) -> tuple[Response, ...]:
    """The answers, in the order of the rows; rows without an answer are left out.

    A calls.csv to which a column `answer` was added can be read. PracticeProblemsError with every
    fault of every row.
    """
    table = read_table(Path(path), RESPONSE_COLUMNS, _REQUIRED)
    found: list[Response] = []
    problems: list[PracticeProblem] = []
    for text in table.rows:
        row = Row(table.file, text, id_column="visit")
        if row.is_empty("answer") and not row.too_wide:
            continue
        visit = row.require("visit", an_id)
        answer = row.require("answer", a_word(Answer))
        wishes = row.read("wishes", WINDOWS.read) or ()
        if row.usable and visit is not None and answer is not None:
            found.append(Response(visit=visit, answer=answer, wishes=wishes, where=row.where))
        problems += row.problems
    if problems:
        raise PracticeProblemsError(problems)
    return tuple(found)
