"""`modelday build` end to end on a small practice, and its refusals."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.build_outputs import BUILD_FILES
from engine.cli.main import app
from engine.files import read_problem
from engine.problems import Severity

GOALS = """\
starts_per_month = 6
conversion = 0.7
patient_days_per_month = 4
emergencies_per_day = 0.4
repairs_per_day = 1
months_per_case = 12

[[day_types]]
id = "short"
title = "Short Friday"
weekdays = ["fri"]
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "practice"
    made = run(
        "generate", "--profile", "one-doctor", "--visits", "12", "--seed", "3", "--out", folder
    )
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture(scope="module")
def goals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("goals") / "goals.toml"
    path.write_text(GOALS, "utf-8")
    return path


def test_without_a_folder_the_derivation_alone(practice: Path, goals: Path) -> None:
    result = run("build", goals, "--practice", practice, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert set(told) == {"derivation", "a_day"}
    assert told["derivation"][0].startswith("starts: 6 a month x 12 = 72 a year / 48 patient days")
    # 72 starts a year in 48 days are 1.5 a day.
    assert told["a_day"]["REP"] == 1
    assert told["a_day"]["BAND"] == pytest.approx(1.5 * 0.22)


def test_a_build_is_a_practice_folder_that_can_be_filled(
    practice: Path, goals: Path, tmp_path: Path
) -> None:
    out = tmp_path / "designed"
    result = run(
        *("build", goals, "--practice", practice, "--out", out),
        *("--time-limit", "1", "--workers", "1", "--no-costs", "--json"),
    )
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    day = told["build"]["days"][0]
    assert day["a_month"] == 4
    assert day["objective"] >= day["bound"] - 1e-6
    assert {path.name for path in out.iterdir()} <= set(BUILD_FILES)
    loaded = read_problem(out)
    assert [one for one in loaded.problems if one.severity is Severity.REFUSED] == []
    made = loaded.problem.practice
    assert [one.id for one in made.model_days] == ["short"]
    assert [one.id for one in made.model_days[0].cells] == [
        cell["id"] for cell in day["model_day"]["cells"]
    ]
    assert [(c.model_day, c.weekday) for c in made.model_day_dates if c.weekday] == [
        ("short", "fri")
    ]
    old = read_problem(practice).problem
    assert loaded.problem.visits == old.visits
    assert made.staff == old.practice.staff
    page = (out / "model_days.html").read_text("utf-8")
    assert page.count("<svg viewBox") >= 1
    assert "Short Friday" in page
    text = (out / "derivation.txt").read_text("utf-8")
    assert "starts: 6 a month" in text
    # Four of 4.3 Fridays are planned; the table of places is in the text and on the page.
    assert "calendar: short: its weekdays come 4.3 times a month, planned are 4" in text
    assert "places of a day, visits -> places" in text
    assert "places of a day, visits -&gt; places" in page


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("starts_per_month = -1", "out-of-range"),
        ("starts_per_month = 4000", "out-of-range"),
        ('starts_per_month = "many"', "wrong-type"),
        ("conversion = 0.5", "missing-key"),
        ("starts_per_month = ", "toml-broken"),
    ],
)
def test_bad_goals_are_refused_with_a_remedy(
    practice: Path, tmp_path: Path, line: str, code: str
) -> None:
    path = tmp_path / "goals.toml"
    path.write_text(line + "\n", "utf-8")
    result = run("build", path, "--practice", practice, "--out", tmp_path / "out")
    assert result.exit_code == 2, result.output
    assert f"[{code}]" in result.stderr
    assert "->" in result.stderr
    assert not (tmp_path / "out").exists()


def test_faults_against_the_practice_come_all_at_once(practice: Path, tmp_path: Path) -> None:
    path = tmp_path / "goals.toml"
    text = GOALS.replace('["fri"]', '["sun"]') + "\n[[bands]]\nprocedure_class = 'none'\n"
    path.write_text(text + 'start = "08:00"\nend = "09:00"\n', "utf-8")
    result = run("build", path, "--practice", practice, "--json")
    assert result.exit_code == 2, result.output
    codes = [one["code"] for one in json.loads(result.stdout)["problems"]]
    assert codes == ["no-working-day", "unknown-class"]


def test_faults_of_the_file_and_against_the_practice_come_together(
    practice: Path, tmp_path: Path
) -> None:
    path = tmp_path / "goals.toml"
    path.write_text(GOALS.replace("0.7", "7").replace('["fri"]', '["sun"]'), "utf-8")
    result = run("build", path, "--practice", practice, "--out", practice, "--json")
    assert result.exit_code == 2, result.output
    codes = [one["code"] for one in json.loads(result.stdout)["problems"]]
    assert codes == ["out-is-the-practice", "out-of-range", "no-working-day"]


def test_the_practice_itself_is_never_written_over(practice: Path, goals: Path) -> None:
    result = run("build", goals, "--practice", practice, "--out", practice)
    assert result.exit_code == 2
    assert "out-is-the-practice" in result.stderr
