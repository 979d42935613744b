"""What a practice year is made of: length, demand, habits of patients and desk, limits of a fill.

Rates and their sources. Exams: 3.3 exam places a day (see `engine.generate.mix`). Acceptance 60.6 %
after the 20 % of exams that go to observation: Gaidge, "Metrics for orthodontic practice growth".
Breakage: 14 % of brackets fail and each failure costs 0.6 months ("Bracket failure and treatment
duration", The Angle Orthodontist, PMC8288329); about two breakages a case are assumed. Contract
months: K. J. Skidmore, K. J. Brook, W. M. Thomson, W. J. Harding, "Factors influencing treatment
time in orthodontic patients", American Journal of Orthodontics and Dentofacial Orthopedics 129(2),
2006, mean 23.5, standard deviation 4.7. Cancelled: 71 % on the day and 17 % the day before (BMC
Oral Health 2013, doi 10.1186/1472-6831-13-36). Retention checks at about 1, 3, 6, 12 and 24
months. Everything else is an assumption of this project.
"""

from engine.practice import Frozen
from engine.simulate.care_path import CarePath


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

    known_share: float = 1.0
    new_a_week: float = 12.0
    observation_share: float = 0.20
    acceptance: float = 0.606
    observation_starts: float = 0.12
    observation_leaves: float = 0.12
    observation_days: int = 182
    records_at_exam: float = 0.5
    aligner_share: float = 0.18
    contract_months_mean: float = 22.0
    contract_months_sd: float = 4.0
    interval_days: tuple[tuple[int, float], ...] = ((28, 0.1), (42, 0.4), (49, 0.25), (56, 0.25))
    planned_reserve: float = 0.14
    planned_reserve_sd: float = 0.05
    breakages_a_week: float = 0.021
    comfort_share: float = 0.4
    repair_adds_visit: float = 0.35
    retention_days: tuple[int, ...] = (42, 91, 182, 365, 730)
    miss_rate: float = 0.05
    cancel_rate: float = 0.08
    cancelled_early: float = 0.12
    frailty_shape: float = 0.8
    miss_drift_a_year: float = 0.1
    extends_ecd: float = 0.5


class DeskSettings(Frozen):
    """Booking at checkout: the same in all policies. `checkout_share` of the visits are booked."""

    checkout_share: float = 0.85
    longest_lead_days: int = 70
    earlier_days: int = 7
    later_days: int = 14


class EngineSettings(Frozen):
    """Limits of one weekly fill by the engine."""

    seconds: float = 5.0
    workers: int = 2


class YearSettings(Frozen):
    """One practice year. Figures count from the end of `warm_up_weeks` on."""

    weeks: int = 52
    warm_up_weeks: int = 8
    horizon_weeks: int = 1
    patients: PatientSettings = PatientSettings()
    desk: DeskSettings = DeskSettings()
    engine: EngineSettings = EngineSettings()
    path: CarePath = CarePath()
