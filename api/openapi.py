"""The description of the service: OpenAPI 3.1, with the engine's own types and tried examples.

Bodies are read by the engine's types and not by the web framework, so their schemas are added
here. Every refusal is a problem document, also those that the framework makes by itself.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from api.routes.asking import WITH_BODY, refusals
from api.wire.answer_examples import ANSWERS
from api.wire.events import Event
from api.wire.examples import EXAMPLES
from api.wire.fork import AcceptRequest, ForkRequest
from api.wire.imports import ImportRequest
from api.wire.model_days import ModelDaySubmission
from api.wire.openings import CommitRequest, FillHoleRequest, HoldRequest, RecommendRequest
from api.wire.problem_document import ProblemDocument
from api.wire.repair import RepairRequest
from api.wire.responses import RespondRequest
from api.wire.submission import Submission
from api.wire.verdict import VerifyRequest
from api.wire.what_if import WhatIfSubmission

BODIES: tuple[type[BaseModel], ...] = (
    Submission,
    VerifyRequest,
    ForkRequest,
    AcceptRequest,
    RespondRequest,
    RepairRequest,
    ImportRequest,
    RecommendRequest,
    FillHoleRequest,
    HoldRequest,
    CommitRequest,
    WhatIfSubmission,
    ModelDaySubmission,
)
"""The types of all bodies."""

_REF = "#/components/schemas/"
_STREAMED: dict[str, Any] = {
    "type": "object",
    "required": ["id", "event", "data"],
    "properties": {
        "id": {"type": "string"},
        "event": {"type": "string"},
        "data": {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {"$ref": f"{_REF}Event"},
        },
    },
}
"""One event of a stream."""
_OF_THE_FRAMEWORK = ("HTTPValidationError", "ValidationError")
_LOCAL = {"date-time": "date-time-local", "time": "time-local"}
"""Of the wall clock of a practice, without an offset (OpenAPI Format Registry): RFC 3339, which
the other formats follow, wants one. What the service itself has seen has one."""
_WITH_OFFSET = ("RunMetadata", "HeldTime")
_UNREADABLE = refusals(*WITH_BODY)[422]


def describe(app: FastAPI) -> dict[str, Any]:
    """The description, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _described(app)
    return app.openapi_schema


def _described(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    schemas: dict[str, Any] = schema["components"]["schemas"]
    for name in _OF_THE_FRAMEWORK:
        schemas.pop(name, None)
    _add_bodies(schemas)
    _add(schemas, {"ProblemDocument": ProblemDocument.model_json_schema(mode="serialization")})
    _add(schemas, {"Event": TypeAdapter(Event).json_schema(mode="serialization")})
    for operations in schema["paths"].values():
        for operation in operations.values():
            _mend(operation)
    own = {name: schemas.pop(name) for name in _WITH_OFFSET}
    _say_local(schema)
    schemas.update(own)
    return schema


def _say_local(part: Any) -> None:
    if isinstance(part, dict):
        named = part.get("format")
        if isinstance(named, str):
            part["format"] = _LOCAL.get(named, named)
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            _say_local(one)


def _mend(operation: dict[str, Any]) -> None:
    """Refusals as they are; an example for each body and main answer; the events of a stream."""
    responses = operation["responses"]
    if "HTTPValidationError" in str(responses.get("422")):
        responses["422"] = _UNREADABLE
    for status, response in responses.items():
        _add_example(status, response.get("content", {}))
        stream = response.get("content", {}).get("text/event-stream")
        if stream is not None:
            response["content"]["text/event-stream"] = {"schema": _STREAMED}
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body is not None:
        name = body["schema"]["$ref"].removeprefix(_REF)
        body["example"] = EXAMPLES[name]


def _add_example(status: str, content: dict[str, Any]) -> None:
    """Of a problem document only where it lists faults: the others say what their status says."""
    for one in content.values():
        name = one.get("schema", {}).get("$ref", "").removeprefix(_REF)
        if name in ANSWERS and (name != ProblemDocument.__name__ or status == "422"):
            one["example"] = ANSWERS[name]


def _add_bodies(schemas: dict[str, Any]) -> None:
    """Types that are both sent and received may differ in what must be there: two schemas then."""
    _, found = models_json_schema(
        [(model, "validation") for model in BODIES], ref_template=_REF + "{model}"
    )
    taken: dict[str, Any] = found["$defs"]
    differs = {name for name in taken if name in schemas}
    renamed = {f"{_REF}{name}": f"{_REF}{name}Input" for name in differs}
    for name, schema in taken.items():
        schemas[f"{name}Input" if name in differs else name] = _with_refs(schema, renamed)


def _add(schemas: dict[str, Any], models: Mapping[str, dict[str, Any]]) -> None:
    for name, model in models.items():
        inner = model.pop("$defs", {})
        renamed = {f"#/$defs/{one}": f"{_REF}{one}" for one in inner}
        for one, schema in {**inner, name: model}.items():
            schemas.setdefault(one, _with_refs(schema, renamed))


def _with_refs(schema: Any, renamed: Mapping[str, str]) -> Any:
    if isinstance(schema, dict):
        return {
            key: renamed.get(value, value)
            if key == "$ref" and isinstance(value, str)
            else _with_refs(value, renamed)
            for key, value in schema.items()
            if not (key == "discriminator" and renamed)
        }
    if isinstance(schema, list):
        return [_with_refs(one, renamed) for one in schema]
    return schema
