"""`modelday build` end to end on a small practice, and its refusals."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.build_outputs import BUILD_FILES
from engine.cli.main import app
from engine.cli.sample_folder import write_sample
from engine.files import SLOTS_FILE, model_text, read_problem, read_template
from engine.model_day.built import BuiltDays
from engine.model_day.design import design_day
from engine.model_day.judge import DesignFault
from engine.practice import Cell, SlotPrices
from engine.problems import Severity

FLAT = SlotPrices()
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


def test_without_a_folder_it_is_said_that_nothing_was_written(practice: Path) -> None:
    """The practice is that of the goals' folder where none is named."""
    own = practice / "goals.toml"
    own.write_text(GOALS, "utf-8")
    before = {path.name: path.read_bytes() for path in practice.iterdir()}
    result = run("build", own)
    assert result.exit_code == 0, result.output
    assert "Nothing was designed and nothing written: that takes --out FOLDER." in result.stderr
    assert {path.name: path.read_bytes() for path in practice.iterdir()} == before
    own.unlink()


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


def test_another_design_can_be_taken(practice: Path, goals: Path, tmp_path: Path) -> None:
    """`design_2.toml` is a template: `migrate` writes the practice with it."""
    out, taken = tmp_path / "designed", tmp_path / "taken"
    (practice / SLOTS_FILE).write_text(model_text(FLAT), "utf-8")
    result = run(
        *("build", goals, "--practice", practice, "--out", out, "--designs", "2"),
        *("--time-limit", "120", "--gap", "0.9", "--workers", "1", "--no-costs"),
    )
    assert result.exit_code == 0, result.output
    most = "For each day type at most 120 s for the design, 60 s for each further one."
    assert most in result.stderr
    other = out / "design_2.toml"
    assert f"{other} (`modelday migrate {out} {other} --adopt FOLDER`" in result.stdout
    assert not (out / "design_3.toml").exists()
    assert run("migrate", out, other, "--adopt", taken).exit_code == 0
    first, second = read_problem(out).problem, read_problem(taken).problem
    assert first.practice.model_days != second.practice.model_days
    assert second.practice.model_days == read_template(other).model_days
    assert first.practice.model_day_dates == second.practice.model_day_dates
    assert second.practice.closures == first.practice.closures
    assert second.bookings == first.bookings
    assert first.slot_prices == second.slot_prices == FLAT
    refused = run("migrate", out, other, "--adopt", out)
    assert refused.exit_code == 2
    assert "out-is-the-practice" in refused.stderr
    (practice / SLOTS_FILE).unlink()


def test_a_day_that_the_judge_refuses_is_said(
    practice: Path, goals: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback: a line with the judge's sentence, exit code 1, and the old day stays."""
    fault = DesignFault(rule="cell_marks", sentence="cell short-01 begins at 08:05")
    monkeypatch.setattr(design_day, "judge", lambda *_: (fault,))
    out = tmp_path / "designed"
    result = run(
        *("build", goals, "--practice", practice, "--out", out),
        *("--time-limit", "1", "--workers", "1"),
    )
    assert result.exit_code == 1, result.output
    assert "no model day, the judge refused it: cell_marks: cell short-01" in result.stdout
    old = {one.id: one for one in read_problem(practice).problem.practice.model_days}
    assert read_problem(out).problem.practice.model_days == (old["short"],)


@pytest.mark.long
def test_the_sample_goals_go_from_build_to_a_checked_week(tmp_path: Path) -> None:
    """Derivation, days with bound and prices, pictures, a fill on them, the checker's word."""
    practice, out, week = tmp_path / "practice", tmp_path / "designed", tmp_path / "week"
    write_sample(practice)
    made = run("build", practice / "goals.toml", "--out", out, "--time-limit", "10")
    assert made.exit_code == 0, made.output
    built = BuiltDays.model_validate_json((out / "build.json").read_text("utf-8"))
    assert [one.day_type for one in built.days] == ["full", "catch-up", "short"]
    for day in built.days:
        assert day.objective is not None
        assert day.bound is not None
        assert 0 <= day.bound <= day.objective
        # What one more new patient costs is said, or that it was not found in the time there was.
        own = [line for line in built.costs if line.startswith(f"{day.day_type}: ")]
        assert any("one more NPEX a day" in line for line in own)
    assert len(built.simplicity) == 3
    assert all(0 <= one.at_least <= one.at_most for one in built.simplicity)
    assert (out / "derivation.txt").read_text("utf-8").startswith("starts: ")
    assert (out / "model_days.html").read_text("utf-8").count("<svg viewBox") >= 3
    dates = ("--from", "2026-03-09", "--days", "7")
    filled = run("fill", out, *dates, "--time-limit", "20", "--out", week)
    assert filled.exit_code == 0, filled.output
    checked = run("check", out, week / "schedule.json")
    assert checked.exit_code == 0, checked.output
    cells = {(name, cell.id) for name, cell in _cells(out)}
    with (week / "adherence.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set() < {(row["model_day"], row["cell"]) for row in rows} <= cells
    # The week's book was made on other days; new visits stand in cells of their own class, too.
    assert Counter(row["state"] for row in rows)["kept"] > 0
    assert json.loads((week / "result.json").read_text("utf-8"))["adherence"]["own_minutes"] > 0


def _cells(folder: Path) -> list[tuple[str, Cell]]:
    days = read_problem(folder).problem.practice.model_days
    return [(day.id, cell) for day in days for cell in day.cells]
