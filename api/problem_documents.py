"""Errors on the wire: problem documents after RFC 9457, with the engine's problem codes.

RFC 9457: M. Nottingham, E. Wilde, S. Dalal, "Problem Details for HTTP APIs", 2023. A document
says what is wrong and where, never what was sent: ids, dates and free text are not echoed.
"""

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from engine.problems import PracticeProblem, PracticeProblemsError

MEDIA_TYPE = "application/problem+json"
"""Content type of every error."""

_PLAIN_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TYPE_URI = "urn:modelday:problem:"


class FaultOnWire(BaseModel):
    """One fault of the input: the engine's problem, as it is."""

    model_config = ConfigDict(frozen=True)

    code: str
    where: str
    cause: str
    remedy: str
    severity: str


class ProblemDocument(BaseModel):
    """An RFC 9457 document; `problems` lists every fault of the input, not just the first."""

    model_config = ConfigDict(frozen=True)

    type: str
    title: str
    status: int
    detail: str
    problems: tuple[FaultOnWire, ...] = ()


def problem_response(
    status: int,
    code: str,
    detail: str,
    problems: Iterable[PracticeProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The document as a response."""
    document = ProblemDocument(
        type=_TYPE_URI + code,
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        problems=tuple(FaultOnWire(**problem.as_dict()) for problem in problems),
    )
    return JSONResponse(
        document.model_dump(mode="json"), status, headers=headers, media_type=MEDIA_TYPE
    )


def input_problems(problems: Iterable[PracticeProblem]) -> JSONResponse:
    """422 with every fault of the input."""
    listed = tuple(problems)
    detail = f"The input has {len(listed)} problem{'s' if len(listed) != 1 else ''}."
    return problem_response(422, "input", detail, listed)


def install_handlers(app: FastAPI) -> None:
    """Every error of the service leaves as a problem document."""

    @app.exception_handler(RequestValidationError)
    def _unreadable(_: Request, error: RequestValidationError) -> JSONResponse:
        if any(fault["type"] == "json_invalid" for fault in error.errors()):
            return problem_response(400, "not-json", "The body is not a JSON document.")
        return input_problems(_as_problem(fault) for fault in error.errors())

    @app.exception_handler(PracticeProblemsError)
    def _faulty(_: Request, error: PracticeProblemsError) -> JSONResponse:
        return input_problems(error.problems)

    @app.exception_handler(HTTPException)
    def _refused(_: Request, error: HTTPException) -> JSONResponse:
        code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
        return problem_response(
            error.status_code, code, _DETAILS.get(error.status_code, "Refused."), (), error.headers
        )

    @app.exception_handler(Exception)
    def _broken(_: Request, __: Exception) -> JSONResponse:
        return problem_response(500, "internal", "The service failed; nothing was kept.")


_DETAILS = {
    400: "The body cannot be read.",
    404: "There is nothing at this address.",
    405: "This address does not answer to that method.",
}


def _as_problem(fault: Mapping[str, Any]) -> PracticeProblem:
    """A type fault in the engine's form; pydantic's own message may quote input and stays out."""
    kind = str(fault["type"])
    context = fault.get("ctx") or {}
    cause, remedy = _SENTENCES.get(kind, ("the value is not of the kind asked for here", _SEE))
    if kind in {"enum", "literal_error"}:
        remedy = f"give one of {context.get('expected', 'the listed words')}"
    elif kind in _BOUNDS:
        limit = context.get(_BOUNDS[kind][0])
        cause, remedy = "the value is out of range", f"give a value {_BOUNDS[kind][1]} {limit}"
    return PracticeProblem(kind.replace("_", "-"), _where(fault["loc"]), cause, remedy)


def _where(location: Iterable[int | str]) -> str:
    """`problem.visits[3].due`; a key that is not a plain word may be free text: left out."""
    path = ""
    for step in list(location)[1:]:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            path += f".{step}" if _PLAIN_KEY.fullmatch(step) else ".?"
    return path.lstrip(".") or "body"


_SEE = "see the schema in /openapi.json"
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
    "finite_number": ("the number is not finite", "give a number that is not NaN or infinite"),
}
_BOUNDS = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "of at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "of at most"),
}
