"""Make visits of bundles: ids, patients, order, and everything drawn for a single visit."""

import datetime as dt
from dataclasses import asdict, dataclass

import numpy as np

from engine.generate.bundles import Bundle, Step
from engine.generate.draws import whole
from engine.generate.due_dates import (
    AT_ONCE,
    LIST_SHARES,
    draw_latest,
    draw_list,
    earliest_of,
    requested_on,
)
from engine.generate.patients import Patient, draw_patient
from engine.generate.readiness import draw_clearances, draw_lab_ready
from engine.generate.seat import Seat
from engine.generate.treatments import IN_TREATMENT
from engine.generate.wants import Wants
from engine.practice import Follows, Problem, Treatment, Visit, VisitList


@dataclass
class Maker:
    """Hands out ids and turns bundles into visits, in the order asked."""

    problem: Problem
    rng: np.random.Generator
    wants: Wants
    list_shares: tuple[float, ...] = LIST_SHARES
    visits_made: int = 0
    patients_made: int = 0
    households_made: int = 0

    @property
    def today(self) -> dt.date:
        """The date on which the question is asked."""
        return self.problem.as_of.date()

    def visits_of(
        self,
        bundle: Bundle,
        seats: tuple[Seat, ...] | None,
        due: dt.date,
        patient: Patient | None = None,
        after: Follows | None = None,
    ) -> list[Visit]:
        """The visits of a bundle; `seats` where they are planted. The first visit is due on `due`.

        `patient` and `after` tie the first visit to one that is already in the book.
        """
        made: list[Visit] = []
        household = self._household() if bundle.household else None
        follows = after
        for index, step in enumerate(bundle.steps):
            if patient is None or (bundle.household and index):
                telling = step.procedure if bundle.household else _telling(bundle)
                patient = self._patient(telling, due)
            if index and step.gap is not None:
                follows = Follows(visit=made[-1].id, **asdict(step.gap))
                due = _due_after(due, step)
            seat = seats[index] if seats else None
            later = () if bundle.household else bundle.steps[index + 1 :]
            treatment = _treatment_at(patient, step, later)
            made.append(
                self._visit(
                    step, patient, treatment, seat, due=due, follows=follows, household=household
                )
            )
            follows = None
        return made

    def _household(self) -> str:
        self.households_made += 1
        return f"H{self.households_made:04d}"

    def _patient(self, procedure: str, due: dt.date) -> Patient:
        self.patients_made += 1
        return draw_patient(self.rng, self.patients_made, self.today, procedure, due)

    def _visit(
        self,
        step: Step,
        patient: Patient,
        treatment: Treatment | None,
        seat: Seat | None,
        *,
        due: dt.date,
        follows: Follows | None,
        household: str | None,
    ) -> Visit:
        rng, code = self.rng, step.procedure
        # What waits for another visit has not been missed itself.
        listed = draw_list(rng, code, self.list_shares) if follows is None else VisitList.PENDING
        if listed is VisitList.UNSCHEDULED:
            due -= dt.timedelta(days=whole(rng, 3, 35))
        self.visits_made += 1
        day = seat.day if seat else None
        attendance = patient.attendance
        if listed is VisitList.UNSCHEDULED and not attendance.missed:
            attendance = attendance.model_copy(update={"missed": 1})
        if code in AT_ONCE and seat is None:
            due = self.today + dt.timedelta(days=whole(rng, 0, 4))
        return Visit(
            id=f"V{self.visits_made:05d}",
            patient=patient.id,
            procedure=code,
            minutes=step.minutes,
            listed=listed,
            due=due,
            earliest=earliest_of(code, due, day),
            latest=draw_latest(rng, due, self.today, day) if follows is None else None,
            availability=self.wants.times(rng, step, patient, seat, tied=follows is not None),
            wishes=self.wants.wishes(rng, patient),
            lab_ready=draw_lab_ready(rng, code, self.today, day),
            clearances=draw_clearances(rng, code, self.today, day),
            household=household,
            follows=(follows,) if follows else (),
            treatment=treatment,
            attendance=attendance,
            account=patient.account,
            age_band=patient.age,
            requested_on=requested_on(rng, code, due, self.today),
            **self.wants.people(rng, step, seat),
        )


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
