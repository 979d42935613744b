"""needs_attention.csv: what somebody has to look at, one line for each fault."""

from collections.abc import Iterable
from pathlib import Path

from engine.files.atomic import write_text
from engine.files.csv_text import csv_text, free_text
from engine.problems import PracticeProblem, Severity

ATTENTION_COLUMNS = ("severity", "code", "where", "cause", "remedy")

_ORDER = (Severity.REFUSED, Severity.SET_ASIDE, Severity.KEPT, Severity.NOTE)


def write_needs_attention(problems: Iterable[PracticeProblem], path: str | Path) -> None:
    """Write the list, what was refused or set aside first, in the order found within each."""
    ordered = sorted(problems, key=lambda problem: _ORDER.index(problem.severity))
    rows = (
        {key: free_text(text) for key, text in problem.as_dict().items()} for problem in ordered
    )
    write_text(Path(path), csv_text(ATTENTION_COLUMNS, rows))
