"""Plant bundles on dates, one after another, until all sit: a schedule known to be good."""

import datetime as dt
from collections.abc import Iterable, Sequence

import numpy as np

from engine.generate.bundles import Bundle, Gap, Step
from engine.generate.draws import shuffled
from engine.generate.masks import span
from engine.generate.occupancy import DayOccupancy
from engine.generate.seat import Seat
from engine.generate.seating import seat_visit, unseat
from engine.practice import Problem
from engine.practice.calendar import is_open, working_days_between
from engine.practice.pattern import pattern_of

_EVERY_MINUTE = span(0, 1440)

Planted = tuple[Bundle, tuple[Seat, ...]]

FILLERS = ("RETCN", "ADJS", "RETC", "SCAN", "ADJR", "VIRT", "OBS", "SEP")
"""What goes in where nothing else fits any more."""


class Field:
    """The dates to plant on. Earlier plantings stay in the way of later ones."""

    def __init__(
        self, problem: Problem, dates: Iterable[dt.date], rng: np.random.Generator
    ) -> None:
        self.problem, self.rng = problem, rng
        self.days = {
            day: DayOccupancy(problem, day) for day in dates if is_open(problem.practice, day)
        }

    def plant_all(self, bundles: Sequence[Bundle], dates: Sequence[dt.date]) -> list[Planted]:
        """Every bundle on these dates, hardest first; what does not fit is split, then replaced.

        Returns fewer visits than asked where the dates are full.
        """
        planted: list[Planted] = []
        for bundle in sorted(bundles, key=self._hardness, reverse=True):
            seats = self.plant(bundle, dates)
            if seats is not None:
                planted.append((bundle, seats))
                continue
            for step in bundle.steps:
                planted += self._plant_alone(step, dates)
        return planted

    def plant(self, bundle: Bundle, dates: Sequence[dt.date]) -> tuple[Seat, ...] | None:
        """The seats of a bundle, or None and nothing taken."""
        return self._plant_from(bundle, (), dates)

    def _plant_from(
        self, bundle: Bundle, seated: tuple[Seat, ...], dates: Sequence[dt.date]
    ) -> tuple[Seat, ...] | None:
        if len(seated) == len(bundle.steps):
            return seated
        step = bundle.steps[len(seated)]
        procedure = self.problem.procedures[step.procedure]
        stages = pattern_of(procedure, step.minutes, self.problem.practice.grid_minutes)
        for day in self._dates_by_room(dates):
            within = self._within(bundle, step, seated, day)
            if not within:
                continue
            seat = seat_visit(self.days[day], procedure, stages, self.rng, within)
            if seat is None:
                continue
            seats = self._plant_from(bundle, (*seated, seat), dates)
            if seats is not None:
                return seats
            unseat(self.days[day], seat)
        return None

    def _plant_alone(self, step: Step, dates: Sequence[dt.date]) -> list[Planted]:
        others = shuffled(self.rng, FILLERS)
        for code, minutes in [(step.procedure, step.minutes), *((code, None) for code in others)]:
            bundle = Bundle((Step(code, minutes),))
            seats = self.plant(bundle, dates)
            if seats is not None:
                return [(bundle, seats)]
        return []

    def _hardness(self, bundle: Bundle) -> tuple[int, int]:
        lengths = [
            step.minutes or self.problem.procedures[step.procedure].minutes for step in bundle.steps
        ]
        return (len(lengths), max(lengths))

    def _dates_by_room(self, dates: Sequence[dt.date]) -> list[dt.date]:
        """Dates in random order, those with much doctor time left more likely first."""
        usable = [day for day in dates if day in self.days]
        room = np.array([self.days[day].doctor_minutes_left() + 5.0 for day in usable])
        keys = self.rng.exponential(size=len(usable)) / room
        return [usable[int(index)] for index in np.argsort(keys)]

    def _within(self, bundle: Bundle, step: Step, seated: Sequence[Seat], day: dt.date) -> int:
        """The starts that the steps seated so far leave on a date."""
        if not seated:
            return _EVERY_MINUTE
        if bundle.household:
            together = self.problem.policy.together_minutes
            starts = [seat.start for seat in seated]
            same = day == seated[0].day
            return span(max(starts) - together, min(starts) + together + 1) if same else 0
        before, gap = seated[-1], step.gap or Gap()
        days = (day - before.day).days
        if days < gap.min_days or (gap.max_days is not None and days > gap.max_days):
            return 0
        if working_days_between(self.problem.practice, before.day, day) < gap.min_working_days:
            return 0
        return span(before.end + gap.min_minutes, 1440) if days == 0 else _EVERY_MINUTE
