"""`modelday risk fit` and `risk report` end to end, and bad histories."""

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.console import SHOWN_OF_A_CODE
from engine.cli.main import app
from engine.files import read_folder, read_model, write_problem_json
from engine.practice import Attendance, NoShowModel, Purpose
from engine.risk.later_visits import later_delays
from engine.risk.no_show import NoShow
from engine.risk.prior import prior_model


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with a history of some 3,500 visits, and a model of it in its folder."""
    folder = tmp_path_factory.mktemp("made") / "practice"
    made = run(
        "generate",
        *("--profile", "one-doctor", "--visits", "30", "--seed", "7", "--history", "400"),
        *("--out", folder, "--planted"),
    )
    assert made.exit_code == 0, made.output
    fitted = run(
        *("risk", "fit", folder / "history.csv", "--practice", folder),
        *("--out", folder / "no_show_model.json"),
    )
    assert fitted.exit_code == 0, fitted.output
    assert "has missed before" in fitted.stdout
    assert "the practice's" in fitted.stdout
    return folder


def test_the_fill_reads_the_model_of_the_folder(practice: Path) -> None:
    model = read_folder(practice).problem.no_show_model
    assert model is not None
    assert model.rows > 1000
    assert model.held_out is not None
    assert run("validate", practice).exit_code == 0


def test_report_prints_and_draws(practice: Path, tmp_path: Path) -> None:
    result = run(
        *("risk", "report", practice / "history.csv", "--practice", practice),
        *("--schedule", practice / "planted.json", "--out", tmp_path),
    )
    assert result.exit_code == 0, result.output
    for words in ("observed over expected", "Brier skill", "calibration error"):
        assert words in result.stdout
    assert "The schedule chose times for 30 visits" in result.stdout
    # The model was fitted on this very history.
    assert "Not judged: no visit of this history lies after the last one of" in result.stdout
    assert "expected to be missed" in result.stdout
    assert "Of the visits in the practice's list and book it expects" in result.stdout
    assert (tmp_path / "risk.png").read_bytes().startswith(b"\x89PNG")
    page = (tmp_path / "risk.html").read_text("utf-8")
    assert "<svg" in page
    # Namespaces of the drawing apart, the page asks nothing of any network.
    assert "://" not in page.replace("http://www.w3.org/", "")


def test_what_became_of_the_chosen_slots_is_judged_without_being_asked(
    practice: Path, tmp_path: Path
) -> None:
    """Every fifth visit of the schedule was missed; the practice asked before all of them."""
    schedule = json.loads((practice / "planted.json").read_text("utf-8"))
    patients = {v.id: v.patient for v in read_folder(practice).problem.all_visits.values()}
    rows = [
        f"{patients[placed['visit']]},{placed['date']},{'kept' if n % 5 else 'missed'}\n"
        for n, placed in enumerate(schedule["placements"])
    ]
    asked_on = read_folder(practice).problem.as_of.date().isoformat()
    assert all(placed["date"] > asked_on for placed in schedule["placements"])
    early = "patient,date,outcome\nP1,2025-01-07,kept\nP2,2025-01-07,missed\n"
    history = tmp_path / "later.csv"
    history.write_text(early + "".join(rows), "utf-8")

    def ratio(*more: str) -> dict | None:
        result = run(
            *("risk", "report", history, "--practice", practice, "--json", "--out", tmp_path),
            *("--schedule", practice / "planted.json", *more),
        )
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)["selected"]["ratio"]

    judged = ratio()
    assert judged is not None
    # A patient with two visits on one date is one line of the history.
    assert 0.9 * len(rows) <= judged["visits"] <= len(rows)
    assert judged["observed"] >= len(rows) // 5 - 1
    assert ratio("--today", asked_on) is None


def test_what_came_after_the_day_the_practice_asked_on_shows_drift(tiny, tmp_path: Path) -> None:
    """The fit ended, and the practice asked, a year before the sixty visits of the history."""
    days = [dt.date(2025, 3, 3) + dt.timedelta(days=n) for n in range(60)]
    rows = [f"P{n},{day},{'kept' if n % 4 else 'missed'}\n" for n, day in enumerate(days)]
    (tmp_path / "history.csv").write_text("patient,date,outcome\n" + "".join(rows), "utf-8")
    asked_on = dt.datetime(2024, 3, 4, 8)
    asked = tiny.problem(tiny.visit("V1")).model_copy(update={"as_of": asked_on})
    model = prior_model(0.05, -3.0).model_copy(update={"last": asked_on.date()})
    write_problem_json(asked.model_copy(update={"no_show_model": model}), tmp_path / "problem.json")

    def drift(*more: str) -> Result:
        return run(
            *("risk", "report", tmp_path / "history.csv", "--out", tmp_path / "out", "--json"),
            *("--practice", tmp_path / "problem.json", *more),
        )

    told = drift()
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)["drift"]
    assert (found["ratio"]["visits"], found["ratio"]["observed"], found["alarm"]) == (60, 15, True)
    assert "as_of, or --today" in drift("--today", "2024-03-04").output


def test_report_as_json(practice: Path, tmp_path: Path) -> None:
    history = practice / "history.csv"
    result = run(
        *("risk", "report", history, "--model", practice / "no_show_model.json"),
        *("--today", "2026-03-05", "--out", tmp_path, "--json"),
    )
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["judged"]["rows"] > 100
    assert document["selected"] is None
    assert {"alarm", "advice", "ratio", "shifts"} <= set(document["drift"])


def test_of_thousands_of_rows_with_one_fault_the_first_are_shown(tmp_path: Path) -> None:
    rows = "".join(f"P{n},2027-01-07,kept\n" for n in range(1500))
    (tmp_path / "history.csv").write_text(f"patient,date,outcome\n{rows}", "utf-8")
    asked = ("risk", "fit", tmp_path / "history.csv", "--today", "2026-03-05", "--out", tmp_path)
    result = run(*asked)
    assert result.exit_code == 2
    assert result.stderr.count("[date-in-future]") == SHOWN_OF_A_CODE
    assert f"... and {1500 - SHOWN_OF_A_CODE:,} more: date-in-future" in result.stderr


BAD = {
    "header": "patient,when,outcome\nP1,2025-01-07,kept\n",
    "one outcome": "patient,date,outcome\nP1,2025-01-07,kept\nP2,2025-01-07,kept\n",
    "future": "patient,date,outcome\nP1,2025-01-07,kept\nP2,2027-01-07,missed\n",
    "empty": "",
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("command", ["fit", "report"])
def test_a_bad_history_ends_with_lines_and_nothing_written(
    tmp_path: Path, command: str, kind: str
) -> None:
    (tmp_path / "history.csv").write_text(BAD[kind], "utf-8")
    out = tmp_path / "out"
    result = run(
        *("risk", command, tmp_path / "history.csv", "--today", "2026-03-05"),
        *("--out", out, "--json"),
    )
    assert result.exit_code == 2, result.output
    assert json.loads(result.stdout)["problems"]
    assert not out.exists()


def test_ten_rows_fall_back_to_nearly_the_prior_and_say_so(tmp_path: Path) -> None:
    rows = [f"P{n},2025-01-{7 + n:02},{'missed' if n < 2 else 'kept'}" for n in range(10)]
    (tmp_path / "history.csv").write_text("\n".join(["patient,date,outcome", *rows]), "utf-8")
    result = run(
        *("risk", "fit", tmp_path / "history.csv", "--today", "2026-03-05"),
        *("--out", tmp_path / "model.json"),
    )
    assert result.exit_code == 0, result.output
    assert "too few to hold some out" in result.stdout
    assert json.loads((tmp_path / "model.json").read_text("utf-8"))["held_out"] is None


@pytest.mark.parametrize(("missed", "too_much"), [(0, False), (3, True)])
def test_a_short_history_is_held_against_the_book(
    tiny, tmp_path: Path, missed: int, too_much: bool
) -> None:
    """Nobody in the history has a record. Where those of the book have missed before, literature
    makes it 2.7 times as likely, more than once 1.8 times more; the level is that of the rows."""
    record = Attendance(kept=10, missed=missed)
    asked = tiny.problem(*(tiny.visit(f"V{n}", attendance=record) for n in range(3)))
    write_problem_json(asked, tmp_path / "problem.json")
    rows = [f"P{n:02},2025-01-07,{'missed' if n < 3 else 'kept'}" for n in range(60)]
    rows[7] = rows[7].replace("P07", "P-V1")  # the patient of V1
    (tmp_path / "history.csv").write_text("\n".join(["patient,date,outcome", *rows]), "utf-8")
    result = run(
        *("risk", "fit", tmp_path / "history.csv", "--practice", tmp_path / "problem.json"),
        *("--out", tmp_path / "model.json"),
    )
    assert result.exit_code == 0, result.output
    assert "The practice has 3 patients, 1 of them with a visit there." in result.stdout
    line = re.search(r"it expects ([\d.]+)% to be missed; ([\d.]+)% were", result.stdout)
    expected, seen = float(line[1]), float(line[2])
    model = read_model(tmp_path / "model.json", NoShowModel)
    no_show = NoShow(asked.model_copy(update={"no_show_model": model}))
    chance = no_show.at_booking(asked.visits[0], Purpose.ACTIVE)  # of all three visits
    assert (expected, seen) == (pytest.approx(100 * chance, abs=0.05), 5.0)
    assert (expected > 1.25 * seen) is too_much
    assert ("fit on a longer one" in result.stdout) is too_much


def test_a_schedule_needs_its_practice(practice: Path, tmp_path: Path) -> None:
    result = run(
        *("risk", "report", practice / "history.csv", "--schedule", practice / "planted.json"),
        *("--out", tmp_path / "out"),
    )
    assert result.exit_code == 2
    assert "schedule-without-practice" in result.stderr
    assert not (tmp_path / "out").exists()


def test_delays_of_a_planted_history_are_read_back_by_the_practice(
    practice: Path, tmp_path: Path
) -> None:
    """30 misses are made good after 21 days and 10 after 35; the lines go into practice.toml."""
    rows = ["patient,date,outcome", "END,2025-12-01,kept"]
    for n in range(40):
        rows += [f"P{n},2025-01-07,missed", f"P{n},2025-0{'1-28' if n < 30 else '2-11'},kept"]
    (tmp_path / "history.csv").write_text("\n".join(rows), "utf-8")
    result = run("risk", "rebooking", tmp_path / "history.csv", "--out", tmp_path / "lines.toml")
    assert result.exit_code == 0, result.output
    lines = (tmp_path / "lines.toml").read_text("utf-8")
    assert result.stdout == lines
    assert "# 40 missed visits of treatments" in lines
    folder = tmp_path / "practice"
    shutil.copytree(practice, folder)
    page = (folder / "practice.toml").read_text("utf-8")
    section = "[policy.risk]\n"
    assert page.count(section) == 1
    (folder / "practice.toml").write_text(page.replace(section, section + lines), "utf-8")
    assert later_delays(read_folder(folder).problem) == {21: 0.75, 35: 0.25}


def test_a_history_with_few_misses_says_what_stands_in(tmp_path: Path) -> None:
    rows = "patient,date,outcome\nP1,2025-01-07,missed\nP1,2025-01-28,kept\nP1,2025-12-01,kept\n"
    (tmp_path / "history.csv").write_text(rows, "utf-8")
    command = ("risk", "rebooking", tmp_path / "history.csv", "--today", "2026-03-05")
    told = run(*command).stdout
    assert "too few for shares" in told
    assert all(line.startswith("#") for line in told.splitlines())
    document = json.loads(run(*command, "--json").stdout)
    assert document == {"missed": 1, "rebooked": 1, "rebooking_delays": []}
