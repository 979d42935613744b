"""`modelday measure --simulate`: the days of a schedule, run many times."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.cli.main import app
from engine.files import write_problem_json, write_schedule
from engine.filling.by_hand import fill_by_hand
from engine.generate import generate

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> tuple[str, str]:
    made = generate("one-doctor", visits=40, seed=3)
    folder: Path = tmp_path_factory.mktemp("measured")
    write_problem_json(made.problem, folder / "problem.json")
    schedule = fill_by_hand(made.problem, made.horizon)
    write_schedule(schedule, folder / "schedule.json")
    return str(folder / "problem.json"), str(folder / "schedule.json")


def days(files: tuple[str, str], *more: str) -> list[dict]:
    ran = RUNNER.invoke(app, ["measure", *files, "--simulate", "--runs", "20", "--json", *more])
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)["days"]


def test_every_day_with_visits_has_its_figures(files):
    placements = json.loads(Path(files[1]).read_text("utf-8"))["placements"]
    by_day = [placement["date"] for placement in placements]
    found = days(files)
    assert {day["day"]: day["visits"] for day in found} == {d: by_day.count(d) for d in by_day}
    assert all(0 <= day["late_probability"] <= 1 and day["runs"] == 20 for day in found)
    assert any(day["wait"] > 0 for day in found)


def test_the_seed_decides(files):
    assert days(files) == days(files)
    assert days(files) != days(files, "--seed", "5")


def test_people_get_a_table(files):
    ran = RUNNER.invoke(app, ["measure", *files, "--simulate", "--runs", "5"])
    assert ran.exit_code == 0
    assert "doctor overtime" in ran.stdout
    assert "5 runs of each day" in ran.stdout
    assert "standard error of the mean" in ran.stdout
    assert ran.stdout.count(" ± ") == 3 * len(days(files))


def test_too_few_runs_are_refused(files):
    ran = RUNNER.invoke(app, ["measure", *files, "--simulate", "--runs", "1", "--json"])
    assert ran.exit_code == 2
    assert [problem["code"] for problem in json.loads(ran.stdout)["problems"]] == ["runs"]


def test_without_the_option_nothing_is_run(files):
    ran = RUNNER.invoke(app, ["measure", *files, "--json"])
    assert ran.exit_code == 0
    assert "days" not in json.loads(ran.stdout)
