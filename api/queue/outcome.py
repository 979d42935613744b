"""How the work on a run ends."""

import signal
from collections.abc import Iterable

from api.wire.run import Answer
from api.wire.status import Failure, RunStatus
from engine.problems import PracticeProblem, Severity

Outcome = tuple[RunStatus, Failure | None, Answer]
"""The final status, why it failed, and what is published."""


def too_late_to_stop() -> None:
    """The answer is there: a stop that comes now changes nothing any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def refuses(faults: Iterable[PracticeProblem]) -> bool:
    """True where one of them refuses the whole input."""
    return any(fault.severity is Severity.REFUSED for fault in faults)
