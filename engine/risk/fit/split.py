"""Parts of a history to fit and to judge on: split by time and by patient.

The judged part lies after the other one, and no patient is in both: a model that has only learnt
who misses cannot shine on it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.risk.fit.known import Known

_FITTED_PATIENTS, _OF = 600, 1000
_EARLY = 0.65
"""Share of the visits that lies before the judged part."""
RUN_IN_DAYS = 365
FEWEST_VISITS, FEWEST_MISSES, FEWEST_JUDGED = 500, 40, 5
"""Below these there are so few misses that a figure of them says nothing."""


def is_enough(rows: Sequence[Known]) -> bool:
    """Whether there are visits and misses enough to hold some of them out."""
    return len(rows) >= FEWEST_VISITS and sum(row.missed for row in rows) >= FEWEST_MISSES


@dataclass(frozen=True, slots=True)
class Parts:
    """Two parts of a history."""

    fitted: list[Known]
    held_out: list[Known]


def split(rows: Sequence[Known], seed: int) -> Parts | None:
    """The parts; None where there are too few visits or misses for them, or where the visits of
    some date or patient are so many that one of the parts has too few.

    A visit of the fitted part was kept or missed before the first judged one takes place.
    """
    if not is_enough(rows):
        return None
    dates = sorted(row.date for row in rows)
    border = dates[int(_EARLY * len(dates))]
    fold = folds(rows, _OF, seed)
    fitted = [row for row in rows if row.date < border and fold[row.patient] < _FITTED_PATIENTS]
    held_out = [row for row in rows if row.date >= border and fold[row.patient] >= _FITTED_PATIENTS]
    judged, learnt = (sum(row.missed for row in part) for part in (held_out, fitted))
    both = 0 < learnt < len(fitted) and FEWEST_JUDGED <= judged < len(held_out)
    return Parts(fitted, held_out) if both else None


def after_run_in(rows: Sequence[Known]) -> list[Known]:
    """The rows without the first year of the history, at most a third of its time.

    In the beginning of a file everybody looks like a patient without a record, so the effect of a
    record would come out too small and the level too high. These rows still count as records. A
    history that would be too short to judge without them keeps all its rows.
    """
    if len(rows) < FEWEST_VISITS:
        return list(rows)
    first, last = rows[0].date, rows[-1].date
    border = first + min(dt.timedelta(days=RUN_IN_DAYS), (last - first) / 3)
    left = [row for row in rows if row.date >= border]
    return left if len(left) >= FEWEST_VISITS else list(rows)


def folds(rows: Sequence[Known], count: int, seed: int) -> dict[str, int]:
    """Patients in `count` groups of about the same size, drawn by the seed."""
    patients = sorted({row.patient for row in rows})
    order = np.random.default_rng(seed).permutation(len(patients))
    return {patients[number]: at * count // len(patients) for at, number in enumerate(order)}
