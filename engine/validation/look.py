"""What a cause is looked for with, and how the longest stretch that was found is told."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from engine.practice import Procedure, Visit
from engine.practice.pattern import StageTime
from engine.validation.dates import day_text
from engine.validation.minute_masks import longest_run
from engine.validation.possible_starts import PossibleStarts


@dataclass(frozen=True, slots=True)
class Cause:
    """A fault in the making: code, sentence, remedy."""

    code: str
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Look:
    """What a cause is looked for with: a visit, its stages, and the dates it could have."""

    visit: Visit
    starts: PossibleStarts
    dates: list[dt.date]
    now: dt.datetime | None

    @property
    def procedure(self) -> Procedure:
        """What the visit is for."""
        return self.starts.problem.procedures[self.visit.procedure]

    @property
    def stages(self) -> tuple[StageTime, ...]:
        """Its stages at its own length."""
        return self.starts.pattern(self.procedure, self.visit.minutes)

    @property
    def length(self) -> int:
        """Minutes from start to end."""
        return self.stages[-1].end

    @property
    def marks(self) -> int:
        """Minutes between start marks."""
        return self.starts.practice.start_mark_minutes

    def stretched(self, day: dt.date, minutes: int) -> int:
        """Patient hours of a date, and the turnover that may follow them."""
        mask = self.starts.open(day)
        for _ in range(minutes):
            mask |= mask << 1
        return mask


def longest_stretch(runs: Iterable[tuple[str, dt.date, int]]) -> tuple[int, str]:
    """Length of the longest run of minutes, and who or where and when it is."""
    best, text = 0, "none at all"
    for who, day, mask in runs:
        length = longest_run(mask)
        if length > best:
            best, text = length, ", ".join(part for part in (who, day_text(day)) if part)
    return best, text


def measured(longest: tuple[int, str], wanted: int, what: str, marks: int) -> str:
    """`what` with its length; where that would do, that no start mark leads there."""
    length, text = longest
    if length >= wanted:
        return f"{what} lasts up to {length} min ({text}), but never from a start every {marks} min"
    return f"{what} is {length} min ({text})"
