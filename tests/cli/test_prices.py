"""`modelday prices`: the heat map as table, page, picture and JSON."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.cli.main import app
from engine.files import write_problem_json
from engine.generate import generate
from engine.what_if.tasks import BoundTask

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def practice(tmp_path_factory) -> Path:
    made = generate("one-doctor", visits=12, seed=3, booked_share=0.4)
    path = tmp_path_factory.mktemp("practice") / "problem.json"
    write_problem_json(made.problem, path)
    return path


def prices(practice: Path, out: Path, *more: str):
    arguments = ["prices", str(practice), "--from", "2026-03-09", "--days", "2"]
    return RUNNER.invoke(app, [*arguments, "--steps", "100", "--out", str(out), *more])


def test_table_page_picture_and_json(practice, tmp_path):
    ran = prices(practice, tmp_path)
    assert ran.exit_code == 0, ran.output
    assert "2026-03-09 morning" in ran.stdout
    document = json.loads((tmp_path / "prices.json").read_text("utf-8"))
    # Two days of two halves, for assistants, doctors and chairs; nothing was solved again.
    assert len(document["prices"]) == 2 * 2 * 3
    assert all(one["points_per_hour"] >= 0 for one in document["prices"])
    assert document["check"] is None
    assert (tmp_path / "prices.png").read_bytes().startswith(b"\x89PNG")
    assert "Do the prices hold?" not in (tmp_path / "prices.html").read_text("utf-8")


def test_a_check_is_printed_and_kept(practice, tmp_path):
    short = ("--seconds", "1", "--repeats", "1", "--jobs", "1")
    ran = prices(practice, tmp_path, "--check", "1", *short, "--json")
    assert ran.exit_code == 0, ran.output
    document = json.loads(ran.stdout)
    checked = document["check"]["checked"]
    assert len(checked) == len(document["prices"])
    solved = [one["price"]["points"] for one in checked if one["solved_gain"] is not None]
    assert solved == [max(one["points"] for one in document["prices"])]
    assert "Do the prices hold?" in (tmp_path / "prices.html").read_text("utf-8")


def test_a_check_under_ctrl_c_keeps_prices_and_what_is_known(practice, tmp_path, monkeypatch):
    """The base's bound and one more are there when it comes."""
    run, done = BoundTask.run, []

    def until_two(task: BoundTask) -> float:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(task.name)
        return run(task)

    monkeypatch.setattr(BoundTask, "run", until_two)
    ran = prices(practice, tmp_path, "--check", "1", "--jobs", "1")
    assert ran.exit_code == 130
    assert "Stopped early" in ran.stdout
    document = json.loads((tmp_path / "prices.json").read_text("utf-8"))
    assert len(document["check"]["checked"]) == 1
    assert len(document["check"]["left_out"]) == len(document["prices"]) - 1


def test_a_wrong_date_is_refused(practice, tmp_path):
    ran = RUNNER.invoke(app, ["prices", str(practice), "--from", "soon", "--json"])
    assert ran.exit_code == 2
    assert json.loads(ran.stdout)["problems"][0]["code"] == "not-a-date"
