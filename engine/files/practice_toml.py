"""practice.toml as text: everything of a problem but its visits, bookings and cells."""

import datetime as dt
import json
from enum import Enum
from typing import Any

from pydantic import BaseModel

from engine.files.pattern_text import pattern_text
from engine.files.toml_text import toml_text
from engine.practice import ModelDay, Problem, StaffMember, Stage

NOBODY = "none"
"""What stands for 'no chair' and 'no staff member' in a stage, so that neither is forgotten."""

_HEAD = """\
# A practice for Model Day: hours, rooms, people, procedures, model days and policy.
# Clock times are local ("08:00"). Visits, bookings and cells are in the CSV files beside it.

"""


def practice_toml(problem: Problem) -> str:
    """The text of practice.toml."""
    table: dict[str, Any] = {"as_of": problem.as_of}
    if problem.external:
        table["external"] = external_text(problem.external)
    table["practice"] = _table(problem.practice)
    table["policy"] = _table(problem.policy)
    return _HEAD + toml_text(table)


def external_text(external: tuple[tuple[str, Any], ...]) -> str:
    """An opaque map as a JSON text; TOML itself has no null."""
    return json.dumps(dict(external), ensure_ascii=False, allow_nan=False)


def _table(model: BaseModel) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key, field in type(model).model_fields.items():
        value = getattr(model, key)
        if isinstance(model, ModelDay) and key == "cells":
            continue
        if isinstance(model, Stage) and key == "segments":
            table["pattern"] = pattern_text(value)
        elif key == "external":
            if value:
                table[key] = external_text(value)
        elif value is None:
            if field.is_required():
                table[key] = NOBODY
        elif value != () or field.is_required() or _empty_means_none(model, key):
            table[key] = _plain(value)
    return table


def _empty_means_none(model: BaseModel, key: str) -> bool:
    # Without the key, shifts are unknown and the opening hours stand in for them.
    return isinstance(model, StaffMember) and key == "shifts"


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _table(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return value
