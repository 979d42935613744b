"""A request that is refused: which status, under which code, and why."""

from collections.abc import Mapping

from api.wire.codes import REFUSALS


class Refusal(Exception):
    """Leaves the service as a problem document. `detail` never quotes what was sent.

    KeyError for a code that is not in `codes.py`, ValueError for another status than it has there.
    """

    def __init__(
        self, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        if status not in REFUSALS[code].statuses:
            raise ValueError(f"{code} does not come with {status}")
        self.status, self.code, self.detail = status, code, detail
        self.headers = dict(headers or {})
        super().__init__(f"{status} {code}")


def no_key() -> Refusal:
    """Nobody that the service knows asks."""
    detail = "Give a valid API key: `Authorization: Bearer …`."
    return Refusal(401, "no-key", detail, {"WWW-Authenticate": "Bearer"})


def not_found() -> Refusal:
    """There is no such run, or it is another practice's: nobody can tell which."""
    return Refusal(404, "not-found", "There is no such run.")


def purged() -> Refusal:
    """Input and answer of the run are gone; only that it was there is still known."""
    return Refusal(410, "purged", "The content was removed when its time was over.")
