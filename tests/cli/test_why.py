"""`modelday why`: explained is 0, bad input 2; one JSON document for machines."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.main import app
from engine.files import write_problem_json, write_schedule


@pytest.fixture
def plan(tiny, tmp_path: Path) -> Path:
    """Both visits want the same half-hour of the one chair; V2 has no time."""
    wanted = (tiny.window("09:00", "09:30"),)
    visits = [tiny.visit(name, availability=wanted) for name in ("V1", "V2")]
    problem = tiny.problem(*visits)
    write_problem_json(problem, tmp_path / "problem.json")
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00"), start=tiny.tuesday, days=1)
    write_schedule(schedule, tmp_path / "schedule.json")
    return tmp_path


def why(folder: Path, *more: str) -> Result:
    files = (str(folder / "problem.json"), "--schedule", str(folder / "schedule.json"))
    return CliRunner().invoke(app, ["why", *files, *more])


def test_every_visit_without_a_time(plan) -> None:
    result = why(plan)
    assert result.exit_code == 0, result.output
    assert "V2 (ADJ, 20 min) has no time" in result.stdout
    assert "way out: accept any time" in result.stdout
    assert "V1 (ADJ" not in result.stdout


def test_why_not_then_as_one_json_document(plan) -> None:
    result = why(plan, "--visit", "V1", "--at", "2026-03-03T16:00", "--json")
    assert result.exit_code == 0, result.output
    (told,) = json.loads(result.stdout)["explanations"]
    assert told["placed"] == "2026-03-03T09:00:00"
    assert [refusal["rule"] for refusal in told["asked"]["refusals"]] == ["availability"]
    assert told["asked"]["refusals"][0]["name"] == "When the patient can come"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--visit", "V9"], "unknown-visit"),
        (["--at", "2026-03-03T16:00"], "moment-without-visit"),
        (["--visit", "V1", "--at", "Tuesday at four"], "not-a-moment"),
        (["--visit", "V1", "--at", "2026-05-03T16:00"], "moment-outside"),
    ],
)
def test_bad_input(plan, more, code) -> None:
    result = why(plan, *more, "--json")
    assert result.exit_code == 2
    assert [one["code"] for one in json.loads(result.stdout)["problems"]] == [code]


def test_a_schedule_of_another_book_is_refused(plan, tiny) -> None:
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"))
    wrong = tiny.schedule(
        problem, tiny.place("V1", "09:00"), tiny.place("V2", "09:05"), start=tiny.tuesday, days=1
    )
    write_schedule(wrong, plan / "schedule.json")
    result = why(plan, "--json")
    assert result.exit_code == 2
    codes = {one["code"] for one in json.loads(result.stdout)["problems"]}
    assert "schedule-breaks-chair-once" in codes
