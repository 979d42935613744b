"""A body becomes one of the engine's types, or a list of everything that is wrong with it."""

import json
from typing import NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from api.wire.refusal import Refusal
from api.wire.type_faults import problem_of
from engine.problems import PracticeProblemsError

Model = TypeVar("Model", bound=BaseModel)


def parse(model: type[Model], body: bytes) -> Model:
    """The model of a JSON body. Refusal (400) where it is no JSON; else PracticeProblemsError."""
    if b"NaN" in body or b"Infinity" in body:
        _refuse_constants(body)
    try:
        return model.model_validate_json(body, strict=True)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
    if any(fault["type"] == "json_invalid" for fault in faults):
        raise _not_json()
    raise PracticeProblemsError(problem_of(dict(fault)) for fault in faults)


def _refuse_constants(body: bytes) -> None:
    """Python reads NaN and Infinity as numbers; JSON has neither. Inside a text they may stand."""
    try:
        json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise _not_json() from None


def _refuse(_: str) -> NoReturn:
    raise ValueError


def _not_json() -> Refusal:
    return Refusal(400, "not-json", "The body is not a JSON document.")
