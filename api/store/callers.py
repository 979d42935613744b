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
    """Whoever asks."""

    key: str
    practice: str
    scopes: frozenset[Scope]
