"""Past visits as known on the day on which their time was made: nothing later leaks in."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from engine.practice import (
    WITHOUT_TREATMENT,
    Confirmation,
    NoShowModel,
    Outcome,
    PastVisit,
    attendance_of,
)
from engine.risk.features import (
    KNOTS,
    USUAL_LEAD_DAYS,
    Values,
    history_features,
    months_features,
    person_features,
    purpose_features,
    reminder_features,
)
from engine.risk.score import Scorer

_STATED = 10
"""Misses that the stated share is worth."""


@dataclass(frozen=True, slots=True)
class Known:
    """One kept or missed visit. `fixed`: features that no choice of time changes.

    `hour`: clock hour with its fraction, None where unknown. `said` is what the patient had said by
    the day of the visit, which the booking day does not know: it serves to fit its effect only.
    """

    patient: str
    date: dt.date
    booked_on: dt.date
    missed: bool
    group: str
    fixed: Values
    hour: float | None
    said: Confirmation | None

    @property
    def lead_days(self) -> int:
        """From booking to visit."""
        return (self.date - self.booked_on).days


def usual_rate(visits: Iterable[PastVisit], stated: float) -> float:
    """Share of kept or missed visits that were missed, shrunk to the stated one.

    The stated share counts as ten misses. A patient's record is held against it: against a share
    that is too low everybody's record would look bad, and the worse, the longer it is.
    """
    outcomes = Counter(visit.outcome for visit in visits)
    missed, kept = outcomes[Outcome.MISSED], outcomes[Outcome.KEPT]
    return (missed + _STATED) / (missed + kept + _STATED / stated)


def known_rows(visits: Iterable[PastVisit], base_rate: float) -> list[Known]:
    """Kept and missed visits by date; cancelled ones are neither, and are left out.

    A patient's record counts visits before the booking day alone: what became of a visit that was
    still to come when the next one was booked is not known yet.
    """
    by_patient: dict[str, list[PastVisit]] = defaultdict(list)
    for visit in sorted(visits, key=lambda one: (one.date, one.start or dt.time())):
        if visit.outcome is not Outcome.CANCELLED:
            by_patient[visit.patient].append(visit)
    rows = [_known(visit, past, base_rate) for past in by_patient.values() for visit in past]
    return sorted(rows, key=lambda row: (row.date, row.patient))


def unseen_by(rows: Iterable[Known], last: dt.date | None) -> list[Known]:
    """The rows that a fit on visits up to `last` has not seen; all of them if it saw none.

    How well a model does on what it was fitted on says nothing of what it does on anything else.
    """
    return [row for row in rows if last is None or row.date > last]


def _known(visit: PastVisit, past: list[PastVisit], base_rate: float) -> Known:
    booked_on = visit.booked_on or visit.date - dt.timedelta(days=USUAL_LEAD_DAYS)
    # How the booking day itself would end was not known when the time was made.
    record = attendance_of(past, booked_on - dt.timedelta(days=1))
    months = None
    treated = visit.purpose not in WITHOUT_TREATMENT
    if treated and visit.started is not None and visit.started <= visit.date:
        # A visit to place carries its treatment only while that is under way.
        months = (booked_on - visit.started).days / 30.4
    fixed = history_features(record.kept, record.missed, record.last_missed, base_rate)
    fixed |= person_features(visit.account, visit.age_band)
    fixed |= purpose_features(visit.purpose)
    fixed |= months_features(months, next(k for of, k in KNOTS.items() if of.startswith("months")))
    if visit.reminder is not None:
        fixed |= reminder_features(visit.reminder)
    start = visit.start
    return Known(
        patient=visit.patient,
        date=visit.date,
        booked_on=booked_on,
        missed=visit.outcome is Outcome.MISSED,
        group=visit.procedure or (str(visit.purpose) if visit.purpose else "not said"),
        fixed=fixed,
        hour=None if start is None else start.hour + start.minute / 60,
        said=visit.confirmation,
    )


class RowScorer:
    """Probabilities of past visits by a model, as the fill would have had them."""

    def __init__(self, model: NoShowModel) -> None:
        self.model = model
        self.scorer = Scorer(model)

    def logit(self, row: Known) -> float:
        """Log-odds before anything is said and before the calibration."""
        scorer = self.scorer
        total = self.model.intercept + scorer.plain(row.fixed) + scorer.lead(row.lead_days)
        total += scorer.weekdays[row.date.weekday()]
        return total + (0.0 if row.hour is None else scorer.clock(row.hour))

    def at_booking(self, row: Known) -> float:
        """The chance of a miss on the booking day: what the patient may say is averaged over."""
        return self.scorer.probability(self.logit(row), self.scorer.states(None))

    def on_the_day(self, row: Known) -> float:
        """The chance of a miss with what the patient had said in the end."""
        said = 0.0 if row.said is None else self.scorer.said(row.said)
        return self.scorer.probability(self.logit(row), ((1.0, said),))
