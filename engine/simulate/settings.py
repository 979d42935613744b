"""What a practice year is made of: length, demand, habits of patients and desk, limits of a fill.

Rates and their sources. Exams: 3.3 exam places a day (see `engine.generate.mix`). Acceptance 60.6 %
after the 20 % of exams that go to observation: Gaidge, "Data at a Glance: 10 Essential Metrics
for Orthodontic Practice Growth", gaidge.com, September 2025. Breakage: 14 % of brackets fail and
each failure costs 0.6 months (D. Stasinopoulos, S. N. Papageorgiou, F. Kirsch, N. Daratsianos, A.
Jaeger, C. Bourauel, "Failure patterns of different bracket systems and their influence on treatment
duration: A retrospective cohort study", The Angle Orthodontist 88(3), 2018, pages 338-347); about
two breakages a case are assumed. Contract months: K. J. Skidmore, K. J. Brook, W. M. Thomson, W. J.
Harding, "Factors influencing treatment time in orthodontic patients", American Journal of
Orthodontics and Dentofacial Orthopedics 129(2), 2006, mean 23.5, standard deviation 4.7. Cancelled:
71 % on the day and 17 % the day before (R. Lalloo, J. M. McDonald, "Appointment attendance at a
remote rural dental training facility in Australia", BMC Oral Health 13, 2013, article 36).
Retention checks at about 1, 3, 6, 12 and 24 months. Everything else is an assumption of this
project.
"""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from engine.practice import Frozen
from engine.simulate.care_path import CarePath, Share, shares_of_one

Few = Annotated[int, Field(ge=0, le=180)]
"""Days at the desk."""


class PatientSettings(Frozen):
    """How patients come, decide and behave. Shares of one, rates by week, times in days.

    `known_share`: of the patients that the practice has, so many are taken into the year; below 1
    it makes an overfull practice one that can keep up. `observation_starts`, `observation_leaves`:
    of each look. `records_at_exam`: the rest have records taken apart. `planned_reserve`: the
    share of the contract that the planned visits leave free. `repair_adds_visit`: repairs that
    use up what a visit should have done. `retention_days`: checks, counted from the debond.
    `miss_rate`: of visits missed or kept, at the beginning; `cancelled_early`: of cancellations,
    in time for the fill. `frailty_shape`: of the gamma frailty, small is uneven. `extends_ecd`:
    completion dates that are moved once they have passed.
    """

    known_share: Share = 1.0
    new_a_week: Annotated[float, Field(ge=0, le=500)] = 12.0
    observation_share: Share = 0.20
    acceptance: Share = 0.606
    observation_starts: Share = 0.12
    observation_leaves: Share = 0.12
    observation_days: Annotated[int, Field(ge=28, le=730)] = 182
    records_at_exam: Share = 0.5
    aligner_share: Share = 0.18
    contract_months_mean: Annotated[float, Field(ge=6, le=60)] = 22.0
    contract_months_sd: Annotated[float, Field(ge=0, le=24)] = 4.0
    interval_days: tuple[tuple[Annotated[int, Field(ge=7, le=200)], Share], ...] = (
        *((28, 0.1), (42, 0.4), (49, 0.25), (56, 0.25)),
    )
    planned_reserve: Share = 0.14
    planned_reserve_sd: Share = 0.05
    breakages_a_week: Annotated[float, Field(ge=0, le=5)] = 0.021
    comfort_share: Share = 0.4
    repair_adds_visit: Share = 0.35
    retention_days: tuple[Annotated[int, Field(ge=1, le=3650)], ...] = (42, 91, 182, 365, 730)
    miss_rate: Annotated[float, Field(gt=0, lt=0.5)] = 0.05
    cancel_rate: Annotated[float, Field(ge=0, lt=0.5)] = 0.08
    cancelled_early: Share = 0.12
    frailty_shape: Annotated[float, Field(ge=0.05, le=100)] = 0.8
    miss_drift_a_year: Annotated[float, Field(ge=-1, le=1)] = 0.1
    extends_ecd: Share = 0.5

    @field_validator("observation_leaves")
    @classmethod
    def _one_fate_each(cls, leaves: float, known: ValidationInfo) -> float:
        starts = known.data.get("observation_starts", 0.0)
        if starts + leaves > 1:
            raise ValueError(f"at most {1 - starts:g}, what observation_starts leaves of 1")
        return leaves

    @field_validator("interval_days")
    @classmethod
    def _some_interval(cls, mix: tuple[tuple[int, float], ...]) -> tuple[tuple[int, float], ...]:
        if not any(share > 0 for _, share in mix):
            raise ValueError("pairs of days and shares, at least one with a share above 0")
        return shares_of_one(mix)

    @field_validator("retention_days")
    @classmethod
    def _ever_later(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if list(days) != sorted(set(days)):
            raise ValueError("days after the debond, each later than the one before")
        return days


class DeskSettings(Frozen):
    """Booking at checkout: the same in all policies. `checkout_share` of the visits are booked."""

    checkout_share: Share = 0.85
    longest_lead_days: Annotated[int, Field(ge=1, le=180)] = 70
    earlier_days: Few = 7
    later_days: Few = 14


class EngineSettings(Frozen):
    """Limits of one weekly fill by the engine.

    `reproducible`: `seconds` count solver work, so that a year comes out the same anywhere.
    """

    seconds: Annotated[float, Field(gt=0, le=3600)] = 5.0
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    reproducible: bool = False


class YearSettings(Frozen):
    """One practice year. Figures count from the end of `warm_up_weeks` on."""

    weeks: Annotated[int, Field(ge=1, le=260)] = 52
    warm_up_weeks: Annotated[int, Field(ge=0)] = 8
    horizon_weeks: Annotated[int, Field(ge=1, le=4)] = 1
    patients: PatientSettings = PatientSettings()
    desk: DeskSettings = DeskSettings()
    engine: EngineSettings = EngineSettings()
    path: CarePath = CarePath()

    @field_validator("warm_up_weeks")
    @classmethod
    def _something_counted(cls, warm_up: int, known: ValidationInfo) -> int:
        weeks = known.data.get("weeks")
        if weeks is not None and warm_up >= weeks:
            raise ValueError(f"below the {weeks} weeks of the year, or nothing is counted")
        return warm_up
