"""Parts of a history to fit, to calibrate and to judge on: split by time and by patient.

The judged part lies after the others, and no patient is in two parts: a model that has only learnt
who misses cannot shine on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.risk.fit.known import Known

_TRAINING, _CALIBRATION = 0.45, 0.15
"""Shares of the patients; the rest is judged on."""
_EARLY = 0.65
"""Share of the visits that lies before the judged part."""
FEWEST_VISITS, FEWEST_MISSES, FEWEST_IN_PART = 500, 40, 5
"""Below these a part has so few misses that a figure of it says nothing."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Three parts of a history."""

    training: list[Known]
    calibration: list[Known]
    held_out: list[Known]


def split(rows: Sequence[Known], seed: int) -> Parts | None:
    """The parts; None where there are too few visits or misses for them.

    A visit of the earlier parts was kept or missed before the first judged one takes place.
    """
    if len(rows) < FEWEST_VISITS or sum(row.missed for row in rows) < FEWEST_MISSES:
        return None
    dates = sorted(row.date for row in rows)
    border = dates[int(_EARLY * len(dates))]
    patients = sorted({row.patient for row in rows})
    order = np.random.default_rng(seed).permutation(len(patients))
    place = {patients[number]: at / len(patients) for at, number in enumerate(order)}
    parts = Parts([], [], [])
    for row in rows:
        at = place[row.patient]
        if row.date >= border:
            if at >= _TRAINING + _CALIBRATION:
                parts.held_out.append(row)
        elif at < _TRAINING:
            parts.training.append(row)
        elif at < _TRAINING + _CALIBRATION:
            parts.calibration.append(row)
    counts = [sum(row.missed for row in part) for part in (parts.calibration, parts.held_out)]
    sizes = [len(part) for part in (parts.calibration, parts.held_out)]
    enough = min(counts) >= FEWEST_IN_PART and all(
        size > count for size, count in zip(sizes, counts, strict=True)
    )
    return parts if enough else None
