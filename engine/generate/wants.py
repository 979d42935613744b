"""What a patient can and would like: times, wished times, doctor, assistant."""

import datetime as dt
from dataclasses import dataclass, field

import numpy as np

from engine.generate.bundles import Step
from engine.generate.draws import chance, pick
from engine.generate.occupancy import DayOccupancy
from engine.generate.patients import Patient
from engine.generate.seat import Seat
from engine.generate.seating import offer_of
from engine.generate.windows import draw_window, windows_around, windows_for
from engine.practice import ClockWindow, Problem, Role, SegmentKind
from engine.practice.pattern import pattern_of

WINDOW_SHARE = 0.42
"""Share of visits with times at which only the patient can come."""
WISH_SHARE = 0.16
"""Share with a wished time; preferred people come on top."""
REQUIRED_DOCTOR_SHARE = 0.1
PREFERRED_DOCTOR_SHARE = 0.15
PREFERRED_ASSISTANT_SHARE = 0.08


@dataclass
class Wants:
    """Draws what patients want of a practice whose first week has these open dates."""

    problem: Problem
    week: tuple[dt.date, ...]
    _possible: dict[tuple[str, int | None], dict[int, int]] = field(default_factory=dict)

    def times(
        self,
        rng: np.random.Generator,
        step: Step,
        patient: Patient,
        seat: Seat | None,
        *,
        tied: bool,
    ) -> tuple[ClockWindow, ...]:
        """Available times: around the planted seat, or such that the practice can meet them.

        A visit tied to another one gets none, because two windows may rule out every pair.
        """
        if not chance(rng, WINDOW_SHARE):
            return ()
        if seat is not None:
            return windows_around(rng, seat.day, seat.start, seat.end, patient.at_school)
        if tied:
            return ()
        length = step.minutes or self.problem.procedures[step.procedure].minutes
        return windows_for(rng, self._starts(step), length, patient.at_school)

    def wishes(self, rng: np.random.Generator, patient: Patient) -> tuple[ClockWindow, ...]:
        """A wished time, for some."""
        return (draw_window(rng, patient.at_school),) if chance(rng, WISH_SHARE) else ()

    def people(self, rng: np.random.Generator, step: Step, seat: Seat | None) -> dict[str, str]:
        """Required or preferred doctor (where there are several), preferred assistant."""
        stages = self.problem.procedures[step.procedure].stages
        wanted: dict[str, str] = {}
        doctors = [doctor.id for doctor in self.problem.doctors]
        pieces = [segment.kind for stage in stages for segment in stage.segments]
        if len(doctors) > 1 and SegmentKind.DOCTOR in pieces:
            if chance(rng, REQUIRED_DOCTOR_SHARE):
                wanted["required_doctor"] = (seat and seat.doctor) or pick(rng, doctors)
            elif chance(rng, PREFERRED_DOCTOR_SHARE):
                wanted["preferred_doctor"] = pick(rng, doctors)
        if stages[-1].role is Role.ASSISTANT and chance(rng, PREFERRED_ASSISTANT_SHARE):
            skill = stages[-1].skill
            able = [
                person.id
                for person in self.problem.practice.staff
                if person.role is Role.ASSISTANT and (skill is None or skill in person.skills)
            ]
            wanted["preferred_assistant"] = pick(rng, able)
        return wanted

    def _starts(self, step: Step) -> dict[int, int]:
        """By weekday, the starts that the empty practice offers in the first week."""
        key = (step.procedure, step.minutes)
        if key not in self._possible:
            procedure = self.problem.procedures[step.procedure]
            stages = pattern_of(procedure, step.minutes, self.problem.practice.grid_minutes)
            self._possible[key] = {
                day.weekday(): offer_of(DayOccupancy(self.problem, day), procedure, stages).starts
                for day in self.week
            }
        return self._possible[key]
