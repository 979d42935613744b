"""Whoever asks, and what he may do."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What a key may do."""

    READ = "read"
    SOLVE = "solve"
    COMMIT = "commit"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever asks. `until`: when the key runs out, in milliseconds since 1970; None: never."""

    key: str
    practice: str
    scopes: frozenset[Scope]
    until: int | None = None

    def is_over(self, now: int) -> bool:
        """True where the key has run out."""
        return self.until is not None and self.until <= now
