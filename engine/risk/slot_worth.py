"""What the minutes of a visit are worth where it lies: `Problem.slot_prices` laid over its pattern.

A table value knows the clock hour in which a visit begins, not the minute. So the visit is laid out
from the full hour on, each chair minute and each doctor minute (at its nominal moment) counts with
the per cent of the clock hour in which it then lies, and minutes without a price count as average.
A visit without a time counts as average throughout.
"""

from collections.abc import Iterator, Sequence

from engine.practice import AVERAGE_PERCENT, Problem
from engine.practice.pattern import StageTime
from engine.units import Interval, overlap_minutes

AVERAGE = (AVERAGE_PERCENT, AVERAGE_PERCENT)


class SlotWorth:
    """Worth of lost minutes by weekday and hour, in minutes of an average slot."""

    def __init__(self, problem: Problem) -> None:
        prices = problem.slot_prices
        self._percent = {} if prices is None else prices.percent_of
        self.hours_matter = any(percent != AVERAGE for percent in self._percent.values())
        """False where every minute is worth the same."""

    def minutes(self, stages: Sequence[StageTime], weekday: int, hour: int | None) -> float:
        """Chair and doctor minutes of a pattern that begins in this hour (None: an average one).

        Whole, and equal to the minutes themselves, where no hour is better than another.
        """
        plain = minutes_of(stages)
        if hour is None or not self.hours_matter:
            return plain
        pieces = ((kind, span) for kind, spans in enumerate(_spans(stages)) for span in spans)
        above = sum(self._above(kind, weekday, 60 * hour, span) for kind, span in pieces)
        return plain + above / AVERAGE_PERCENT

    def extremes(self, stages: Sequence[StageTime]) -> tuple[float, float]:
        """No more, and no less, than the minutes of a pattern can be worth anywhere."""
        most, least = 0.0, 0.0
        for kind, spans in enumerate(_spans(stages)):
            percent = [AVERAGE_PERCENT, *(both[kind] for both in self._percent.values())]
            length = sum(end - start for start, end in spans)
            most += length * max(percent) / AVERAGE_PERCENT
            least += length * min(percent) / AVERAGE_PERCENT
        return most, least

    def _above(self, kind: int, weekday: int, begin: int, span: Interval) -> int:
        """What a piece is worth beyond an average one: minutes times per cent."""
        start, end = begin + span[0], begin + span[1]
        return sum(
            overlap_minutes((start, end), (60 * hour, 60 * hour + 60))
            * (self._percent.get((weekday, hour), AVERAGE)[kind] - AVERAGE_PERCENT)
            for hour in range(start // 60, -(-end // 60))
        )


def minutes_of(stages: Sequence[StageTime]) -> int:
    """Chair and doctor minutes of a pattern, without turnover."""
    return sum(end - start for spans in _spans(stages) for start, end in spans)


def _spans(stages: Sequence[StageTime]) -> Iterator[list[Interval]]:
    """Chair pieces, then doctor pieces, in minutes of the visit."""
    yield [(stage.start, stage.end) for stage in stages if stage.chair_kind is not None]
    yield [(t.offset, t.offset + t.minutes) for stage in stages for t in stage.doctor]
