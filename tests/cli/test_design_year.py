"""`modelday design-year`: from goals to years on both sets of model days; going on; refusals."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.main import app
from engine.files import read_problem

GOALS = """\
starts_per_month = 4
patient_days_per_month = 4
emergencies_per_day = 0.4
repairs_per_day = 1
months_per_case = 12

[[day_types]]
id = "short"
title = "Short Friday"
weekdays = ["fri"]
"""
LIMITS = ("--weeks", "2", "--new-a-week", "2", "--time-limit", "0.5", "--fill-seconds", "0.5")
SHORT = (*LIMITS, "--workers", "1", "--jobs", "1", "--policy", "first-fit")


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "practice"
    size = ("--profile", "one-doctor", "--visits", "20", "--seed", "3")
    made = CliRunner().invoke(app, ["generate", *size, "--out", str(folder)])
    assert made.exit_code == 0, made.output
    (folder / "goals.toml").write_text(GOALS, "utf-8")
    return folder


def design_year(practice: Path, out: Path, *more: str) -> Result:
    asked = ["design-year", "--practice", str(practice), "--out", str(out), *SHORT, *more]
    return CliRunner().invoke(app, asked)


@pytest.fixture(scope="module")
def out(practice: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("year")
    ran = design_year(practice, folder, "--replications", "1")
    assert ran.exit_code == 0, ran.output
    assert "first-fit, designed" in ran.stdout
    return folder


def test_the_practice_with_designed_days_and_its_week_are_written(
    practice: Path, out: Path
) -> None:
    old, new = read_problem(practice).problem, read_problem(out / "practice").problem
    assert [day.id for day in new.practice.model_days] == ["short"]
    assert new.practice.model_days != old.practice.model_days
    assert new.visits == old.visits
    week = json.loads((out / "week" / "result.json").read_text("utf-8"))
    assert week["objective"] is not None


def test_the_two_sets_of_days_meet_the_same_patients(out: Path) -> None:
    runs = {
        name: json.loads((out / "years" / name / "runs" / "first-fit-01.json").read_text("utf-8"))
        for name in ("hand-made", "designed")
    }
    assert runs["hand-made"]["seed"] == runs["designed"]["seed"]
    arrived = [[week["arrived"] for week in run["weeks"]] for run in runs.values()]
    assert arrived[0] == arrived[1]
    assert runs["hand-made"]["digest"] != runs["designed"]["digest"]


def test_differences_are_paired_with_the_hand_made_days(out: Path) -> None:
    document = json.loads((out / "design_year.json").read_text("utf-8"))
    rows = {(row["figure"], row["policy"]): row for row in document["rows"]}
    hand = rows["kept_visits", "first-fit, hand-made"]
    designed = rows["kept_visits", "first-fit, designed"]
    assert hand["difference"] is None
    apart = designed["value"]["mean"] - hand["value"]["mean"]
    assert designed["difference"]["mean"] == pytest.approx(apart)
    with (out / "design_year.csv").open(encoding="utf-8") as stream:
        assert len(list(csv.DictReader(stream))) == len(document["rows"])


def test_the_same_command_goes_on_with_the_same_days(practice: Path, out: Path) -> None:
    kept = [out / "made_from.json", out / "practice" / "cells.csv"]
    kept += (out / "years").glob("*/runs/*.json")
    assert len(kept) == 4
    before = {path: path.stat().st_mtime_ns for path in kept}
    ran = design_year(practice, out, "--replications", "2", "--json")
    assert ran.exit_code == 0, ran.output
    assert {path: path.stat().st_mtime_ns for path in kept} == before
    assert len(list((out / "years").glob("*/runs/*.json"))) == 4
    rows = json.loads(ran.stdout)["rows"]
    row = next(r for r in rows if r["policy"].endswith("designed") and r["figure"] == "kept_visits")
    assert row["difference"]["count"] == 2


def test_reproducible_years_are_other_years(practice: Path, out: Path) -> None:
    ran = design_year(practice, out, "--replications", "1", "--reproducible", "--json")
    assert ran.exit_code == 2
    codes = [problem["code"] for problem in json.loads(ran.stdout)["problems"]]
    assert codes == ["year-other-settings"]


def test_a_broken_file_of_a_run_before_is_no_answer(practice: Path, tmp_path: Path) -> None:
    (tmp_path / "made_from.json").write_text('{"digest": "', "utf-8")
    ran = design_year(practice, tmp_path, "--replications", "1")
    assert ran.exit_code == 0, ran.output
    assert json.loads((tmp_path / "made_from.json").read_text("utf-8"))["built"]["days"]


def test_everything_wrong_with_the_year_is_said_before_anything_is_designed(
    practice: Path, tmp_path: Path
) -> None:
    wrong = ("--warm-up", "-1", "--replications", "0", "--policy", "guess", "--json")
    ran = design_year(practice, tmp_path, *wrong)
    assert ran.exit_code == 2
    codes = [problem["code"] for problem in json.loads(ran.stdout)["problems"]]
    assert codes == ["year-warm-up-weeks", "year-policy", "year-replications"]
    assert not (tmp_path / "practice").exists()


def test_bad_goals_are_refused(practice: Path, tmp_path: Path) -> None:
    goals = tmp_path / "goals.toml"
    goals.write_text("starts_per_month = -4\n", "utf-8")
    asked = ["design-year", str(goals), "--practice", str(practice), "--out", str(tmp_path / "o")]
    ran = CliRunner().invoke(app, [*asked, *SHORT])
    assert ran.exit_code == 2
    assert "[out-of-range]" in ran.stderr


def test_ctrl_c_keeps_what_is_finished(
    practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*asked: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.simulate.two_templates.replicate", interrupted)
    ran = design_year(practice, tmp_path, "--replications", "1")
    assert ran.exit_code == 130
    assert (tmp_path / "made_from.json").exists()
    assert not (tmp_path / "design_year.json").exists()


def test_a_fill_that_is_stopped_ends_the_command(
    practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped:
        interrupted = True

    monkeypatch.setattr("engine.cli.designed_practice.run_fill", lambda *a, **k: (Stopped(), None))
    monkeypatch.setattr("engine.cli.designed_practice.write_results", lambda *a, **k: ())
    ran = design_year(practice, tmp_path, "--replications", "1")
    assert ran.exit_code == 130
    assert not (tmp_path / "made_from.json").exists()
    assert not (tmp_path / "years").exists()
