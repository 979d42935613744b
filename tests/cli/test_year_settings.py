"""Settings of a practice year: the command line over the file over defaults."""

from pathlib import Path

import pytest

from engine.cli.year_settings import year_settings
from engine.problems import PracticeProblemsError

FILE = """
weeks = 26

[patients]
miss_rate = 0.08
known_share = 0.5

[path]
exam = [["EXAM", 1.0]]
"""


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "year.toml"
    path.write_text(FILE, "utf-8")
    return path


def test_defaults_go_by_doctors_and_sample():
    own = year_settings(None, {}, doctors=2, sample=False)
    assert (own.weeks, own.warm_up_weeks) == (52, 8)
    assert (own.patients.new_a_week, own.patients.known_share) == (24.0, 1.0)
    assert year_settings(None, {}, doctors=1, sample=True).patients.known_share == 0.8


def test_the_file_goes_over_the_defaults(file):
    settings = year_settings(file, {"weeks": None}, doctors=1, sample=True)
    assert (settings.weeks, settings.warm_up_weeks) == (26, 6)  # a quarter, rounded down
    assert (settings.patients.miss_rate, settings.patients.known_share) == (0.08, 0.5)
    assert settings.patients.new_a_week == 12.0
    assert settings.path.exam == (("EXAM", 1.0),)


def test_options_go_over_the_file(file):
    options = {"weeks": 4, "miss_rate": 0.02, "seconds": 9.0, "warm_up": 3, "known_share": None}
    settings = year_settings(file, options, doctors=1, sample=False)
    assert (settings.weeks, settings.warm_up_weeks) == (4, 3)
    assert (settings.patients.miss_rate, settings.patients.known_share) == (0.02, 0.5)
    assert settings.engine.seconds == 9.0


def test_unknown_keys_and_wrong_types_are_named_together(tmp_path):
    path = tmp_path / "year.toml"
    path.write_text('weks = 3\npatients = 7\n[engine]\nseconds = "fast"\n', "utf-8")
    with pytest.raises(PracticeProblemsError) as refused:
        year_settings(path, {}, doctors=1, sample=True)
    places = {fault.where for fault in refused.value.problems}
    assert places == {"weks", "patients", "engine.seconds"}


def test_a_warm_up_of_its_own_is_held_against_the_weeks(file):
    with pytest.raises(PracticeProblemsError, match="warm_up_weeks: is 30 -> it should be below"):
        year_settings(file, {"warm_up": 30}, doctors=1, sample=False)


def test_what_is_no_toml_is_refused(tmp_path):
    path = tmp_path / "year.toml"
    path.write_text("weeks = \n", "utf-8")
    with pytest.raises(PracticeProblemsError, match="not-toml"):
        year_settings(path, {}, doctors=1, sample=True)
