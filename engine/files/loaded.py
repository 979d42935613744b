"""What reading a practice gives: the problem, what was wrong, which defaults filled gaps."""

from dataclasses import dataclass
from typing import NamedTuple

from engine.practice import PastVisit, Problem
from engine.problems import PracticeProblem


class DefaultUse(NamedTuple):
    """A default that filled gaps: the field, a sentence that says it, how many rows used it."""

    field: str
    sentence: str
    rows: int


class SetAside(NamedTuple):
    """A row that was left out: file, row number (header = row 1; 0 in JSON), and its id or ''."""

    file: str
    row: int
    id: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A practice as it was read. `problems` holds no refused ones: those are raised instead.

    `history`: the usable rows of history.csv, where the folder has one; the problem has only counts
    of them.
    """

    problem: Problem
    problems: tuple[PracticeProblem, ...] = ()
    defaults: tuple[DefaultUse, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    history: tuple[PastVisit, ...] = ()


class DefaultsTally:
    """Counts, field by field and in the order of first use, the rows that a default filled."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], int] = {}

    def add(self, field: str, sentence: str, rows: int = 1) -> None:
        """One more row (or `rows`) in which `field` was empty and `sentence` holds instead."""
        key = (field, sentence)
        self._rows[key] = self._rows.get(key, 0) + rows

    def merge(self, other: "DefaultsTally") -> None:
        """Take over the counts of another tally, for example of one row that turned out good."""
        for (field, sentence), rows in other._rows.items():
            self.add(field, sentence, rows)

    def uses(self) -> tuple[DefaultUse, ...]:
        """Every default that was used."""
        return tuple(DefaultUse(*key, rows) for key, rows in self._rows.items())
