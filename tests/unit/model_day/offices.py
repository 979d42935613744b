"""Goals and small offices for the tests of model days."""

from pathlib import Path

from engine.generate.catalogue import PROCEDURES
from engine.generate.generate import AS_OF
from engine.generate.practice import empty_problem
from engine.generate.profiles import profile_of
from engine.model_day.goals import Goals
from engine.practice import Practice, Problem


def fixture_goals(**changes: object) -> Goals:
    """The worked derivation: 300 starts a year in 165 days, 22 months, every eight weeks."""
    return Goals(starts_per_month=25, conversion=0.606, **changes)  # type: ignore[arg-type]


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
