"""Chance that a patient finishes after the estimated completion date (ECD).

A visit on day d with n visits remaining (this one included) at interval tau projects the finish
at d + (n - 1) tau + S, where S is the random slip of the n - 1 later visits: normal with mean
(n - 1) mu and standard deviation sqrt(n - 1) sigma (days, from the policy). With
slack = ECD - d - (n - 1) tau, no-show probability p and rebooking delay B,

    f = (1 - p) P(S > slack) + p P(S > slack - B).

mu and sigma stand for missed visits and breakage: Angle Orthodontist (PMC8288329) finds 0.6
months per failed bracket, the Journal of Applied Oral Science 2016 nearly a year for more than
two missed visits. Fitted distributions replace the normal behind the same function.
"""

import math
from datetime import date

from engine.practice import EcdChoice, RiskPolicy, Treatment


def ecd_of(treatment: Treatment, choice: EcdChoice) -> date:
    """The completion date that counts."""
    if choice is EcdChoice.ORIGINAL:
        return treatment.original_ecd
    return treatment.current_ecd


def chance_beyond(slack_days: float, later_visits: int, risk: RiskPolicy) -> float:
    """P(S > slack) for the slip S of `later_visits`; without later visits S is 0."""
    if later_visits == 0:
        return 1.0 if slack_days < 0 else 0.0
    mean = later_visits * risk.slip_days_mean
    spread = math.sqrt(later_visits) * risk.slip_days_sd
    return 0.5 * math.erfc((slack_days - mean) / (spread * math.sqrt(2.0)))


def chance_past_ecd(
    treatment: Treatment,
    ecd: date,
    day: date,
    p_missed: float,
    rebooking_days: int,
    risk: RiskPolicy,
) -> float:
    """f of the module page: probability of finishing after `ecd` if the visit is on `day`."""
    later = treatment.remaining_visits - 1
    slack = (ecd - day).days - later * treatment.interval_days
    kept = chance_beyond(slack, later, risk)
    missed = chance_beyond(slack - rebooking_days, later, risk)
    return (1.0 - p_missed) * kept + p_missed * missed


def expected_weeks_past(
    treatment: Treatment,
    ecd: date,
    day: date,
    p_missed: float,
    rebooking_days: int,
    risk: RiskPolicy,
) -> float:
    """Expected weeks from ECD to finish for a patient who is already past it."""
    later = treatment.remaining_visits - 1
    days = (day - ecd).days + later * (treatment.interval_days + risk.slip_days_mean)
    return max(0.0, days + p_missed * rebooking_days) / 7.0
