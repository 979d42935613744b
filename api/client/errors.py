"""What the client raises where the service refuses."""

import httpx
from pydantic import ValidationError

from api.wire.problem_document import ProblemDocument


class ServiceError(Exception):
    """A problem document. `document.problems` lists every fault of the input."""

    def __init__(self, document: ProblemDocument, retry_after: float | None) -> None:
        self.document, self.retry_after = document, retry_after
        super().__init__(f"{document.status} {document.type}: {document.detail}")


def demand_success(answer: httpx.Response) -> httpx.Response:
    """The answer, or ServiceError where it is a refusal."""
    if answer.is_success:
        return answer
    try:
        document = ProblemDocument.model_validate_json(answer.content)
    except ValidationError:  # a proxy in between answers in its own words
        document = ProblemDocument(
            type="about:blank",
            title=answer.reason_phrase,
            status=answer.status_code,
            detail="The answer is no problem document.",
        )
    after = answer.headers.get("retry-after", "")
    raise ServiceError(document, float(after) if after.isdecimal() else None)
