"""Commands that write a practice folder from another one: what is held for a caller stays held."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.main import app
from engine.files import HOLDS_FILE, read_holds, read_problem, write_folder
from engine.generate import generate

GOALS = """\
starts_per_month = 6
conversion = 0.7
patient_days_per_month = 4
months_per_case = 12

[[day_types]]
id = "short"
title = "Short Friday"
weekdays = ["fri"]
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """A folder in which a time is held for a visit that waits, and another one for a new caller."""
    folder = tmp_path / "practice"
    problem = generate("one-doctor", 12, 3).problem
    write_folder(problem, folder)
    (folder / "goals.toml").write_text(GOALS, "utf-8")
    for whom in (("--visit", problem.visits[0].id), ("--procedure", "NPEX")):
        held = run("openings", folder, *whom, "--hold", "1")
        assert held.exit_code == 0, held.output
    assert len(read_holds(folder)) == 2
    return folder


def by_build(folder: Path, out: Path) -> Result:
    limits = ("--time-limit", "1", "--workers", "1", "--no-costs")
    return run("build", folder / "goals.toml", "--out", out, *limits)


def by_migrate(folder: Path, out: Path) -> Result:
    return run("migrate", folder, folder, "--adopt", out)


def by_staff_calendar(folder: Path, out: Path) -> Result:
    month = f"{read_problem(folder).problem.as_of:%Y-%m}"
    return run("staff-calendar", folder, "--month", month, "--practice-out", out)


@pytest.mark.parametrize("command", [by_build, by_migrate, by_staff_calendar])
def test_a_time_held_for_a_caller_is_no_booking_of_the_new_folder(
    practice: Path, tmp_path: Path, command: Callable[[Path, Path], Result]
) -> None:
    out = tmp_path / "new"
    made = command(practice, out)
    assert made.exit_code == 0, made.output
    old, new = read_problem(practice).problem, read_problem(out).problem
    assert new.visits == old.visits
    assert new.bookings == old.bookings
    assert (out / HOLDS_FILE).read_bytes() == (practice / HOLDS_FILE).read_bytes()
    assert (out / "goals.toml").exists()


def test_holds_of_an_older_folder_do_not_stay(practice: Path, tmp_path: Path) -> None:
    out = tmp_path / "new"
    assert by_migrate(practice, out).exit_code == 0
    (practice / HOLDS_FILE).unlink()
    assert by_migrate(practice, out).exit_code == 0
    assert not (out / HOLDS_FILE).exists()
