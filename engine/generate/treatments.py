"""Made-up treatments: a case is planned, goes on for a while and slips; some run over.

A case is promised a number of contract months. Its visits at the planned interval take less than
that, and what is left is the cushion. Until the visit that is due now, missed visits and repairs
have used up some of it, as they will go on doing (`RiskPolicy` has the sources of the sizes):

    slack = cushion - slip so far,  started = due - visits gone x interval - slip so far.

That alone makes few cases late. A quarter of the patients in treatment are past their first
completion date in fact (23.6 % in a report of the American Association of Orthodontists and Gaidge,
quoted in 'AAO Gaidge Report: We Kinda Suck', orthopundit.com; above 25 % in Gaidge figures of 2024,
quoted in 'The Efficiency Equation', evolveorthoed.com; both reports themselves not verified): cases
that the plan did not fit, with a few visits still to come. They are drawn as such.
"""

import datetime as dt
from math import ceil

import numpy as np

from engine.generate.draws import chance, pick, whole
from engine.practice import RiskPolicy, Treatment

RUN_OVER_SHARE = 0.22
"""Share of patients in treatment whose case has run over, slipped cases apart."""

_RUN_OVER_AT_THE_END = 0.4
"""The share among those about to finish: a finish that comes is often late already."""

_CUSHION, _CUSHION_SD = 0.14, 0.05
"""Share of the contract that the planned visits leave free: 22 months are promised for 19 planned,
about the 19.9 months that Tsichlaki 2016 finds on average. An assumption of this project."""

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

_REBOOKING_DAYS = (21, 42)
"""Range of the days that a missed visit of the past has cost."""


def draw_treatment(
    rng: np.random.Generator, today: dt.date, procedure: str, due: dt.date, missed: int
) -> Treatment:
    """The case of a patient who needs this procedure on `due` and has `missed` so many visits.

    Contracts of about 22 months (K. J. Skidmore, K. J. Brook, W. M. Thomson, W. J. Harding,
    'Factors influencing treatment time in orthodontic patients', American Journal of Orthodontics
    and Dentofacial Orthopedics 129(2), 2006: mean 23.5, standard deviation 4.7 months).
    """
    interval = pick(rng, (28, 42, 49, 56), (0.1, 0.4, 0.25, 0.25))
    contract = max(365, round(float(rng.normal(22, 4)) * 30.4))
    over = chance(rng, _RUN_OVER_AT_THE_END if procedure in _LAST_VISITS else RUN_OVER_SHARE)
    if over:
        remaining = whole(rng, *_LAST_VISITS.get(procedure, (2, 6)))
        original = today - dt.timedelta(days=whole(rng, 5, 40) + int(rng.exponential(110)))
        started = original - dt.timedelta(days=contract)
    else:
        cushion = min(0.3, max(0.02, float(rng.normal(_CUSHION, _CUSHION_SD))))
        planned = round(contract * (1.0 - cushion) / interval) + 1
        # It has begun, though the visit may be due weeks from now.
        gone = 1 + max(0, ceil((due - today).days / interval))
        most = max(2, planned - gone)
        remaining = whole(rng, *_LAST_VISITS.get(procedure, (2, most)))
        gone = max(gone, planned - remaining)
        started = due - dt.timedelta(days=gone * interval + _slip_so_far(rng, gone, missed))
        original = started + dt.timedelta(days=contract)
    current = original
    # Practices extend the date of a case that runs over, and of some that soon will.
    if chance(rng, 0.5 if original < today else 0.04):
        finish = max(today, due) + dt.timedelta(days=(remaining - 1) * interval)
        current = max(original, finish) + dt.timedelta(days=whole(rng, 10, 60))
    return Treatment(
        started=started,
        original_ecd=original,
        current_ecd=current,
        remaining_visits=remaining,
        interval_days=interval,
    )


def _slip_so_far(rng: np.random.Generator, visits: int, missed: int) -> int:
    """Days that misses and repairs of the visits gone have cost."""
    usual = RiskPolicy()
    misses = sum(whole(rng, *_REBOOKING_DAYS) for _ in range(min(missed, visits)))
    repairs = int(rng.binomial(visits, usual.repair_chance))
    return misses + repairs * usual.repair_days
