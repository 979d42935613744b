"""The people of a practice year: where each one stands, and the treatment each one is in."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from engine.practice import (
    Account,
    AgeBand,
    Attendance,
    Outcome,
    PastVisit,
    Treatment,
    attendance_of,
)


class Stage(StrEnum):
    """Where a patient stands; everybody is in exactly one stage."""

    NEW = "new"
    ACCEPTED = "accepted"
    OBSERVATION = "observation"
    ACTIVE = "active"
    RETENTION = "retention"
    DECLINED = "declined"
    DISCHARGED = "discharged"


GONE = (Stage.DECLINED, Stage.DISCHARGED)
"""Stages that nobody leaves."""


@dataclass(slots=True)
class Plan:
    """An active treatment. `visits_left`: the debond and all before it, without the scan."""

    started: dt.date
    original_ecd: dt.date
    current_ecd: dt.date
    interval_days: int
    visits_left: int
    aligners: bool
    extensions: int = 0

    def as_treatment(self, remaining: int, interval_days: int) -> Treatment:
        """As a visit carries it."""
        return Treatment(
            started=self.started,
            original_ecd=self.original_ecd,
            current_ecd=self.current_ecd,
            remaining_visits=max(1, min(60, remaining)),
            interval_days=max(7, interval_days),
        )


@dataclass(slots=True)
class Person:
    """A patient, by id. `frailty` (mean one) is hidden from every policy.

    `steps` counts the visits of the way through the practice, so that each has a name of its own
    whatever repairs come in between.
    """

    id: str
    stage: Stage
    frailty: float
    age: AgeBand
    account: Account = Account.NEUTRAL
    past: list[PastVisit] = field(default_factory=list)
    steps: int = 0
    retention_step: int = 0
    plan: Plan | None = None
    called_on: dt.date | None = None
    agreed_on: dt.date | None = None
    history: list[tuple[dt.date, Stage]] = field(default_factory=list)

    @property
    def at_school(self) -> bool:
        """True below 18."""
        return self.age in (AgeBand.UNDER_12, AgeBand.AGE_12_17)

    def attendance_on(self, today: dt.date) -> Attendance:
        """What the practice's own history says of this person's reliability by that evening."""
        return attendance_of(self.past, today)

    def remember(self, day: dt.date, outcome: Outcome | None) -> None:
        """A row of the practice's history; None says nothing of the patient."""
        if outcome is not None:
            self.past.append(PastVisit(self.id, day, outcome))

    def next_step(self) -> str:
        """The id of the next visit on the way through the practice."""
        self.steps += 1
        return f"{self.id}-S{self.steps:02d}"

    def enter(self, stage: Stage, day: dt.date) -> None:
        """Change the stage; the dates are kept for the figures."""
        self.stage = stage
        self.history.append((day, stage))
