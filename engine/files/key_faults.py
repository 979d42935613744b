"""Faults of TOML and JSON keys, said with file, path and id, and without the text of any name."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from engine.files.cell_values import id_fault, shown
from engine.problems import PracticeProblem

_CODES = {
    "extra_forbidden": "unknown-key",
    "missing": "missing-key",
    "enum": "unknown-word",
    "literal_error": "unknown-word",
    "string_pattern_mismatch": "bad-id",
    "finite_number": "not-a-value",
    "too_short": "empty-list",
    "string_too_short": "empty-text",
    "string_too_long": "bad-id",
    "greater_than": "out-of-range",
    "greater_than_equal": "out-of-range",
    "less_than": "out-of-range",
    "less_than_equal": "out-of-range",
    "value_error": "bad-value",
}
_REMEDIES = {
    "unknown-key": "remove it, or mend its spelling",
    "missing-key": "add it",
    "bad-id": "use 1 to 64 characters without blanks, commas, semicolons or quotes",
    "not-a-value": "write a number",
    "empty-list": "name at least one",
    "empty-text": "write something, or remove the key",
    "wrong-time-zone": "write the practice's local clock time, without an offset",
}
_PERSONAL = ("patient", "household", "id", "visit")


def key_faults(
    error: ValidationError, file: str, raw: Any, prefix: tuple[str | int, ...] = ()
) -> list[PracticeProblem]:
    """One problem for each fault pydantic found. `raw`: the data under `prefix`."""
    problems = []
    found = error.errors(include_url=False)
    for fault in found:
        if fault["type"] == "too_short" and _has_faulty_item(fault["loc"], found):
            continue
        path = tuple(step for step in fault["loc"] if not str(step).startswith("function-"))
        code = _code(fault["type"], str(fault["msg"]))
        cause = _cause(code, path, fault["msg"], fault["input"])
        where = f"{file} {path_text((*prefix, *path))}{_id_of(raw, path)}"
        remedy = _REMEDIES.get(code, "mend the value")
        problems.append(PracticeProblem(code, where, cause, remedy))
    return problems


def _has_faulty_item(path: tuple[int | str, ...], faults: Sequence[ErrorDetails]) -> bool:
    """A list is also called too short where its items are there and faulty: said once is enough."""
    inner = (fault["loc"] for fault in faults)
    return any(len(loc) > len(path) and loc[: len(path)] == path for loc in inner)


def path_text(path: Sequence[str | int]) -> str:
    """`practice.chairs[2].kind`; counted from 0, as programs do."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or "the whole file"


def _code(kind: str, message: str) -> str:
    if "without an offset" in message or kind.startswith("timezone"):
        return "wrong-time-zone"
    if "clock time" in message:
        return "bad-clock"
    if kind.startswith(("date_", "datetime_")):
        return "bad-date"
    if kind in _CODES:
        return _CODES[kind]
    return "wrong-type"


def _cause(code: str, path: tuple[str | int, ...], message: str, found: Any) -> str:
    key = str(path[-1]) if path else ""
    if code == "unknown-key":
        return f"the key '{key[:40]}' is not known"
    if code == "missing-key":
        return f"the key '{key}' is missing"
    if code == "bad-clock":
        message = "this is not a clock time HH:MM from 00:00 to 23:59"
    if isinstance(found, bool | int | float):
        return f"{message}; found {found}"
    if isinstance(found, str) and code in ("unknown-word", "bad-clock", "bad-date") and found:
        return f"{message}; found {shown(found)}" if key not in _PERSONAL else message
    return message


def _id_of(raw: Any, path: tuple[str | int, ...]) -> str:
    """The id of the innermost object on the path that has a usable one, in brackets."""
    found = ""
    for step in (None, *path):
        try:
            raw = raw if step is None else raw[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(raw, dict):
            named = raw.get("id", raw.get("code", raw.get("visit")))
            if isinstance(named, dict):
                named = named.get("id")
            if isinstance(named, str) and id_fault(named) is None:
                found = f" ({named})"
    return found
