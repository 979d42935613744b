"""Bad input: every command ends with exit code 2 and lines a person can act on, no traceback."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.main import app

DATES = ["--from", "2026-01-12", "--days", "5"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def assert_refused(result: Result) -> None:
    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    assert "->" in result.stderr
    assert result.stdout == ""


BROKEN = {
    "missing": None,
    "empty": b"",
    "no-json": b"{",
    "list": b"[]",
    "binary": b"\x00\x01\x02\xff",
    "latin": b'{"as_of": "\xe9"}',
    "deep": b"[" * 200_000,
    "unknown-key": b'{"as_of": "2026-01-09T12:00:00", "practise": {}}',
    "nan": b'{"as_of": NaN}',
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("command", ["validate", "check", "measure", "fill"])
def test_a_broken_problem_file(tmp_path: Path, kind: str, command: str) -> None:
    path, content = tmp_path / "problem.json", BROKEN[kind]
    if content is not None:
        path.write_bytes(content)
    schedule = put(tmp_path, "schedule.json", b'{"start": "2026-01-12", "days": 5}')
    more = {
        "validate": [],
        "check": [schedule],
        "measure": [schedule],
        "fill": [*DATES, "--out", tmp_path / "out"],
    }[command]
    assert_refused(run(command, path, *more))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", [kind for kind in BROKEN if kind != "unknown-key"])
def test_a_broken_schedule_file(tmp_path: Path, kind: str) -> None:
    path, content = tmp_path / "schedule.json", BROKEN[kind]
    if content is not None:
        path.write_bytes(content)
    assert_refused(run("check", tmp_path, path))


def test_a_folder_in_the_place_of_a_schedule(tmp_path: Path) -> None:
    assert_refused(run("check", tmp_path, tmp_path))


def test_an_empty_folder_is_no_practice(tmp_path: Path) -> None:
    assert_refused(run("validate", tmp_path))


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "12.01.2026", ""])
def test_a_wrong_date(tmp_path: Path, day: str) -> None:
    result = run("fill", tmp_path, "--from", day, "--out", tmp_path / "out")
    assert_refused(result)
    assert "--from" in result.stderr


@pytest.mark.parametrize(
    ("out", "cause"),
    [
        ("folder", "folder: is a directory"),
        ("history.csv/lines.toml", "history.csv: a file stands where a folder is needed"),
    ],
)
def test_a_place_that_cannot_be_written(tmp_path: Path, out: str, cause: str) -> None:
    """It is named as it was asked for, not as the neighbour file that is renamed in the end."""
    (tmp_path / "folder").mkdir()
    past = put(tmp_path, "history.csv", b"patient,date,outcome\nP1,2025-01-07,kept\n")
    result = run("risk", "rebooking", past, "--out", tmp_path / out)
    assert_refused(result)
    assert f"{tmp_path}/{cause}" in result.stderr
    assert ".part" not in result.stderr


def test_an_unknown_profile(tmp_path: Path) -> None:
    result = run("generate", "--profile", "no-such", "--out", tmp_path / "out")
    assert_refused(result)
    assert "one-doctor" in result.stderr
    assert not (tmp_path / "out").exists()


def test_machines_get_the_problems_as_json(tmp_path: Path) -> None:
    result = run("validate", tmp_path / "nothing", "--json")
    assert result.exit_code == 2
    problems = json.loads(result.stdout)["problems"]
    assert len(problems) >= 1
    assert set(problems[0]) == {"code", "where", "cause", "remedy", "severity"}


@pytest.mark.parametrize("arguments", [["fill"], ["check", "one"], ["fill", "x", "--days", "0"]])
def test_wrong_usage_is_also_exit_code_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_version() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("modelday ")
