"""What the harness asks of every method: read a problem, offer schedules as soon as found."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from engine.certificate.certificate import Certificate
from engine.practice import Horizon, Problem
from engine.result import TracePoint
from engine.schedule import Schedule

Offer = Callable[[Schedule], None]
"""Takes every schedule at the moment it is found. The harness notes the time, judges it with
`engine.checker.check` and prices it with `engine.kpi.measure`; nobody prices his own work."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What every method gets on a case: seconds of wall time from the call of `run`, cores, seed.

    Building a model counts: a method that needs the whole limit for it has no time left to search.
    """

    seconds: float
    workers: int
    seed: int


class Peer(Protocol):
    """One method. The class has no state between runs; every run has a process of its own."""

    name: str
    """As printed in the table, and in file names: lower case, words joined with a dash."""
    settings: str
    """One printed sentence: how the method was tuned, and what it starts from."""
    runs_to_limit: bool
    """True where the method searches until its time is over: two seeds instead of five."""

    def run(self, problem: Problem, horizon: Horizon, limits: Limits, offer: Offer) -> float | None:
        """Offers schedules; returns a lower bound of the whole objective in points, or None.

        The bound must hold for every schedule that the checker accepts.
        """
        ...


@runtime_checkable
class Tracing(Protocol):
    """A method that judges and prices on its way by the same checker and KPIs: the engine.

    Its trace is taken as it is; its last schedule is judged like any other, and where the price
    found differs from the trace's last, the run counts as a crash.

    `certificate`: what it wrote to prove its last schedule, None where it wrote nothing.
    `certified_bound`: what it says that this proves, in points.
    """

    trace: tuple[TracePoint, ...]
    certificate: Certificate | None
    certified_bound: float | None
    notes: tuple[str, ...]
