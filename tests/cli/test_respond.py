"""`modelday respond` end to end: the results check against the book that it writes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.main import app
from engine.cli.outputs import RESULT_FILES
from engine.files import read_problem, write_problem_json, write_schedule


@pytest.fixture
def plan(tiny, tmp_path: Path) -> Path:
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"))
    write_problem_json(problem, tmp_path / "problem.json")
    placed = (tiny.place("V1", "09:00"), tiny.place("V2", "09:25"))
    schedule = tiny.schedule(problem, *placed, start=tiny.tuesday, days=1)
    write_schedule(schedule, tmp_path / "schedule.json")
    return tmp_path


def respond(folder: Path, rows: str, *more: str) -> Result:
    (folder / "responses.csv").write_text("visit,answer\n" + rows, "utf-8")
    return CliRunner().invoke(
        app,
        [
            *("respond", str(folder / "problem.json"), str(folder / "responses.csv")),
            *("--schedule", str(folder / "schedule.json"), "--out", str(folder / "out")),
            *("--time-limit", "3", "--workers", "1", "--reproducible", "--json", *more),
        ],
    )


def test_accepted_and_declined(plan) -> None:
    result = respond(plan, "V1,accepted\nV2,declined\n")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["accepted"], told["declined"], told["held"]) == (["V1"], ["V2"], [])
    out = plan / "out"
    assert {path.name for path in out.iterdir()} == {*RESULT_FILES, "problem.json"}
    book = read_problem(out / "problem.json").problem
    assert [booking.visit.id for booking in book.bookings] == ["V1"]
    check = ["check", str(out / "problem.json"), str(out / "schedule.json")]
    assert CliRunner().invoke(app, check).exit_code == 0


def test_bad_answers_write_nothing(plan) -> None:
    result = respond(plan, "V1,perhaps\nV9,accepted\n")
    assert result.exit_code == 2
    assert not (plan / "out").exists()
