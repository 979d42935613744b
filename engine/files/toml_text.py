"""Writing TOML: keys first, then tables; lists of small tables one to a line."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

_MOST_INLINE_KEYS = 7


def toml_text(table: Mapping[str, Any], path: str = "") -> str:
    """The text of a table of strings, numbers, dates, lists and tables; TOML has no null."""
    lines: list[str] = []
    below: list[str] = []
    for key, value in table.items():
        inner = f"{path}.{key}" if path else key
        if isinstance(value, Mapping):
            below.append(f"\n[{inner}]\n{toml_text(value, inner)}")
        elif _are_tables(value) and not all(_is_small(item) for item in value):
            below += [f"\n[[{inner}]]\n{toml_text(item, inner)}" for item in value]
        elif _are_tables(value):
            rows = "".join(f"    {_value(item)},\n" for item in value)
            lines.append(f"{key} = [\n{rows}]\n")
        else:
            lines.append(f"{key} = {_value(value)}\n")
    return "".join(lines + below)


def _are_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _is_small(table: Mapping[str, Any]) -> bool:
    nested = any(isinstance(value, Mapping) or _are_tables(value) for value in table.values())
    return not nested and len(table) <= _MOST_INLINE_KEYS


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # JSON and TOML escape alike, but for the delete character, which TOML wants escaped too.
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    return "[" + ", ".join(_value(item) for item in value) + "]"
