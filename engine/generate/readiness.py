"""What a visit waits for: lab items, and financial, consent or referral clearance."""

import datetime as dt

import numpy as np

from engine.generate.draws import chance, pick, whole
from engine.practice import Clearance, ClearanceKind

_LAB_SHARE = {"BAND": 0.8, "ALDEL": 0.7, "RETD": 0.35, "BND1": 0.4}
_CLEARED_FIRST = ("BOND", "BOND2", "BND1", "ALDEL", "BAND")


def draw_lab_ready(
    rng: np.random.Generator, code: str, today: dt.date, day: dt.date | None
) -> dt.date | None:
    """When the lab item is in the house; before the planted date, where there is one."""
    if not chance(rng, _LAB_SHARE.get(code, 0.0)):
        return None
    arrives = today + dt.timedelta(days=whole(rng, -3, 6))
    return min(arrives, day - dt.timedelta(days=1)) if day else arrives


def draw_clearances(
    rng: np.random.Generator, code: str, today: dt.date, day: dt.date | None
) -> tuple[Clearance, ...]:
    """Clearances of a start; some are expected, and (never for a planted one) some are unknown."""
    if code not in _CLEARED_FIRST:
        return ()
    clearances = [Clearance(kind=ClearanceKind.CONSENT, granted=True)]
    if chance(rng, 0.3):
        expected: dt.date | None = today + dt.timedelta(days=whole(rng, 1, 7))
        if day is None:
            expected = expected if chance(rng, 0.9) else None
        elif expected is not None:
            expected = min(expected, day)
        kind = pick(rng, (ClearanceKind.FINANCIAL, ClearanceKind.REFERRAL), (0.7, 0.3))
        clearances.append(Clearance(kind=kind, expected=expected))
    return tuple(clearances)
