"""Rows as CSV text: UTF-8, commas, `\\n`, quotes only where needed."""

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from engine.files.cell_values import FORMULA_SIGNS


def csv_text(columns: Collection[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Header and rows. None is an empty cell, a yes or no is written as that word."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_text(row.get(column)) for column in columns])
    return stream.getvalue()


def free_text(text: str) -> str:
    """A sentence that no spreadsheet takes for a formula: with an apostrophe in front if need be.

    Only for text that people read. Ids are never changed: one that looks like a formula is refused.
    """
    return f"'{text}" if text.lstrip().startswith(FORMULA_SIGNS) else text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
