"""`modelday simulate`: results, going on after a stop, and refusals."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.cli.main import app
from engine.files import write_problem_json
from engine.generate import generate
from engine.result import Result, Status

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def practice(tmp_path_factory) -> Path:
    made = generate("one-doctor", visits=30, seed=3, booked_share=0.4)
    path = tmp_path_factory.mktemp("practice") / "problem.json"
    write_problem_json(made.problem, path)
    return path


def simulate(practice: Path, out: Path, *more: str):
    arguments = ["simulate", str(practice), "--out", str(out), "--new-a-week", "3", *more]
    return RUNNER.invoke(app, arguments)


SHORT = ("--weeks", "2", "--policy", "first-fit", "--policy", "model-day-only")


def test_table_json_and_csv(practice, tmp_path):
    ran = simulate(practice, tmp_path, *SHORT, "--replications", "1")
    assert ran.exit_code == 0
    assert "no show rate" in ran.stdout
    assert "one year has no interval, in brackets the difference to first-fit" in ran.stdout
    document = json.loads((tmp_path / "year.json").read_text("utf-8"))
    assert document["policies"] == ["first-fit", "model-day-only"]
    assert document["settings"]["weeks"] == 2
    assert document["fallback_weeks"] == {"first-fit": 0, "model-day-only": 0}
    assert "nothing better than best fit" not in ran.stdout
    assert {f["name"] for f in document["figures"]} == {row["figure"] for row in document["rows"]}
    rows = list(csv.DictReader((tmp_path / "year.csv").open(encoding="utf-8")))
    assert len(rows) == len(document["rows"]) > 20
    assert {row["policy"] for row in rows} == {"first-fit", "model-day-only"}
    assert len(list((tmp_path / "runs").glob("*.json"))) == 2


def test_a_year_with_weeks_of_best_fit_says_so(practice, tmp_path, monkeypatch):
    limits = []

    def nothing_found(problem, horizon, settings):
        limits.append(settings)
        return Result(status=Status.UNKNOWN, schedule=None)

    monkeypatch.setattr("engine.filling.fill.fill_days", nothing_found)
    engine = ("--policy", "engine", "--weeks", "2", "--replications", "1")
    ran = simulate(practice, tmp_path, *engine, "--reproducible", "--jobs", "1")
    assert ran.exit_code == 0
    assert [limit.reproducible for limit in limits] == [True, True]
    assert "engine: in 2 of 2 weeks the engine found nothing better than best fit" in ran.stdout
    document = json.loads((tmp_path / "year.json").read_text("utf-8"))
    assert document["fallback_weeks"] == {"engine": 2}


def test_the_same_command_goes_on_where_it_stopped(practice, tmp_path):
    simulate(practice, tmp_path, *SHORT, "--replications", "1")
    made = {p: p.stat().st_mtime_ns for p in (tmp_path / "runs").glob("*.json")}
    ran = simulate(practice, tmp_path, *SHORT, "--replications", "2", "--json")
    assert ran.exit_code == 0
    assert json.loads(ran.stdout)["replications"] == 2
    kept = {p: p.stat().st_mtime_ns for p in (tmp_path / "runs").glob("*.json")}
    assert {p: t for p, t in kept.items() if p in made} == made
    assert len(kept) == 4


def test_years_of_other_code_are_made_anew_and_named(practice, tmp_path, monkeypatch):
    one = ("--weeks", "2", "--policy", "first-fit", "--replications", "1", "--jobs", "1")
    simulate(practice, tmp_path, *one)
    again = simulate(practice, tmp_path, *one)
    assert "other code" not in again.stderr
    monkeypatch.setattr("engine.simulate.replicate.code_version", lambda: "changed")
    anew = simulate(practice, tmp_path, *one)
    assert anew.exit_code == 0
    assert "first-fit 1: made by other code; made anew" in anew.stderr
    (kept,) = (tmp_path / "runs").glob("*.json")
    assert json.loads(kept.read_text("utf-8"))["code"] == "changed"


def test_ctrl_c_says_where_the_finished_years_are(practice, tmp_path, monkeypatch):
    def interrupted(*asked, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.simulate.replicate.replicate", interrupted)
    ran = simulate(practice, tmp_path, *SHORT)
    assert ran.exit_code == 130
    assert not (tmp_path / "year.json").exists()


def test_everything_wrong_is_said_at_once(practice, tmp_path):
    ran = simulate(practice, tmp_path, "--weeks", "0", "--policy", "guess", "--json")
    assert ran.exit_code == 2
    codes = [problem["code"] for problem in json.loads(ran.stdout)["problems"]]
    assert codes == ["year-weeks", "year-policy"]
    assert not (tmp_path / "year.json").exists()


def test_another_seed_needs_another_folder(practice, tmp_path):
    simulate(practice, tmp_path, *SHORT, "--replications", "1")
    ran = simulate(practice, tmp_path, *SHORT, "--replications", "1", "--seed", "2", "--json")
    assert ran.exit_code == 2
    codes = [problem["code"] for problem in json.loads(ran.stdout)["problems"]]
    assert codes == ["year-other-settings"]
