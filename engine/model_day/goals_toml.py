"""goals.toml: read strictly, every fault at once; written so that reading gives the same goals."""

import datetime as dt
import json
import tomllib
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from engine.files.key_faults import key_faults
from engine.files.text_files import read_text
from engine.files.toml_text import toml_text
from engine.model_day.goals import Goals
from engine.problems import PracticeProblem, PracticeProblemsError

_HEAD = """\
# Goals of a practice for `modelday build`: rates of an average month, shares of one, minutes.

"""


def read_goals(path: Path) -> Goals:
    """The goals of a file. PracticeProblemsError with everything that is wrong with it."""
    try:
        raw = tomllib.loads(read_text(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        fault = PracticeProblem(
            "toml-broken", path.name, f"this is not TOML: {error}", "mend the text at that place"
        )
        raise PracticeProblemsError([fault]) from None
    try:
        # Through JSON, so that TOML is read strictly: no number for a word, no text for a number.
        return Goals.model_validate_json(json.dumps(raw, default=_as_json), strict=True)
    except ValidationError as error:
        raise PracticeProblemsError(key_faults(error, path.name, raw)) from None


def goals_text(goals: Goals) -> str:
    """The text of goals.toml with every value written out, defaults too."""
    return _HEAD + toml_text(_table(goals))


def _as_json(value: Any) -> str:
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return str(value)


def _table(model: BaseModel) -> dict[str, Any]:
    values = {key: getattr(model, key) for key in type(model).model_fields}
    return {key: _plain(value) for key, value in values.items() if value is not None}


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
