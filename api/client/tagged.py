"""An answer with its ETag: whoever acts on it later can say which state was meant.

RFC 9110, "HTTP Semantics", 2022, section 8.8.3.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

Answered = TypeVar("Answered", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Tagged(Generic[Answered]):
    """What was answered, and the state that it is of: `etag` is what `If-Match` wants.

    None where something on the way took it out; whoever passes that on acts on any state.
    """

    value: Answered
    etag: str | None
