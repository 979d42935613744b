"""`modelday moves`: what is bought, in words and for machines; the results check."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.main import app
from engine.files import write_problem_json


@pytest.fixture
def practice(tiny, tmp_path: Path) -> Path:
    """V1 can come at nine only, where B1 is, who may move."""
    wanted = (tiny.window("09:00", "09:30"),)
    problem = tiny.problem(
        tiny.visit("V1", availability=wanted), tiny.booking("B1", "09:00", movable=True)
    )
    write_problem_json(problem, tmp_path / "problem.json")
    return tmp_path


def moves(folder: Path, *more: str) -> Result:
    dates = ("--from", "2026-03-03", "--days", "1", "--time-limit", "5", "--workers", "1")
    return CliRunner().invoke(app, ["moves", str(folder / "problem.json"), *dates, *more])


def test_one_move(practice) -> None:
    results = practice / "results"
    more = ("--reproducible", "--results", str(results), "--json")
    result = moves(practice, "--most", "1", *more)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    (move,) = told["moves"]
    assert (move["visit"], move["counts"], move["points"]) == ("B1", 2, 6.0)
    assert {one["kpi"] for one in told["bought"]} >= {"unplaced_visits"}
    check = ["check", str(results / "problem.json"), str(results / "schedule.json")]
    assert CliRunner().invoke(app, check).exit_code == 0


def test_dates_are_needed_where_no_schedule_stands(practice) -> None:
    result = CliRunner().invoke(app, ["moves", str(practice / "problem.json"), "--json"])
    assert result.exit_code == 2
    assert [one["code"] for one in json.loads(result.stdout)["problems"]] == ["not-a-date"]
