"""Chance that a patient finishes after the estimated completion date (ECD).

A visit on day d with n visits remaining (this one included) at interval tau projects the finish
at d + (n - 1) tau + S, where S is the random slip of the other visits (`engine.risk.slip`,
`engine.risk.later_visits`). With slack = ECD - d - (n - 1) tau, G(s) = P(S > s), no-show
probability p and rebooking delay B,

    f = (1 - p) G(slack) + p G(slack - B),

and the expected finish lies max(0, E[S] + p B - slack) days after the ECD.
"""

from datetime import date

from engine.practice import EcdChoice, Treatment
from engine.risk.slip import Slip


def ecd_of(treatment: Treatment, choice: EcdChoice) -> date:
    """The completion date that counts."""
    if choice is EcdChoice.ORIGINAL:
        return treatment.original_ecd
    return treatment.current_ecd


def days_past_ecd(treatment: Treatment, choice: EcdChoice, today: date) -> int:
    """Days from that completion date to today; negative where it is still to come."""
    return (today - ecd_of(treatment, choice)).days


def planned_days_left(treatment: Treatment) -> int:
    """Days from the visit to the planned finish: (n - 1) tau of the module page."""
    return (treatment.remaining_visits - 1) * treatment.interval_days


def slack_days(treatment: Treatment, ecd: date, day: date) -> int:
    """Days from the planned finish to `ecd` if the visit is on `day`; negative where it is late."""
    return (ecd - day).days - planned_days_left(treatment)


def chance_past_ecd(slack: int, p_missed: float, rebooking_days: int, slip: Slip) -> float:
    """f of the module page: probability of finishing after the completion date."""
    return mixed(p_missed, *chances_past_ecd(slack, rebooking_days, slip))


def chances_past_ecd(slack: int, rebooking_days: int, slip: Slip) -> tuple[float, float]:
    """G(slack) and G(slack - B): of finishing late once the visit is kept, once it is missed."""
    return slip.chance_beyond(slack), slip.chance_beyond(slack - rebooking_days)


def mixed(p_missed: float, if_kept: float, if_missed: float) -> float:
    """A chance before it is known whether the visit is kept."""
    return (1.0 - p_missed) * if_kept + p_missed * if_missed


def expected_slip_days(p_missed: float, rebooking_days: int, slip: Slip) -> float:
    """E[S] + p B of the module page: days by which the finish is expected to be put off."""
    return slip.mean_days + p_missed * rebooking_days


def expected_weeks_past(slack: int, p_missed: float, rebooking_days: int, slip: Slip) -> float:
    """Weeks from completion date to expected finish, for a patient who is already past it."""
    return max(0.0, expected_slip_days(p_missed, rebooking_days, slip) - slack) / 7.0
