"""Every refusal leaves the service as a problem document."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.wire.codes import REFUSALS
from api.wire.faults import on_wire
from api.wire.problem_document import MEDIA_TYPE, TYPE_URI, ProblemDocument
from api.wire.refusal import Refusal
from api.wire.type_faults import problem_of
from engine.problems import PracticeProblem, PracticeProblemsError


def problem_response(
    status: int,
    code: str,
    detail: str,
    problems: Iterable[PracticeProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The document as a response."""
    document = ProblemDocument(
        type=TYPE_URI + code,
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        problems=tuple(on_wire(problem) for problem in problems),
    )
    return JSONResponse(
        document.model_dump(mode="json"), status, headers=headers, media_type=MEDIA_TYPE
    )


def refusal_response(error: Refusal) -> JSONResponse:
    """The document of a refusal."""
    return problem_response(error.status, error.code, error.detail, (), error.headers)


def input_problems(problems: Iterable[PracticeProblem]) -> JSONResponse:
    """422 with every fault of the input."""
    listed = tuple(problems)
    detail = f"The input has {len(listed)} problem{'s' if len(listed) != 1 else ''}."
    return problem_response(422, "input", detail, listed)


def install_handlers(app: FastAPI) -> None:
    """Every error of the service leaves as a problem document."""

    @app.exception_handler(RequestValidationError)
    def _unreadable(_: Request, error: RequestValidationError) -> JSONResponse:
        # The first step says where in the request: query, path or header.
        faults = ({**fault, "loc": fault["loc"][1:]} for fault in error.errors())
        return input_problems(problem_of(fault) for fault in faults)

    @app.exception_handler(Refusal)
    def _refused_by_service(_: Request, error: Refusal) -> JSONResponse:
        return refusal_response(error)

    @app.exception_handler(PracticeProblemsError)
    def _faulty(_: Request, error: PracticeProblemsError) -> JSONResponse:
        return input_problems(error.problems)

    @app.exception_handler(OverflowError)
    def _beyond_the_calendar(_: Request, __: OverflowError) -> JSONResponse:
        return problem_response(422, "calendar", "The dates lead out of the calendar.")

    @app.exception_handler(HTTPException)
    def _refused(_: Request, error: HTTPException) -> JSONResponse:
        code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
        code = code if code in REFUSALS else "refused"
        return problem_response(
            error.status_code, code, _DETAILS.get(error.status_code, "Refused."), (), error.headers
        )


_DETAILS = {
    400: "The body cannot be read.",
    404: "There is nothing at this address.",
    405: "This address does not answer to that method.",
}
