"""A made-up history of a practice: kept, missed and cancelled visits with effects that are planted.

The log-odds of a miss are the sum of the planted effects and a frailty of the patient that no row
shows. They are written here anew, from what a booking desk would see, so that a fit can be held
against them.
"""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.generate.draws import chance, pick, whole
from engine.practice import Account, AgeBand, Confirmation, Outcome, PastVisit, Purpose

PLANTED: dict[str, float] = {
    "missed_before": 0.9,
    "missed_often": 0.6,
    "account_overdue": 1.1,
    "account_collections": 1.3,
    "purpose_start": -0.8,
    "purpose_debond": -0.7,
    "purpose_retention": 0.6,
    "age_12_17": 0.4,
    "age_18_30": 0.5,
    "months_1": 0.15,
    "lead_1": 0.3,
    "weekday_mon": 0.15,
    "clock_1": 0.1,
    "said_confirmed": -1.0,
}
"""Log-odds by feature; what is not named has no effect."""

_YEAR = 365
_LONGEST_YEARS = 4
_REMEMBERED = dt.timedelta(days=2 * _YEAR)
_AGES = (AgeBand.UNDER_12, AgeBand.AGE_12_17, AgeBand.AGE_18_30, AgeBand.OVER_30)
_AGE_SHARES = (0.12, 0.56, 0.13, 0.19)
_ACCOUNT_SHARES = (0.91, 0.07, 0.02)
_SAID_SHARES = (0.3, 0.1, 0.6)
_STEPS = (("BOND", Purpose.START), ("ADJS", Purpose.ACTIVE), ("DEB", Purpose.DEBOND))
_RETENTION = ("RETC", Purpose.RETENTION)
_RETENTION_VISITS = 3


@dataclass(frozen=True, slots=True)
class Planted:
    """What makes the misses. `level`: log-odds of a usual visit; `frailty`: its standard deviation
    between patients; `cancelled`: share of visits that are called off in time."""

    level: float = -3.9
    frailty: float = 0.7
    cancelled: float = 0.08
    effects: Mapping[str, float] = field(default_factory=lambda: PLANTED)


@dataclass(slots=True)
class _Person:
    id: str
    age: AgeBand
    account: Account
    frailty: float
    started: dt.date
    past: list[PastVisit] = field(default_factory=list)


def generate_history(
    patients: int, until: dt.date, seed: int = 0, *, years: int = 3, planted: Planted | None = None
) -> tuple[PastVisit, ...]:
    """The visits of `patients` treatments in the last `years` years, up to the day before `until`.

    Treatments began up to four years before that, so that the mix of visits stays the same.
    A visit is booked when the one before it is kept, 4 to 10 weeks ahead; after a miss 1 to 4 weeks
    ahead; a few at short notice. Patients have ids of their own, `H00001` on.
    """
    rng, law = np.random.default_rng(seed), planted or Planted()
    first = until - dt.timedelta(days=years * _YEAR)
    found: list[PastVisit] = []
    for number in range(1, patients + 1):
        person = _Person(
            id=f"H{number:05d}",
            age=pick(rng, _AGES, _AGE_SHARES),
            account=pick(rng, tuple(Account), _ACCOUNT_SHARES),
            frailty=law.frailty * float(rng.standard_normal()),
            started=until - dt.timedelta(days=whole(rng, 1, (years + _LONGEST_YEARS) * _YEAR)),
        )
        _live(rng, person, until, law)
        found += (visit for visit in person.past if visit.date >= first)
    return tuple(sorted(found, key=lambda visit: (visit.date, visit.patient)))


def _live(rng: np.random.Generator, person: _Person, until: dt.date, law: Planted) -> None:
    """All visits of one patient: bonding, adjustments, debond, retention checks."""
    adjustments, kept = whole(rng, 10, 18), 0
    booked_on = person.started - dt.timedelta(days=whole(rng, 2, 30))
    day = person.started
    while (day := _workday(day)) < until and kept < adjustments + 2 + _RETENTION_VISITS:
        procedure, purpose = _step(kept, adjustments)
        visit = _visit(rng, person, day, booked_on, procedure, purpose, law)
        person.past.append(visit)
        kept += visit.outcome is Outcome.KEPT
        booked_on = day
        if visit.outcome is Outcome.KEPT and not chance(rng, 0.08):
            day += dt.timedelta(days=whole(rng, 28, 70))
        else:
            day += dt.timedelta(days=whole(rng, 1, 28))


def _step(kept: int, adjustments: int) -> tuple[str, Purpose]:
    if kept == 0:
        return _STEPS[0]
    if kept <= adjustments:
        return _STEPS[1]
    return _STEPS[2] if kept == adjustments + 1 else _RETENTION


def _visit(
    rng: np.random.Generator,
    person: _Person,
    day: dt.date,
    booked_on: dt.date,
    procedure: str,
    purpose: Purpose,
    law: Planted,
) -> PastVisit:
    start = dt.time(whole(rng, 8, 16), pick(rng, (0, 10, 20, 30, 40, 50)))
    said = pick(rng, tuple(Confirmation), _SAID_SHARES)
    logit = law.level + person.frailty + _effect(person, day, booked_on, start, purpose, said, law)
    outcome = Outcome.KEPT
    if chance(rng, law.cancelled):
        outcome = Outcome.CANCELLED
    elif chance(rng, 1 / (1 + math.exp(-logit))):
        outcome = Outcome.MISSED
    return PastVisit(
        patient=person.id,
        date=day,
        outcome=outcome,
        procedure=procedure,
        purpose=purpose,
        start=start,
        booked_on=booked_on,
        account=person.account,
        age_band=person.age,
        started=person.started if purpose is not Purpose.RETENTION else None,
        confirmation=said,
        reminder=True,
    )


def _effect(
    person: _Person,
    day: dt.date,
    booked_on: dt.date,
    start: dt.time,
    purpose: Purpose,
    said: Confirmation,
    law: Planted,
) -> float:
    since = booked_on - _REMEMBERED
    misses = sum(
        visit.outcome is Outcome.MISSED and since < visit.date < booked_on for visit in person.past
    )
    months = max(0, min((booked_on - person.started).days / 30.4, 36))
    amounts = {
        "missed_before": float(misses > 0),
        "missed_often": float(misses > 1),
        f"account_{person.account}": 1.0,
        f"purpose_{purpose}": 1.0,
        f"age_{person.age}": 1.0,
        "months_1": 0.0 if purpose is Purpose.RETENTION else months / 6,
        "lead_1": math.log((1 + (day - booked_on).days) / 43),
        "weekday_mon": float(day.weekday() == 0),
        "clock_1": (start.hour + start.minute / 60 - 12) / 4,
        f"said_{said}": 1.0,
    }
    return sum(law.effects.get(name, 0.0) * amount for name, amount in amounts.items())


def _workday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
