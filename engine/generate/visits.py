"""Make visits of bundles: due dates, windows, wishes, lists, readiness, around a place or not."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

import numpy as np

from engine.generate.bundles import Bundle, Step
from engine.generate.draws import chance, pick, whole
from engine.generate.occupancy import DayOccupancy
from engine.generate.patients import IN_TREATMENT, Patient, draw_patient
from engine.generate.readiness import draw_clearances, draw_lab_ready
from engine.generate.seating import Seat
from engine.generate.windows import draw_window, windows_around, windows_for
from engine.practice import ClockWindow, Follows, Problem, Role, Treatment, Visit, VisitList
from engine.practice.pattern import pattern_of

WINDOW_SHARE = 0.42
"""Share of visits with times at which only the patient can come."""

WISH_SHARE = 0.16
"""Share with a wished time; preferred people come on top."""

_TOLERANCE_DAYS = {"NPEX": 60, "OBS": 30, "RETC": 21, "RETCN": 21}
"""How long before its due date a visit may be given; 10 days for all others."""


@dataclass
class Maker:
    """Hands out ids and turns bundles into visits, in the order asked."""

    problem: Problem
    week: tuple[dt.date, ...]
    rng: np.random.Generator
    visits_made: int = 0
    patients_made: int = 0
    households_made: int = 0
    _possible: dict[tuple[str, int | None], dict[int, int]] = field(default_factory=dict)

    @property
    def today(self) -> dt.date:
        """The date on which the question is asked."""
        return self.problem.as_of.date()

    def visits_of(
        self,
        bundle: Bundle,
        seats: tuple[Seat, ...] | None,
        due_by: Callable[[], dt.date],
        patient: Patient | None = None,
        after: Follows | None = None,
    ) -> list[Visit]:
        """The visits of a bundle; `seats` where they are planted, else due at `due_by()`.

        `patient` and `after` tie the first visit to one that is already in the book.
        """
        made: list[Visit] = []
        household = self._household() if bundle.household else None
        due = due_by()
        follows = after
        for index, step in enumerate(bundle.steps):
            if patient is None or (bundle.household and index):
                patient = self._patient(step.procedure if bundle.household else _telling(bundle))
            if index and step.gap is not None:
                follows = Follows(visit=made[-1].id, **asdict(step.gap))
                due = _due_after(due, step)
            seat = seats[index] if seats else None
            later = () if bundle.household else bundle.steps[index + 1 :]
            treatment = _treatment_at(patient, step, later)
            made.append(self._visit(step, patient, treatment, seat, due, follows, household))
            follows = None
        return made

    def _household(self) -> str:
        self.households_made += 1
        return f"H{self.households_made:04d}"

    def _patient(self, procedure: str) -> Patient:
        self.patients_made += 1
        return draw_patient(self.rng, self.patients_made, self.today, procedure)

    def _visit(
        self,
        step: Step,
        patient: Patient,
        treatment: Treatment | None,
        seat: Seat | None,
        due: dt.date,
        follows: Follows | None,
        household: str | None,
    ) -> Visit:
        rng, code = self.rng, step.procedure
        listed = self._list(code)
        if listed is VisitList.UNSCHEDULED:
            due -= dt.timedelta(days=whole(rng, 3, 35))
        self.visits_made += 1
        day = seat.day if seat else None
        attendance = patient.attendance
        if listed is VisitList.UNSCHEDULED and not attendance.missed:
            attendance = attendance.model_copy(update={"missed": 1})
        wanted = code in ("NPEX", "EMG", "EMGX", "BOND", "BOND2", "BND1", "ALDEL")
        return Visit(
            id=f"V{self.visits_made:05d}",
            patient=patient.id,
            procedure=code,
            minutes=step.minutes,
            listed=listed,
            due=due,
            earliest=self._earliest(code, due, day),
            latest=self._latest(due, day) if follows is None else None,
            availability=self._availability(step, patient, seat, tied=follows is not None),
            wishes=self._wishes(patient),
            lab_ready=draw_lab_ready(rng, code, self.today, day),
            clearances=draw_clearances(rng, code, self.today, day),
            household=household,
            follows=(follows,) if follows else (),
            treatment=treatment,
            attendance=attendance,
            account=patient.account,
            age_band=patient.age,
            requested_on=self.today - dt.timedelta(days=whole(rng, 0, 4)) if wanted else None,
            **self._people(step, seat),
        )

    def _list(self, code: str) -> VisitList:
        if code == "OBS":
            return VisitList.OBSERVATION
        if code in ("RETC", "RETCN"):
            return VisitList.RECALL
        if code in ("EMG", "EMGX"):
            return VisitList.ASAP
        kinds = (VisitList.PENDING, VisitList.UNSCHEDULED, VisitList.ASAP, VisitList.WILL_CALL)
        return pick(self.rng, kinds, (0.81, 0.13, 0.03, 0.03))

    def _earliest(self, code: str, due: dt.date, day: dt.date | None) -> dt.date | None:
        if code in ("NPEX", "EMG", "EMGX", "REP"):
            return None
        first = due - dt.timedelta(days=_TOLERANCE_DAYS.get(code, 10))
        return min(first, day) if day else first

    def _latest(self, due: dt.date, day: dt.date | None) -> dt.date | None:
        if not chance(self.rng, 0.06):
            return None
        last = max(due, self.today) + dt.timedelta(days=whole(self.rng, 10, 21))
        return max(last, day) if day else last

    def _availability(
        self, step: Step, patient: Patient, seat: Seat | None, tied: bool
    ) -> tuple[ClockWindow, ...]:
        if not chance(self.rng, WINDOW_SHARE):
            return ()
        if seat is not None:
            return windows_around(self.rng, seat.day, seat.start, seat.end, patient.at_school)
        if tied:
            return ()
        length = step.minutes or self.problem.procedures[step.procedure].minutes
        return windows_for(self.rng, self._starts(step), length, patient.at_school)

    def _wishes(self, patient: Patient) -> tuple[ClockWindow, ...]:
        if not chance(self.rng, WISH_SHARE):
            return ()
        return (draw_window(self.rng, patient.at_school),)

    def _people(self, step: Step, seat: Seat | None) -> dict[str, str]:
        """Required and preferred doctor (where there are several), preferred assistant."""
        rng, problem = self.rng, self.problem
        stages = problem.procedures[step.procedure].stages
        wanted: dict[str, str] = {}
        doctors = [doctor.id for doctor in problem.doctors]
        has_doctor = any(seg.kind == "doctor" for stage in stages for seg in stage.segments)
        if len(doctors) > 1 and has_doctor:
            planted = seat.doctor if seat else None
            if chance(rng, 0.1):
                wanted["required_doctor"] = planted or pick(rng, doctors)
            elif chance(rng, 0.15):
                wanted["preferred_doctor"] = pick(rng, doctors)
        if stages[-1].role is Role.ASSISTANT and chance(rng, 0.08):
            skill = stages[-1].skill
            able = [
                person.id
                for person in problem.practice.staff
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
                day.weekday(): DayOccupancy(self.problem, day).free_starts(stages, procedure)
                for day in self.week
            }
        return self._possible[key]


def _treatment_at(patient: Patient, step: Step, later: tuple[Step, ...]) -> Treatment | None:
    """The treatment as this visit sees it: visits of the same bundle still to come are counted."""
    if patient.treatment is None or step.procedure not in IN_TREATMENT:
        return None
    more = sum(other.procedure in IN_TREATMENT for other in later)
    remaining = patient.treatment.remaining_visits + more
    return patient.treatment.model_copy(update={"remaining_visits": remaining})


def _telling(bundle: Bundle) -> str:
    """The step that says most about the patient: treatment comes from it."""
    codes = [step.procedure for step in bundle.steps]
    return next((code for code in codes if code in ("DEB", "DEBR")), codes[0])


def _due_after(due: dt.date, step: Step) -> dt.date:
    gap = step.gap
    assert gap is not None
    return due + dt.timedelta(days=max(gap.min_days, gap.min_working_days * 7 // 5))
