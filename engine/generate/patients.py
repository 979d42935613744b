"""Made-up patients: age, reliability, account, and the treatment they are in."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from engine.generate.draws import chance, pick, whole
from engine.practice import Account, AgeBand, Attendance, Treatment

_AGES = (AgeBand.UNDER_12, AgeBand.AGE_12_17, AgeBand.AGE_18_30, AgeBand.OVER_30)
_AGE_SHARES: dict[str, tuple[float, ...]] = {
    "OBS": (0.75, 0.25, 0.0, 0.0),
    "NPEX": (0.35, 0.35, 0.1, 0.2),
    "": (0.12, 0.56, 0.13, 0.19),
}

BASE_MISS_RATE = 0.05
"""Share of visits that a middling patient misses."""

PAST_ECD_SHARE = 0.24
"""Share of patients in active treatment past their first completion date.

23.6 % in the AAO and Gaidge practice report; above 25 % in Gaidge 2024.
"""

_LATE_LATE = 0.45
"""The share among those about to finish: a finish that comes is often late already."""

_LAST_VISITS: dict[str, tuple[int, int]] = {
    "SCAN": (2, 3),
    "FRET": (2, 2),
    "DEB": (1, 1),
    "DEBR": (1, 1),
}
"""Visits left (this one counted) of a patient whose visit says that the end is near."""

IN_TREATMENT = frozenset(
    {
        *("SEP", "BAND", "ALCHK", "ADJS", "ADJR", "ADJL", "PROG", "REPO"),
        *("REP", "EMG", "EMGX", "SCAN", "FRET", "DEB", "DEBR", "VIRT"),
    }
)
"""Procedures of patients in active treatment."""


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


def draw_patient(rng: np.random.Generator, number: int, today: dt.date, procedure: str) -> Patient:
    """A patient who needs this procedure."""
    age = pick(rng, _AGES, _AGE_SHARES.get(procedure, _AGE_SHARES[""]))
    return Patient(
        id=f"P{number:05d}",
        age=age,
        attendance=_draw_attendance(rng, new=procedure in ("NPEX", "REC", "CONF")),
        account=pick(rng, tuple(Account), (0.91, 0.07, 0.02)),
        treatment=(draw_treatment(rng, today, procedure) if procedure in IN_TREATMENT else None),
    )


def _draw_attendance(rng: np.random.Generator, new: bool) -> Attendance:
    visits = whole(rng, 0, 2) if new else whole(rng, 3, 16)
    # Frailty: reliability differs between people far more than chance alone would make it.
    frailty = float(rng.lognormal(-0.5, 1.0))
    miss_rate = min(0.5, BASE_MISS_RATE * frailty)
    missed = int(rng.binomial(visits, miss_rate))
    cancelled = int(rng.binomial(visits - missed, 0.1))
    return Attendance(kept=visits - missed - cancelled, missed=missed, cancelled=cancelled)


def draw_treatment(rng: np.random.Generator, today: dt.date, procedure: str) -> Treatment:
    """A case of about 22 months and 15 visits (Tsichlaki 2016: 19.9 months; Skidmore 2006: 23.5).

    A patient who is not late has a completion date near today + (visits left - 1) x interval.
    """
    interval = pick(rng, (28, 42, 49, 56), (0.1, 0.4, 0.25, 0.25))
    planned = max(365, round(float(rng.normal(22, 4)) * 30.4))
    late = chance(rng, _LATE_LATE if procedure in _LAST_VISITS else PAST_ECD_SHARE - 0.03)
    most = max(3, planned // interval - 1)
    low, high = _LAST_VISITS.get(procedure, (2, 6) if late else (2, most))
    remaining = whole(rng, low, high)
    if late:
        original = today - dt.timedelta(days=whole(rng, 5, 40) + int(rng.exponential(110)))
    else:
        ahead = (remaining - 1) * interval + round(float(rng.normal(10, 30)))
        original = today + dt.timedelta(days=max(3, ahead))
    current = original
    # Practices extend the date of a case that runs over, and of some that soon will.
    if chance(rng, 0.5 if late else 0.04):
        current = max(original, today) + dt.timedelta(days=whole(rng, 30, 120))
    started = min(original - dt.timedelta(days=planned), today - dt.timedelta(days=30))
    return Treatment(
        started=started,
        original_ecd=original,
        current_ecd=current,
        remaining_visits=remaining,
        interval_days=interval,
    )
