"""goals.toml: read strictly, every fault at once; written so that reading gives the same goals."""

import datetime as dt
import json
import tomllib
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class ReadGoals:
    """Goals as far as they can be read, and what is wrong with the file.

    `goals` None: nothing can be. `unread`: keys with a fault, which stand at their default here.
    `places`: of a list some items of which can be read, the numbers of these in the file.
    """

    goals: Goals | None
    faults: tuple[PracticeProblem, ...] = ()
    unread: frozenset[str] = frozenset()
    places: dict[str, tuple[int, ...]] = field(default_factory=dict)


def read_goals(path: Path) -> Goals:
    """The goals of a file. PracticeProblemsError with everything that is wrong with it."""
    read = read_as_far_as_possible(path)
    if read.faults or read.goals is None:
        raise PracticeProblemsError(read.faults)
    return read.goals


def read_as_far_as_possible(path: Path) -> ReadGoals:
    """The goals of a file without what is wrong in it, so that the rest can be looked at, too."""
    try:
        raw = tomllib.loads(read_text(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        fault = PracticeProblem(
            "toml-broken", path.name, f"this is not TOML: {error}", "mend the text at that place"
        )
        return ReadGoals(None, (fault,))
    except PracticeProblemsError as error:
        return ReadGoals(None, tuple(error.problems))
    try:
        return ReadGoals(_goals_of(raw))
    except ValidationError as error:
        return _without_faults(raw, error, path.name)


def _goals_of(raw: dict[str, Any]) -> Goals:
    # Through JSON, so that TOML is read strictly: no number for a word, no text for a number.
    return Goals.model_validate_json(json.dumps(raw, default=_as_json), strict=True)


def _without_faults(raw: dict[str, Any], error: ValidationError, file: str) -> ReadGoals:
    """The goals with every faulty item of a list, and every other faulty key, left out."""
    gone: dict[str, set[int]] = {}
    for fault in error.errors(include_url=False):
        key, *rest = fault["loc"] or ("",)
        item = rest[0] if rest and isinstance(rest[0], int) else -1
        gone.setdefault(str(key), set()).add(item)
    kept, places = dict(raw), {}
    for key, items in gone.items():
        if -1 in items:
            kept.pop(key, None)
        else:
            places[key] = tuple(at for at in range(len(raw[key])) if at not in items)
            kept[key] = [raw[key][at] for at in places[key]]
    faults = tuple(key_faults(error, file, raw))
    # The one key without a default: one start a month asks too much of no practice.
    kept.setdefault("starts_per_month", 1)
    try:
        return ReadGoals(_goals_of(kept), faults, frozenset(gone), places)
    except ValidationError:
        return ReadGoals(None, faults)


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
