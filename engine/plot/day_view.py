"""What every part of a day sheet needs: the day's placements, the scale, colours and names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.plot.names import Names
from engine.plot.scale import Scale
from engine.plot.visit_signs import NoShow
from engine.practice import Problem
from engine.practice.calendar import open_intervals
from engine.schedule import Placement
from engine.units import MINUTES_PER_DAY, to_minutes


@dataclass(frozen=True, slots=True)
class DayView:
    """One date of a schedule. `no_show` None: no risk marks."""

    problem: Problem
    day: date
    placements: tuple[Placement, ...]
    colours: Mapping[str, str]
    names: Names
    no_show: NoShow | None = None

    @property
    def scale(self) -> Scale:
        """From the half hour before the first patient hour or visit to the one after the last."""
        spans = [*open_intervals(self.problem.practice, self.day)]
        spans += [(to_minutes(p.start), to_minutes(p.end)) for p in self.placements]
        first = min((start for start, _ in spans), default=8 * 60)
        last = max((end for _, end in spans), default=17 * 60)
        return Scale(first // 30 * 30, min(MINUTES_PER_DAY, -(-last // 30) * 30))
