"""One of the data types from a TOML file, read as strictly as JSON."""

import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from engine.files.key_faults import key_faults
from engine.files.text_files import read_text
from engine.problems import PracticeProblem, PracticeProblemsError

Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path, model: type[Model]) -> Model:
    """The value of a file. PracticeProblemsError with every fault of it."""
    try:
        raw = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        fault = PracticeProblem(
            "toml-broken", path.name, f"this is not TOML: {error}", "mend the text at that place"
        )
        raise PracticeProblemsError([fault]) from None
    try:
        # Through JSON, so that TOML is read as strictly: no number for a word or a date.
        return model.model_validate_json(json.dumps(raw, default=_as_json), strict=True)
    except ValidationError as error:
        raise PracticeProblemsError(key_faults(error, path.name, raw)) from None


def _as_json(value: Any) -> str:
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return str(value.isoformat())
