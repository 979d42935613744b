"""problem.json: the same content as a practice folder, for machines."""

import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from engine.files.atomic import write_text
from engine.files.key_faults import key_faults
from engine.files.loaded import Loaded
from engine.files.origins import Origins
from engine.files.settle import refuses, settle, strictly
from engine.files.text_files import read_text
from engine.practice import Horizon, Problem
from engine.problems import PracticeProblem, PracticeProblemsError

Model = TypeVar("Model", bound=BaseModel)


def read_problem_json(
    path: str | Path, strict: bool = False, horizon: Horizon | None = None
) -> Loaded:
    """The problem of a JSON file. No key has a hidden default beyond those of the types.

    A key that is unknown, missing or of the wrong type refuses the file; a visit that can never be
    placed is set aside like one of a practice folder.
    """
    file = Path(path)
    problem = read_model(file, Problem)
    settled = settle(problem, (), Origins(file.name), horizon)
    found = strictly(settled.problems) if strict else settled.problems
    if refuses(found):
        raise PracticeProblemsError(found)
    return Loaded(settled.problem, found, (), settled.set_aside)


def write_problem_json(problem: Problem, path: str | Path) -> None:
    """Write the file whole or not at all. Reading it gives an equal problem."""
    write_text(Path(path), model_text(problem))


def model_text(model: BaseModel) -> str:
    """The JSON of one of the data types, readable and without anything left out."""
    return model.model_dump_json(indent=1) + "\n"


def read_model(file: Path, model: type[Model]) -> Model:
    """One of the data types from a JSON file. PracticeProblemsError with every fault of it."""
    text = read_text(file)
    repeated: list[str] = []
    try:
        raw = json.loads(
            text,
            object_pairs_hook=lambda pairs: _note_repeated(pairs, repeated),
            parse_constant=_refuse_constant,
        )
    except RecursionError:
        raise _broken(file, "it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise _broken(file, f"{error.msg} in line {error.lineno}, column {error.colno}") from None
    except ValueError as error:
        raise _broken(file, str(error)) from None
    problems = [
        PracticeProblem(
            "duplicate-key",
            f"{file.name} {key[:40]}",
            f"one object has the key '{key[:40]}' twice",
            "keep one of them",
        )
        for key in repeated
    ]
    try:
        read = model.model_validate_json(text, strict=True)
    except ValidationError as error:
        problems += key_faults(error, file.name, raw)
    if problems:
        raise PracticeProblemsError(problems)
    return read


def _note_repeated(pairs: list[tuple[str, Any]], repeated: list[str]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        repeated += sorted({key for key in keys if keys.count(key) > 1})
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(f"it holds {name}, which is no JSON number")


def _broken(file: Path, cause: str) -> PracticeProblemsError:
    remedy = "write it again, or mend the text at that place"
    return PracticeProblemsError([PracticeProblem("json-broken", file.name, cause, remedy)])
