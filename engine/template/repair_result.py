"""What a repair is: its limits, its edits, and what they bring."""

from dataclasses import dataclass

from engine.practice.template import Template
from engine.result import Result
from engine.template.edits import Edit

SMALLEST_POINTS = 0.0005
"""Half a millipoint: less regret than this is none."""


class NoScheduleError(Exception):
    """A fill was stopped before it had a schedule."""


@dataclass(frozen=True, slots=True)
class RepairSettings:
    """`share` of the regret that is enough, most edits, and candidates tried for each of them."""

    share: float = 0.8
    edits: int = 3
    tries: int = 6


USUAL = RepairSettings()
"""What a coordinator who says nothing gets."""


@dataclass(frozen=True, slots=True)
class Repair:
    """The edits, the template with them, and the objective before, after and without model days.

    Points; each is that of a schedule that the checker accepted. `fills`: how many were made.
    """

    edits: tuple[Edit, ...]
    template: Template
    before: Result
    after: Result
    free: Result
    fills: int

    @property
    def regret_before(self) -> float:
        """What the model days cost as they are."""
        return above(self.before, self.free)

    @property
    def regret_after(self) -> float:
        """What they cost with the edits."""
        return above(self.after, self.free)

    @property
    def removed(self) -> float | None:
        """The share of the regret that is gone; None where there was none."""
        if self.regret_before <= SMALLEST_POINTS:
            return None
        return 1 - self.regret_after / self.regret_before


def above(result: Result, free: Result) -> float:
    """Points of a result above the free one, never below 0."""
    return max(0.0, points_of(result) - points_of(free))


def points_of(result: Result) -> float:
    """The objective. NoScheduleError where there is none."""
    if result.objective is None:
        raise NoScheduleError
    return result.objective
