"""Made-up patients: age, reliability, account."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from engine.generate.draws import pick, whole
from engine.generate.treatments import IN_TREATMENT, draw_treatment
from engine.practice import Account, AgeBand, Attendance, Treatment

_AGES = (AgeBand.UNDER_12, AgeBand.AGE_12_17, AgeBand.AGE_18_30, AgeBand.OVER_30)
_AGE_SHARES: dict[str, tuple[float, ...]] = {
    "OBS": (0.75, 0.25, 0.0, 0.0),
    "NPEX": (0.35, 0.35, 0.1, 0.2),
    "": (0.12, 0.56, 0.13, 0.19),
}

BASE_MISS_RATE = 0.05
"""Share of visits that a middling patient misses."""


@dataclass(frozen=True, slots=True)
class Patient:
    """One person, by id."""

    id: str
    age: AgeBand
    attendance: Attendance
    account: Account
    treatment: Treatment | None

    @property
    def at_school(self) -> bool:
        """True below 18."""
        return self.age in (AgeBand.UNDER_12, AgeBand.AGE_12_17)


def draw_patient(
    rng: np.random.Generator, number: int, today: dt.date, procedure: str, due: dt.date
) -> Patient:
    """A patient who needs this procedure on `due`."""
    age = pick(rng, _AGES, _AGE_SHARES.get(procedure, _AGE_SHARES[""]))
    attendance = _draw_attendance(rng, new=procedure in ("NPEX", "REC", "CONF"))
    treatment = None
    if procedure in IN_TREATMENT:
        treatment = draw_treatment(rng, today, procedure, due, attendance.missed)
    return Patient(
        id=f"P{number:05d}",
        age=age,
        attendance=attendance,
        account=pick(rng, tuple(Account), (0.91, 0.07, 0.02)),
        treatment=treatment,
    )


def _draw_attendance(rng: np.random.Generator, new: bool) -> Attendance:
    visits = whole(rng, 0, 2) if new else whole(rng, 3, 16)
    # Frailty: reliability differs between people far more than chance alone would make it.
    frailty = float(rng.lognormal(-0.5, 1.0))
    miss_rate = min(0.5, BASE_MISS_RATE * frailty)
    missed = int(rng.binomial(visits, miss_rate))
    cancelled = int(rng.binomial(visits - missed, 0.1))
    return Attendance(kept=visits - missed - cancelled, missed=missed, cancelled=cancelled)
