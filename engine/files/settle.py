"""From what the files say to a problem that can be filled: links, then the meaning of the whole."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from engine.files.links import settle_links
from engine.files.loaded import SetAside
from engine.files.origins import Origins
from engine.practice import Horizon, Problem
from engine.problems import PracticeProblem, Severity
from engine.validation import put_aside


@dataclass(frozen=True, slots=True)
class Settled:
    """The problem that is left, what was found, and which objects were set aside for it."""

    problem: Problem
    problems: tuple[PracticeProblem, ...]
    set_aside: tuple[SetAside, ...]


def settle(
    problem: Problem, missing: Collection[str], origins: Origins, horizon: Horizon | None = None
) -> Settled:
    """Set aside what cannot be filled. `missing`: ids of visits whose rows could not be read.

    Problems keep their severity; where one is REFUSED, the caller refuses.
    """
    linked, problems = settle_links(problem, missing, origins)
    left, found = put_aside(linked, horizon)
    problems += [replace(one, where=origins.translate(one.where)) for one in found]
    gone = Counter(_labels(problem)) - Counter(_labels(left))
    return Settled(left, tuple(problems), tuple(origins.of(label) for label in gone.elements()))


def strictly(problems: Iterable[PracticeProblem]) -> tuple[PracticeProblem, ...]:
    """The same problems, those that set something aside now refusing the whole input."""
    return tuple(
        replace(one, severity=Severity.REFUSED) if one.severity is Severity.SET_ASIDE else one
        for one in problems
    )


def refuses(problems: Iterable[PracticeProblem]) -> bool:
    """True where one of them refuses the whole input."""
    return any(one.severity is Severity.REFUSED for one in problems)


def _labels(problem: Problem) -> list[str]:
    return [
        *(f"visit {visit.id}" for visit in problem.visits),
        *(f"booking {booking.visit.id}" for booking in problem.bookings),
    ]
