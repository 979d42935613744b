"""Days that carry more than their share: 80 patients, then 40, is a bad week."""

from collections import Counter
from datetime import date

from engine.kpi.filled import Filled
from engine.yardsticks import clinic_minutes, even_shares


def quanta(filled: Filled) -> int:
    """Clinic chair minutes above the even share, summed over open dates."""
    carried: Counter[date] = Counter()
    for placed in filled.schedule.placements:
        carried[placed.date] += clinic_minutes(filled.problem, filled.visit_of(placed))
    shares = even_shares(filled.problem, filled.schedule.horizon)
    return sum(max(0, carried[day] - share) for day, share in shares.items())
