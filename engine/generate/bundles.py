"""Visits that hang together: two of one patient in order, or a household that comes together."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from engine.generate.draws import chance, pick, shuffled, whole
from engine.generate.mix import counts_of


@dataclass(frozen=True, slots=True)
class Gap:
    """How much later a visit is than the one before it; the fields are those of `Follows`."""

    min_days: int = 0
    min_working_days: int = 0
    min_minutes: int = 0
    max_days: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One visit: its procedure, its own length if any, the gap after the step before it."""

    procedure: str
    minutes: int | None = None
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """Steps of one patient in order, or (household) of different patients at about one time."""

    steps: tuple[Step, ...]
    household: bool = False


RECORDS_FIRST = Gap(min_days=1)
SAME_AFTERNOON = Gap(min_minutes=180, max_days=0)
LAB_WEEK = Gap(min_working_days=5)
SEPARATED = Gap(min_days=7, max_days=10)
SAME_VISIT_DAY = Gap(max_days=7)

_PAIRS: tuple[tuple[str, str, Gap, float, int], ...] = (
    ("SCAN", "DEBR", LAB_WEEK, 0.7, 2),
    ("SEP", "BAND", SEPARATED, 0.8, 2),
    ("REC", "BOND", RECORDS_FIRST, 0.7, 1),
    ("REC", "BND1", RECORDS_FIRST, 0.7, 1),
    ("REC", "BOND2", RECORDS_FIRST, 0.7, 1),
    ("NPEX", "REC", SAME_VISIT_DAY, 0.3, 1),
    ("FRET", "DEB", RECORDS_FIRST, 0.2, 1),
)
"""First, second, gap, share of the second that is paired, weeks that the pair needs."""

HOUSEHOLD_SHARE = 0.1
"""Share of all visits that come with a brother, a sister or a parent."""

_OWN_LENGTHS: dict[str, tuple[int, ...]] = {
    "ADJR": (25, 30),
    "ADJL": (45, 50),
    "REP": (35, 40),
    "DEB": (70,),
    "BOND": (90,),
    "RETC": (20,),
}


def draw_bundles(
    rng: np.random.Generator, count: int, weeks: int, shares: dict[str, float]
) -> list[Bundle]:
    """`count` visits by the mix, as bundles in random order. Paired as far as the weeks allow."""
    left = Counter(counts_of(count, shares))
    bundles = _same_day_debonds(rng, left, weeks)
    for first, second, gap, share, needs_weeks in _PAIRS:
        for _ in range(left[second]):
            if weeks >= needs_weeks and left[first] and left[second] and chance(rng, share):
                bundles.append(Bundle((_step(rng, first), _step(rng, second, gap))))
                left.subtract((first, second))
    singles = shuffled(rng, [_step(rng, code) for code in sorted(left) for _ in range(left[code])])
    bundles += _households(rng, singles, int(HOUSEHOLD_SHARE * count))
    return shuffled(rng, bundles + [Bundle((step,)) for step in singles])


def _step(rng: np.random.Generator, code: str, gap: Gap | None = None) -> Step:
    own = _OWN_LENGTHS.get(code)
    minutes = pick(rng, own) if own and chance(rng, 0.1) else None
    return Step(code, minutes, gap)


def _same_day_debonds(rng: np.random.Generator, left: Counter[str], weeks: int) -> list[Bundle]:
    bundles = []
    for _ in range(left["DEB"]):
        if left["RETD"] and chance(rng, 0.6):
            steps = [_step(rng, "DEB"), Step("RETD", None, SAME_AFTERNOON)]
            if weeks > 1 and left["SCAN"] and chance(rng, 0.6):
                steps = [Step("SCAN"), Step("DEB", None, LAB_WEEK), steps[1]]
            bundles.append(Bundle(tuple(steps)))
            left.subtract(step.procedure for step in steps)
    return bundles


_ALONE = {"NPEX", "BOND", "BOND2", "BND1", "DEB", "DEBR", "VIRT", "EMG", "EMGX", "REP"}


def _households(rng: np.random.Generator, singles: list[Step], visits: int) -> list[Bundle]:
    """Takes so many visits out of `singles`, two or three together."""
    fit = [index for index, step in enumerate(singles) if step.procedure not in _ALONE]
    groups: list[Bundle] = []
    used: list[int] = []
    while len(used) < visits and len(fit) >= 3:
        members = [fit.pop() for _ in range(whole(rng, 2, 3))]
        groups.append(Bundle(tuple(singles[index] for index in members), household=True))
        used += members
    for index in sorted(used, reverse=True):
        del singles[index]
    return groups
