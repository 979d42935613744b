"""`modelday what-if`: results, refusals, and the example."""

import csv
import datetime as dt
import json
import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from engine.cli.main import app
from engine.files import write_problem_json
from engine.generate import generate
from engine.generate.sample import rolling_book
from engine.practice import Horizon
from engine.what_if.changes.every import AnyChange
from engine.what_if.faults import scenario_faults
from engine.what_if.read_scenarios import read_scenarios
from engine.what_if.scenarios import Scenario

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def practice(tmp_path_factory) -> Path:
    made = generate("one-doctor", visits=12, seed=3, booked_share=0.4)
    path = tmp_path_factory.mktemp("practice") / "problem.json"
    write_problem_json(made.problem, path)
    return path


def asked(folder: Path, text: str) -> Path:
    path = folder / "scenarios.toml"
    path.write_text(text, "utf-8")
    return path


def what_if(practice: Path, scenarios: Path, out: Path, *more: str):
    arguments = ["what-if", str(practice), str(scenarios), "--out", str(out), *more]
    return RUNNER.invoke(app, arguments)


SHORT = ("--seconds", "2", "--repeats", "1", "--workers", "1", "--jobs", "1")

TWO = """
[settings]
steps = 100
[[scenario]]
name = "Friday closed"
change = [{ kind = "day_closed", weekdays = ["fri"] }]
[[scenario]]
name = "more"
change = [{ kind = "demand_up", percent = 50 }]
"""


def test_table_page_json_and_csv(practice, tmp_path):
    out = tmp_path / "out"
    ran = what_if(practice, asked(tmp_path, TWO), out, *SHORT, "--confirm", "1")
    assert ran.exit_code == 0, ran.output
    assert "Friday closed" in ran.stdout
    document = json.loads((out / "what_if.json").read_text("utf-8"))
    assert document["screened"] == 2
    assert [one["name"] for one in document["scenarios"]] == ["Friday closed", "more"]
    solved = [one for one in document["scenarios"] if one["figures"]]
    assert len(solved) == 1
    assert solved[0]["difference"] is not None
    rows = list(csv.DictReader((out / "what_if.csv").open(encoding="utf-8")))
    assert {row["figure"] for row in rows} >= {"bound", "objective", "unplaced_visits", "calls"}
    assert "Friday closed" in (out / "what_if.html").read_text("utf-8")
    assert sorted(path.name for path in out.iterdir()) == sorted(
        ("what_if.csv", "what_if.html", "what_if.json")
    )


BAD = """
[[scenario]]
name = "unknown"
change = [{ kind = "staff_out", staff = ["AS77"] }, { kind = "chair_closed", chairs = ["Q"] }]
[[scenario]]
name = "typo"
change = [{ kind = "staff_oud" }]
"""


def test_everything_wrong_is_said_at_once_and_nothing_is_written(practice, tmp_path):
    out = tmp_path / "out"
    ran = what_if(practice, asked(tmp_path, BAD), out, "--json")
    assert ran.exit_code == 2
    problems = json.loads(ran.stdout)["problems"]
    assert [one["where"] for one in problems if "unknown" in one["where"]] == [
        "scenario 'unknown', change 1 (staff_out)",
        "scenario 'unknown', change 2 (chair_closed)",
    ]
    assert any("scenario 'typo'" in one["where"] for one in problems)
    assert not out.exists()


def test_ctrl_c_leaves_nothing_half_done(practice, tmp_path, monkeypatch):
    def interrupted(*asked, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.what_if.compare_scenarios.compare_scenarios", interrupted)
    out = tmp_path / "out"
    ran = what_if(practice, asked(tmp_path, TWO), out, *SHORT)
    assert ran.exit_code == 1
    assert list(out.iterdir()) == []


def test_options_win_over_the_file(practice, tmp_path):
    text = TWO.replace("[settings]", "[settings]\nseconds = 500\nrepeats = 9\nconfirm = 7")
    out = tmp_path / "out"
    ran = what_if(practice, asked(tmp_path, text), out, "--repeats", "1", "--confirm", "0")
    assert ran.exit_code == 0, ran.output
    settings = json.loads((out / "what_if.json").read_text("utf-8"))["settings"]
    assert (settings["repeats"], settings["confirm"]) == (1, 0)
    assert (settings["seconds"], settings["steps"]) == (500, 100)


def test_the_example_fits_the_sample_practice(tmp_path):
    printed = RUNNER.invoke(app, ["what-if", "--example"])
    assert printed.exit_code == 0
    assert len(tomllib.loads(printed.stdout)["scenario"]) >= 8
    read = read_scenarios(asked(tmp_path, printed.stdout))
    assert read.faults == ()
    sample = rolling_book()
    assert sample.horizon == Horizon(start=dt.date(2026, 3, 9), days=read.settings.days)
    assert list(scenario_faults(sample.problem, sample.horizon, read.scenarios)) == []


def test_the_example_shows_every_kind_with_all_its_keys():
    """Each alone is a sound scenario of the sample practice."""
    printed = RUNNER.invoke(app, ["what-if", "--example"]).stdout
    lines = re.findall(r"^# (\{ kind = .*?\})", printed, re.MULTILINE)
    shown = [tomllib.loads(f"change = [{line}]")["change"][0] for line in lines]
    fields = {
        get_args(kind.model_fields["kind"].annotation)[0]: set(kind.model_fields)
        for kind in get_args(get_args(AnyChange)[0])
    }
    assert sorted(one["kind"] for one in shown) == sorted(fields)
    said_above = {"dates", "weekdays", "start", "end"}
    for one in shown:
        assert set(one) | said_above == fields[one["kind"]] | said_above
    sample = rolling_book()
    for one in shown:
        scenario = Scenario.model_validate({"name": "x", "change": [one]})
        assert list(scenario_faults(sample.problem, sample.horizon, [scenario])) == []


def test_what_is_known_when_it_is_stopped_is_written(practice, tmp_path, monkeypatch):
    """Ctrl-C as the bound of the first scenario is told of."""

    def stop(said: str) -> None:
        if said == "Friday closed: bound":
            raise KeyboardInterrupt

    monkeypatch.setattr("engine.cli.what_if_command._say", stop)
    out = tmp_path / "out"
    ran = what_if(practice, asked(tmp_path, TWO), out, *SHORT)
    assert ran.exit_code == 130, ran.output
    assert "Stopped early: nothing is known of more." in ran.stdout
    document = json.loads((out / "what_if.json").read_text("utf-8"))
    assert (document["stopped"], document["left_out"]) == (True, ["more"])
    assert [one["name"] for one in document["scenarios"]] == ["Friday closed"]
    assert "Stopped early" in (out / "what_if.html").read_text("utf-8")
