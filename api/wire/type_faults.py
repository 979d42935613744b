"""Type faults in the engine's form; pydantic's own messages may quote input and stay out."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, get_args

from pydantic_core.core_schema import ErrorType

from engine.problems import PracticeProblem

_PLAIN_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


def problem_of(fault: Mapping[str, Any]) -> PracticeProblem:
    """One of pydantic's faults: where it is, what is wrong, what to do."""
    kind = str(fault["type"])
    context = fault.get("ctx") or {}
    cause, remedy = _SENTENCES.get(kind, _OTHER)
    if kind in {"enum", "literal_error"}:
        remedy = f"give one of {context.get('expected', 'the listed words')}"
    elif kind in _BOUNDS:
        limit = context.get(_BOUNDS[kind][0])
        cause, remedy = _OUT_OF_RANGE, f"give a value {_BOUNDS[kind][1]} {limit}"
    return PracticeProblem(_code(kind), _where(fault["loc"]), cause, remedy)


def _code(kind: str) -> str:
    return kind.replace("_", "-")


def _where(location: Iterable[int | str]) -> str:
    """`problem.visits[3].due`; a key that is not a plain word may be free text: left out."""
    path = ""
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            path += f".{step}" if _PLAIN_KEY.fullmatch(step) else ".?"
    return path.lstrip(".") or "body"


_SEE = "see the schema in /openapi.json"
_OTHER = ("the value is not of the kind asked for here", _SEE)
_OUT_OF_RANGE = "the value is out of range"
_SENTENCES = {
    "missing": ("a required field is missing", "add it"),
    "extra_forbidden": ("the field is not known", "remove it, or put it into an `external` map"),
    "value_error": ("the value does not follow the format of this field", _SEE),
    "string_pattern_mismatch": (
        "an id has blanks, commas, semicolons or quotes",
        "use a short code without them",
    ),
    "string_too_short": ("the text is empty", "give at least one character"),
    "string_too_long": ("the text is too long", "use a short code"),
    "too_long": ("the list is too long", "leave some of it out"),
    "finite_number": ("the number is not finite", "give a number that is not NaN or infinite"),
}
_BOUNDS = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "of at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "of at most"),
}

TYPE_CODES: Mapping[str, str] = MappingProxyType(
    {
        _code(kind): _OUT_OF_RANGE if kind in _BOUNDS else _SENTENCES.get(kind, _OTHER)[0]
        for kind in get_args(ErrorType)
    }
)
"""What is wrong, by code: the kinds of pydantic's faults, written with hyphens."""
