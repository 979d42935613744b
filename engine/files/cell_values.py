"""One cell of a CSV file, read as text and then parsed: dates, clock times, numbers, words, ids.

Every parser takes the trimmed text of a cell that is not empty and raises CellFault. Names of
people are never repeated in a fault: a value is shown only where a name cannot well be one.
"""

import datetime as dt
import json
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

Word = TypeVar("Word", bound=StrEnum)

FORMULA_SIGNS = ("=", "+", "-", "@")
"""What makes a spreadsheet run a cell instead of showing it."""

NO_VALUES = frozenset(
    {"nan", "null", "none", "n/a", "#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#num!"}
)
"""Texts that programs write for 'nothing' or 'error'."""

_ID = re.compile(r"[^\s,;\"']{1,64}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_OFFSET = re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})$", re.IGNORECASE)


class CellFault(Exception):
    """What is wrong with one cell: code, cause with what was found, what to do."""

    def __init__(self, code: str, cause: str, remedy: str) -> None:
        self.code, self.cause, self.remedy = code, cause, remedy
        super().__init__(cause)


def shown(text: str) -> str:
    """The text in quotes where it holds a digit, is one short word, or else only its length."""
    harmless = len(text) <= 24 and (any(mark.isdigit() for mark in text) or text.isalpha())
    return f"'{text}'" if harmless else f"a text of {len(text)} characters"


def id_fault(text: str) -> str | None:
    """Why a text cannot be an id in a CSV file; None where it can."""
    if not _ID.fullmatch(text):
        return "an id has 1 to 64 characters and no blanks, commas, semicolons or quotes"
    if text.startswith(FORMULA_SIGNS):
        return "it begins with =, +, - or @, which a spreadsheet runs as a formula"
    if not text.isprintable():
        return "it holds a control character"
    if text.lower() in NO_VALUES:
        return "it is a word that programs write for 'nothing'"
    return None


def an_id(text: str) -> str:
    """A short code; the faulty one is not repeated, since it may be a name."""
    reason = id_fault(text)
    if reason is None:
        return text
    code = "formula-like" if text.startswith(FORMULA_SIGNS) else "bad-id"
    raise CellFault(code, f"this is not an id: {reason}", "write a code such as P00123")


def a_date(text: str) -> dt.date:
    """YYYY-MM-DD and nothing else: 03/04/2026 is two dates, depending on the country."""
    if _OFFSET.search(text):
        raise CellFault(
            "wrong-time-zone",
            f"{shown(text)} carries a time zone",
            "write the date as the practice's wall calendar shows it, YYYY-MM-DD",
        )
    if not _DATE.fullmatch(text):
        raise CellFault(
            "bad-date", f"{shown(text)} is not a date YYYY-MM-DD", "write it like 2026-03-02"
        )
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise CellFault(
            "bad-date", f"{shown(text)} is not in the calendar", "write a date that exists"
        ) from None


def a_clock(text: str) -> dt.time:
    """HH:MM on the practice's wall clock."""
    if _OFFSET.search(text):
        raise CellFault(
            "wrong-time-zone",
            f"{shown(text)} carries a time zone",
            "write the time as the practice's wall clock shows it, HH:MM",
        )
    match = _CLOCK.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise CellFault(
            "bad-clock",
            f"{shown(text)} is not a clock time HH:MM from 00:00 to 23:59",
            "write it like 15:30",
        )
    return dt.time(int(match[1]), int(match[2]))


def a_whole_number(low: int, high: int) -> Callable[[str], int]:
    """A parser for whole numbers from `low` to `high`."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,9}", text):
            raise CellFault(
                "bad-number",
                f"{shown(text)} is not a whole number",
                f"write a whole number from {low} to {high}",
            )
        number = int(text)
        if not low <= number <= high:
            raise CellFault(
                "out-of-range", f"found {number}, allowed are {low} to {high}", "mend the number"
            )
        return number

    return parse


def a_word(words: type[Word]) -> Callable[[str], Word]:
    """A parser for one word of a fixed list; capitals, blanks and hyphens do not matter."""

    def parse(text: str) -> Word:
        try:
            return words(re.sub(r"[\s-]+", "_", text.lower()))
        except ValueError:
            known = ", ".join(words)
            raise CellFault(
                "unknown-word", f"{shown(text)} is not a word known here", f"write one of: {known}"
            ) from None

    return parse


def yes_or_no(text: str) -> bool:
    """yes or no, true or false, 1 or 0."""
    answers = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
    try:
        return answers[text.lower()]
    except KeyError:
        cause = f"{shown(text)} is not yes or no"
        raise CellFault("bad-yes-no", cause, "write yes or no") from None


def an_external(text: str) -> tuple[tuple[str, Any], ...]:
    """An opaque map, written as a JSON object; its content is not repeated in a fault."""
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise CellFault(
            "bad-external", "this is not a JSON object", 'write {"key": "value"} or leave it empty'
        )
    return tuple(value.items())


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
