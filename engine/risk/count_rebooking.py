"""How long a missed visit waits for its next time: counted in a practice's own history.

Counted are missed visits of the planned treatment: adjustments, debonds, and visits of which the
history does not say what they were for. A miss ends with the patient's next visit of that kind on a
later date, kept or missed: what breaks is not planned, and a cancelled visit took place nowhere.

Only misses that the history follows for `FOLLOWED_DAYS` count. Of later ones only those that were
rebooked quickly would be known, and delays would come out too short.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from engine.practice import Outcome, PastVisit, Purpose, RebookingDelay

FOLLOWED_DAYS = 120
"""Two usual intervals and more. Whoever has not come by then has left, or comes of his own accord:
that is no delay of a rebooking."""
FEWEST_MISSES = 30
"""Rebooked misses below which shares by week say nothing."""
_PLANNED = (Purpose.ACTIVE, Purpose.DEBOND, None)
_SHARE_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Rebooking:
    """What the history says. `missed`: misses that it follows long enough; `rebooked`: of these.

    `delays`: shares of the rebooked ones, the shortest first; empty below `FEWEST_MISSES`.
    """

    missed: int
    rebooked: int
    delays: tuple[RebookingDelay, ...]


def count_rebooking(visits: Iterable[PastVisit]) -> Rebooking:
    """The delays of a history, in the weeks that the slip of a treatment counts by."""
    planned: dict[str, list[PastVisit]] = defaultdict(list)
    past_visits = sorted(visits, key=lambda one: one.date)
    if not past_visits:
        return Rebooking(0, 0, ())
    followed = past_visits[-1].date - timedelta(days=FOLLOWED_DAYS)
    for visit in past_visits:
        if visit.purpose in _PLANNED and visit.outcome is not Outcome.CANCELLED:
            planned[visit.patient].append(visit)
    days = [
        _days_to_next(visit, past)
        for past in planned.values()
        for visit in past
        if visit.outcome is Outcome.MISSED and visit.date <= followed
    ]
    known = [one for one in days if one is not None]
    return Rebooking(len(days), len(known), _delays(known) if len(known) >= FEWEST_MISSES else ())


def _days_to_next(missed: PastVisit, past: list[PastVisit]) -> int | None:
    """None where the next visit is not within `FOLLOWED_DAYS`."""
    later = ((visit.date - missed.date).days for visit in past if visit.date > missed.date)
    days = min(later, default=FOLLOWED_DAYS + 1)
    return days if days <= FOLLOWED_DAYS else None


def _delays(days: list[int]) -> tuple[RebookingDelay, ...]:
    """Shares that add up to 1: the largest takes what rounding leaves."""
    counts = sorted(Counter(map(_middle_of_week, days)).items())
    shares = {middle: round(count / len(days), _SHARE_DIGITS) for middle, count in counts}
    largest = max(shares, key=lambda middle: shares[middle])
    rest = sum(share for middle, share in shares.items() if middle != largest)
    shares[largest] = round(1.0 - rest, _SHARE_DIGITS)
    return tuple(
        RebookingDelay(days=middle, share=share) for middle, share in shares.items() if share > 0
    )


def _middle_of_week(days: int) -> int:
    """The delay whose week (`engine.risk.slip`: three days around it) holds this day.

    Weeks around 7, 14, 21, ... leave out the first three days, which are those around 2.
    """
    return 2 if days <= 3 else 7 * ((days + 3) // 7)
