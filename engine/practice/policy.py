"""The policy: what the practice prefers, with unit and reason for every number."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from engine.practice.base import ClockTime, Frozen, Id
from engine.practice.model_days import ReleaseStep

Share = Annotated[float, Field(gt=0, le=1)]
"""A share of one."""


class EcdChoice(StrEnum):
    """Which completion date the objective uses; both are always reported."""

    ORIGINAL = "original"
    CURRENT = "current"


class WeightOverride(Frozen):
    """A practice's own price for one KPI, with the reason."""

    kpi: str
    value: Annotated[float, Field(ge=0)]
    reason: Annotated[str, Field(min_length=1)]


class ClassRelease(Frozen):
    """The release ladder of every cell of a class that has none of its own."""

    procedure_class: Id
    steps: tuple[ReleaseStep, ...]


class HourEffect(Frozen):
    """A fitted effect on attendance (log-odds of a miss) of an hour of the day.

    With what the practice's no-show model says of the hour, it weighs plus-minus 0.5 at most.
    """

    hour: Annotated[int, Field(ge=0, le=23)]
    logit: Annotated[float, Field(ge=-0.5, le=0.5)]


class RebookingDelay(Frozen):
    """A share of the missed visits is given again about so many days later."""

    days: Annotated[int, Field(ge=1, le=365)]
    share: Share


class RiskPolicy(Frozen):
    """No-show and treatment-time coefficients. Time-of-day effects are zero until fitted.

    `base_rate`: the practice's stated share of missed visits. `constant_no_show`: every visit
    counts as missed with it, whoever the patient is.

    `rebooking_delays`: days by which a missed later visit puts the finish off, with shares that
    add up to 1. None given: the rebooking days of the practice's own procedures. A practice that
    has counted its delays puts them here; a new time takes 4 to 6 weeks according to 'The Editor's
    Corner: It's About Time', Journal of Clinical Orthodontics 29(11), 1995, p. 679.

    `repair_chance`: share of the visits in treatment that find something broken. 217 failed
    brackets in 78 cases are 2.8 a case (Stasinopoulos); some fail together, so 2 repairs in 17.8
    visits (Tsichlaki) stand here. `repair_days`: days that a repair adds to the treatment; 0.6
    months (0.21 to 1.05) for each failed bracket there, 0.3 months in earlier work it quotes; half
    a month stands here. D. Stasinopoulos, S. N. Papageorgiou, F. Kirsch, N. Daratsianos, A. Jaeger,
    C. Bourauel, 'Failure patterns of different bracket systems and their influence on treatment
    duration: A retrospective cohort study', The Angle Orthodontist 88(3), 2018, pages 338-347. A.
    Tsichlaki, S. Y. Chin, N. Pandis, P. S. Fleming,
    'How long does treatment with fixed orthodontic appliances last? A systematic review', American
    Journal of Orthodontics and Dentofacial Orthopedics 149(3), 2016.
    """

    base_rate: Annotated[float, Field(gt=0, lt=0.5)] = 0.05
    rebooking_delays: tuple[RebookingDelay, ...] = ()
    repair_chance: Annotated[float, Field(ge=0, lt=1)] = 0.12
    repair_days: Annotated[int, Field(ge=0, le=120)] = 14
    hour_effects: tuple[HourEffect, ...] = ()
    constant_no_show: bool = False


class MoveCosts(Frozen):
    """How many moves it counts for to give a booking another time.

    One, `confirmed` more where the patient has confirmed it, and `short_notice` more where it is
    within `notice_days` from now. What a favour asked is worth is the practice's own judgement.
    """

    notice_days: Annotated[int, Field(ge=0, le=60)] = 7
    short_notice: Annotated[int, Field(ge=0, le=9)] = 1
    confirmed: Annotated[int, Field(ge=0, le=9)] = 1


class Policy(Frozen):
    """All switches. `together_minutes`: starts of a household at most so far apart.

    `max_moves`: most movable bookings that may move (none given = any). `move_costs`: how much a
    move counts (none given: every move counts once). `calls_per_day`: most
    calls the front desk makes in a day. `reseat_bookings`: kept bookings may be given
    another chair at their time; that finds room for a few more visits and means an edit in the
    book for each. `doctor_load_share`: hourly doctor load above it is priced.
    `chain_minutes`: longest run of doctor time without a gap that is not priced.
    """

    weights: tuple[WeightOverride, ...] = ()
    ecd: EcdChoice = EcdChoice.ORIGINAL
    risk: RiskPolicy = RiskPolicy()
    release: tuple[ClassRelease, ...] = ()
    doctor_load_share: Share = 0.85
    chain_minutes: Annotated[int, Field(gt=0, le=480)] = 60
    together_minutes: Annotated[int, Field(ge=0, le=480)] = 60
    max_moves: Annotated[int, Field(ge=0)] | None = None
    move_costs: MoveCosts | None = None
    reseat_bookings: bool = False
    calls_per_day: Annotated[int, Field(gt=0)] = 40
    calls_from: ClockTime = dt.time(9, 0)
