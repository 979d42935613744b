"""Reading practice.toml: refused as a whole where anything in it is wrong."""

import datetime as dt
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError, field_validator

from engine.files.case_types import ImportDefaults
from engine.files.cell_values import CellFault, an_external
from engine.files.key_faults import key_faults, path_text
from engine.files.loaded import DefaultsTally
from engine.files.pattern_text import read_pattern
from engine.files.practice_toml import NOBODY
from engine.files.staff_defaults import fill_staff, staff_gaps
from engine.files.text_files import read_text
from engine.practice import External, Frozen, Policy, Practice
from engine.problems import PracticeProblem, PracticeProblemsError

Model = TypeVar("Model", bound=BaseModel)


class Heading(Frozen):
    """What practice.toml says about the problem as a whole."""

    as_of: dt.datetime
    external: External = ()

    @field_validator("as_of")
    @classmethod
    def _local_clock(cls, value: dt.datetime) -> dt.datetime:
        if value.tzinfo is not None:
            raise ValueError("as_of is local clock time of the practice, without an offset")
        return value


@dataclass(frozen=True, slots=True)
class PracticeFile:
    """practice.toml as far as it could be read; a part is None where it is refused."""

    heading: Heading | None
    practice: Practice | None
    policy: Policy | None
    defaults: ImportDefaults | None
    problems: tuple[PracticeProblem, ...]
    used: DefaultsTally


_SECTIONS = ("as_of", "external", "practice", "policy", "defaults")


def read_practice(path: Path) -> PracticeFile:
    """Read and validate every section, whatever is wrong with the others."""
    tally = DefaultsTally()
    try:
        raw = tomllib.loads(read_text(path))
    except PracticeProblemsError as error:
        return PracticeFile(None, None, None, None, error.problems, tally)
    except tomllib.TOMLDecodeError as error:
        fault = PracticeProblem(
            "toml-broken", path.name, f"this is not TOML: {error}", "mend the text at that place"
        )
        return PracticeFile(None, None, None, None, (fault,), tally)
    problems = [
        PracticeProblem(
            "unknown-key",
            f"{path.name} {key[:40]}",
            f"the key '{key[:40]}' is not known",
            f"the file has {', '.join(_SECTIONS)}",
        )
        for key in raw
        if key not in _SECTIONS
    ]
    _unfold(raw, (), path.name, problems)
    problems += _cells_in(raw, path.name)
    gaps = staff_gaps(raw.get("practice"))
    heading_raw = {key: raw[key] for key in ("as_of", "external") if key in raw}
    heading = _validate(Heading, heading_raw, (), path.name, problems)
    practice = _validate(Practice, raw.get("practice", {}), ("practice",), path.name, problems)
    policy = _validate(Policy, raw.get("policy", {}), ("policy",), path.name, problems)
    defaults = _validate(
        ImportDefaults, raw.get("defaults", {}), ("defaults",), path.name, problems
    )
    if defaults is not None and defaults.case_named(None) is None:
        problems.append(
            PracticeProblem(
                "unknown-case-type",
                f"{path.name} defaults.case_type",
                f"'{defaults.case_type}' is not among its case_types",
                "add it there, or name another one",
            )
        )
        defaults = None
    if practice is not None:
        practice = fill_staff(practice, gaps, defaults or ImportDefaults(), tally)
    return PracticeFile(heading, practice, policy, defaults, tuple(problems), tally)


def _validate(
    model: type[Model],
    raw: Any,
    prefix: tuple[str | int, ...],
    file: str,
    problems: list[PracticeProblem],
) -> Model | None:
    # Through JSON, so that TOML is read as strictly as problem.json: no number for a word or date.
    try:
        return model.model_validate_json(json.dumps(raw, default=_as_json), strict=True)
    except ValidationError as error:
        problems += key_faults(error, file, raw, prefix)
        return None


def _as_json(value: Any) -> str:
    if isinstance(value, dt.time) and not value.second and not value.microsecond:
        return value.strftime("%H:%M")
    return str(value.isoformat())


def _unfold(
    raw: Any, path: tuple[str | int, ...], file: str, problems: list[PracticeProblem]
) -> None:
    """Turn patterns, `none` and JSON texts back into plain tables, wherever they stand."""
    if isinstance(raw, list):
        for index, item in enumerate(raw):
            _unfold(item, (*path, index), file, problems)
        return
    if not isinstance(raw, dict):
        return
    if isinstance(raw.get("external"), str):
        try:
            raw["external"] = dict(an_external(raw["external"]))
        except CellFault as fault:
            where = f"{file} {path_text((*path, 'external'))}"
            problems.append(PracticeProblem(fault.code, where, fault.cause, fault.remedy))
            del raw["external"]
    if isinstance(raw.get("pattern"), str) and "segments" not in raw:
        pattern = raw.pop("pattern")
        try:
            raw["segments"] = read_pattern(pattern)
        except ValueError as error:
            where = f"{file} {path_text((*path, 'pattern'))}"
            problems.append(PracticeProblem("bad-pattern", where, str(error), "mend the pattern"))
            raw["segments"] = read_pattern("A5")
    for key in ("chair_kind", "role"):
        if raw.get(key) == NOBODY:
            raw[key] = None
    for key, item in raw.items():
        if key != "external":
            _unfold(item, (*path, key), file, problems)


def _cells_in(raw: dict[str, Any], file: str) -> list[PracticeProblem]:
    practice = raw.get("practice")
    model_days = practice.get("model_days") if isinstance(practice, dict) else None
    return [
        PracticeProblem(
            "unknown-key",
            f"{file} practice.model_days[{at}].cells",
            "the key 'cells' is not known here",
            "write the cells into cells.csv",
        )
        for at, model_day in enumerate(model_days if isinstance(model_days, list) else ())
        if isinstance(model_day, dict) and "cells" in model_day
    ]
