"""Goals of a made-up practice: what its coordinator would write, for each doctor.

The split into procedures is that of the practice's steady day, by what each of them follows from.
"""

from engine.model_day.goals import Driver, Goals, Mix
from engine.practice import ReleaseStep

_STARTS = 32.0
"""A month, for each doctor: about 1.5 on each patient day."""
_PATIENT_DAYS = 21.7
"""A month: the made-up practice sees patients on five weekdays."""

_SHARES: dict[Driver, dict[str, float]] = {
    Driver.EXAM: {"NPEX": 1.0},
    Driver.START: {
        **{"REC": 0.99, "CONF": 0.33, "BOND": 0.44, "BOND2": 0.165, "BND1": 0.165},
        **{"ALDEL": 0.165, "BAND": 0.22, "REPO": 0.33, "SEP": 0.165},
    },
    Driver.ADJUSTMENT: {"ALCHK": 0.092, "ADJS": 0.369, "ADJR": 0.392, "ADJL": 0.138, "PROG": 0.028},
    Driver.DEBOND: {"SCAN": 0.88, "FRET": 0.44, "DEB": 0.66, "DEBR": 0.22, "RETD": 0.66},
    Driver.RETENTION: {"RETC": 0.37, "RETCN": 0.4},
    Driver.OBSERVATION: {"OBS": 0.8},
    Driver.REPAIR: {"REP": 0.9, "EMGX": 0.1},
    Driver.EMERGENCY: {"EMG": 1.0},
    Driver.DAY: {"VIRT": 1.0},
}


def sample_goals(doctors: int = 1) -> Goals:
    """Goals of the sample practice, or of one with so many doctors."""
    early = ReleaseStep.model_validate(
        {"days_before": 1, "at": "15:00", "accepts": ("short", "retention")}
    )
    return Goals.model_validate(
        {
            "starts_per_month": _STARTS * doctors,
            "patient_days_per_month": _PATIENT_DAYS,
            "repairs_per_day": 2.0 * doctors,
            "emergencies_per_day": 2.0 * doctors,
            "mix": tuple(
                Mix(procedure=code, driver=driver, share=share * _times(driver, doctors))
                for driver, shares in _SHARES.items()
                for code, share in shares.items()
            ),
            "holds": {"early_release": early},
        }
    )


def _times(driver: Driver, doctors: int) -> int:
    return doctors if driver is Driver.DAY else 1
