"""What the watch of a search says to a schedule that it is offered."""

from enum import Enum, auto


class Verdict(Enum):
    """Kept as the best, no better than what is kept (and so not judged), or against a rule."""

    KEPT = auto()
    NO_BETTER = auto()
    REFUSED = auto()
