"""`modelday repair`: a schedule is 0, none 1, bad input 2; files all or nothing."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.main import app
from engine.cli.repair_command import REPAIR_FILES
from engine.files import write_problem_json, write_schedule


@pytest.fixture
def plan(tiny, tmp_path: Path) -> Path:
    problem = tiny.problem(
        tiny.booking("B1", "09:00"),
        tiny.booking("B2", "09:00", "C2"),
        clinic=2,
        assistants=2,
        doctors=2,
    )
    write_problem_json(problem, tmp_path / "problem.json")
    placed = (
        tiny.place("B1", "09:00"),
        tiny.place("B2", "09:00", chair="C2", staff="AS2", doctor="DR2"),
    )
    schedule = tiny.schedule(problem, *placed, start=tiny.tuesday, days=1)
    write_schedule(schedule, tmp_path / "schedule.json")
    return tmp_path


def repair(folder: Path, *more: str) -> Result:
    files = (str(folder / "problem.json"), "--schedule", str(folder / "schedule.json"))
    return CliRunner().invoke(app, ["repair", *files, *more])


def test_the_results_check(plan) -> None:
    results = plan / "repaired"
    result = repair(plan, "--date", "2026-03-03", "--out", "AS2", "--results", str(results))
    assert result.exit_code == 0, result.output
    assert "1 call; no schedule of the day needs fewer." in result.stdout
    assert {path.name for path in results.iterdir()} == set(REPAIR_FILES)
    (row,) = csv.DictReader((results / "day_calls.csv").open())
    assert row["old_time"] == "2026-03-03 09:00"
    assert row["new_time"] != ""
    check = ["check", str(results / "problem.json"), str(results / "schedule.json")]
    assert CliRunner().invoke(app, check).exit_code == 0


def test_one_json_document(plan) -> None:
    result = repair(plan, "--date", "2026-03-03", "--out", "AS1:08:00-12:00", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["found"], told["fewest"], told["at_least"]) == (True, True, 1)
    assert len(told["calls"]) == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--date", "2026-03-03", "--out", "AS9"], "unknown-staff"),
        (["--date", "2026-03-09", "--out", "AS1"], "date-outside"),
        (["--date", "3 March", "--out", "AS1"], "not-a-date"),
        (["--date", "2026-03-03", "--out", "AS1", "--now", "early"], "not-a-moment"),
    ],
)
def test_bad_input(plan, more, code) -> None:
    result = repair(plan, *more, "--json")
    assert result.exit_code == 2
    assert [one["code"] for one in json.loads(result.stdout)["problems"]] == [code]
