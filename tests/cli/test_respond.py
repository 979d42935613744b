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


def test_a_family_that_is_apart_after_the_answers_is_named(tiny, tmp_path: Path) -> None:
    """One accepts 09:00, the other one declines 09:25 and can come in the afternoon only."""
    afternoon = (tiny.window("09:25", "09:45"), tiny.window("15:00", "17:00"))
    other = tiny.visit("V2", household="H1", availability=afternoon)
    problem = tiny.problem(tiny.visit("V1", household="H1"), other)
    write_problem_json(problem, tmp_path / "problem.json")
    placed = (tiny.place("V1", "09:00"), tiny.place("V2", "09:25"))
    schedule = tiny.schedule(problem, *placed, start=tiny.tuesday, days=1)
    write_schedule(schedule, tmp_path / "schedule.json")
    told = json.loads(respond(tmp_path, "V1,accepted\nV2,accepted\n").stdout)
    assert told["parted"] == []
    result = respond(tmp_path, "V1,accepted\nV2,declined\n")
    (one,) = json.loads(result.stdout)["parted"]
    assert one["household"] == "H1"
    assert one["members"][0] == {"visit": "V1", "date": "2026-03-03", "start": "09:00"}
    assert one["members"][1]["start"] >= "15:00"


def test_bad_answers_write_nothing(plan) -> None:
    result = respond(plan, "V1,perhaps\nV9,accepted\n")
    assert result.exit_code == 2
    assert not (plan / "out").exists()
