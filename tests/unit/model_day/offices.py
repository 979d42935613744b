"""Goals and small offices for the tests of model days."""

from pathlib import Path

from engine.generate.catalogue import PROCEDURES
from engine.generate.generate import AS_OF
from engine.generate.practice import empty_problem
from engine.generate.profiles import profile_of
from engine.model_day.goals import Driver, Goals, Mix
from engine.practice import Practice, Problem

SAMPLE_MIX = {
    Driver.EXAM: {"NPEX": 1.0},
    Driver.START: {"REC": 0.99, "CONF": 0.33, "BOND": 0.44, "BOND2": 0.165, "BND1": 0.165}
    | {"ALDEL": 0.165, "BAND": 0.22, "REPO": 0.33, "SEP": 0.165},
    Driver.ADJUSTMENT: {"ALCHK": 0.092, "ADJS": 0.369, "ADJR": 0.392, "ADJL": 0.138}
    | {"PROG": 0.028},
    Driver.DEBOND: {"SCAN": 0.88, "FRET": 0.44, "DEB": 0.66, "DEBR": 0.22, "RETD": 0.66},
    Driver.RETENTION: {"RETC": 0.37, "RETCN": 0.4},
    Driver.OBSERVATION: {"OBS": 0.8},
    Driver.REPAIR: {"REP": 1.0},
    Driver.EMERGENCY: {"EMG": 0.5},
}
"""The split of the sample practice's steady day, by driver."""


def fixture_goals(**changes: object) -> Goals:
    """The worked derivation: 300 starts a year in 165 days, 22 months, every eight weeks."""
    return Goals(starts_per_month=25, conversion=0.606, **changes)  # type: ignore[arg-type]


def sample_goals(**changes: object) -> Goals:
    """Goals of the one-doctor sample practice, 18 patient days a month."""
    values: dict[str, object] = {
        "starts_per_month": 32,
        "conversion": 0.70,
        "patient_days_per_month": 18,
        "mix": tuple(
            Mix(procedure=code, driver=driver, share=share)
            for driver, shares in SAMPLE_MIX.items()
            for code, share in shares.items()
        ),
    }
    return Goals(**(values | changes))  # type: ignore[arg-type]


def sample_problem(profile: str = "one-doctor") -> Problem:
    """A made-up practice without a visit."""
    return empty_problem(profile_of(profile), AS_OF)


def catalogue_practice() -> Practice:
    """The sample practice with the twenty procedures of the worked derivation."""
    codes = [
        "NPEX",
        "REC",
        "CONF",
        "BOND",
        "BND1",
        "BAND",
        "ALDEL",
        "ALCHK",
        "ADJS",
        "ADJR",
        "ADJL",
        "REPO",
        "REP",
        "EMG",
        "SCAN",
        "FRET",
        "DEB",
        "RETD",
        "RETC",
        "OBS",
    ]
    kept = tuple(procedure for procedure in PROCEDURES if procedure.code in codes)
    return sample_problem().practice.model_copy(update={"procedures": kept})


def written(path: Path, text: str) -> Path:
    """A goals file."""
    path.write_text(text, "utf-8")
    return path
