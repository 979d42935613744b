"""What the search and its child processes say to each other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

Tell = Callable[[object], None]


class Job(Protocol):
    """Work that can be sent to a child."""

    def run(self, tell: Tell) -> object:
        """Do it; `tell` what is known on the way. What is told and answered must be picklable."""


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """What a job tells before its answer."""

    told: object
