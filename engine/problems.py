"""What is wrong with an input, said so that a coordinator can mend it.

Problems are collected and raised as one complete list, never one at a time.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What happens to the faulty thing."""

    REFUSED = "refused"
    """The whole input is refused: nothing is solved."""
    SET_ASIDE = "set_aside"
    """The row is left out, listed in `needs_attention.csv`, and the rest is filled."""
    KEPT = "kept"
    """The fact is kept as it is and listed, for example a clash that is already in the book."""
    NOTE = "note"
    """Nothing is lost; a default or an oddity is reported."""


@dataclass(frozen=True, order=True, slots=True)
class PracticeProblem:
    """One fault: `code` (kebab-case), `where` (file, row, id), `cause` and `remedy` as sentences.

    `where` and `cause` hold ids, never names of people.
    """

    code: str
    where: str
    cause: str
    remedy: str
    severity: Severity = Severity.REFUSED

    def __str__(self) -> str:
        return f"{self.where}: {self.cause} -> {self.remedy} [{self.code}]"

    def as_dict(self) -> dict[str, str]:
        """The five fields as plain strings, for JSON and CSV."""
        return {key: str(value) for key, value in asdict(self).items()}


class PracticeProblemsError(Exception):
    """Raised once with every problem found."""

    def __init__(self, problems: Iterable[PracticeProblem]) -> None:
        self.problems: tuple[PracticeProblem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
