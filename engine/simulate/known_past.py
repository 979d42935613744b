"""The past visits of a patient of whom the practice states counts only: dates for each outcome.

Without dates a record could not grow old: what was missed two years ago would count for ever.
"""

import datetime as dt

from engine.practice import LOOK_BACK_DAYS, Attendance, Outcome, PastVisit
from engine.simulate.streams import Streams


def past_of(
    streams: Streams, patient: str, record: Attendance, today: dt.date, since: dt.date | None = None
) -> list[PastVisit]:
    """Visits whose record on `today` is the stated one, evenly over the two years before.

    `since`: when the treatment began, where it is shorter. The order of the outcomes is drawn; the
    last kept or missed visit is as stated, where that is known.
    """
    told = [Outcome.KEPT] * record.kept + [Outcome.MISSED] * record.missed
    outcomes = told + [Outcome.CANCELLED] * record.cancelled
    order = streams.of("past", patient).permutation(len(outcomes))
    drawn = [outcomes[int(at)] for at in order]
    if record.last_missed is not None:
        _end_with(drawn, Outcome.MISSED if record.last_missed else Outcome.KEPT)
    days = LOOK_BACK_DAYS - 1
    if since is not None:
        days = min(days, max(0, (today - since).days))
    step = days / max(1, len(drawn))
    return [
        PastVisit(patient, today - dt.timedelta(days=int(step * (number + 0.5))), outcome)
        for number, outcome in enumerate(reversed(drawn))
    ][::-1]


def _end_with(outcomes: list[Outcome], wanted: Outcome) -> None:
    """Let the last one that is not cancelled be the wanted one, if there is any."""
    if wanted not in outcomes:
        return
    last = max(at for at, one in enumerate(outcomes) if one is not Outcome.CANCELLED)
    other = outcomes.index(wanted)
    outcomes[last], outcomes[other] = outcomes[other], outcomes[last]
