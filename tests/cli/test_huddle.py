"""`modelday huddle` writes its page, or says why not."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.main import app
from engine.files import write_folder
from engine.generate import generate


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 visits, all booked in the week from Monday 9 March 2026 on."""
    folder = tmp_path_factory.mktemp("huddle") / "practice"
    write_folder(generate("one-doctor", 40, 7, booked_share=1.0).problem, folder)
    return folder


def test_the_page_of_a_date(practice: Path, tmp_path: Path) -> None:
    page = tmp_path / "day" / "huddle.html"
    result = run("huddle", practice, "2026-03-10", "--out", page, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["date"] == "2026-03-10"
    assert told["visits"] > 0
    assert told["page"] == str(page)
    html = page.read_text("utf-8")
    assert "Morning meeting, Tue 10 Mar 2026" in html
    for one in told["unconfirmed"][:3]:
        assert one["visit"] in html


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow"])
def test_a_date_that_is_none(practice: Path, tmp_path: Path, day: str) -> None:
    result = run("huddle", practice, day, "--out", tmp_path / "x.html", "--json")
    assert result.exit_code == 2
    assert [one["code"] for one in json.loads(result.stdout)["problems"]] == ["not-a-date"]
    assert not (tmp_path / "x.html").exists()


def test_a_fill_of_other_dates_is_refused(practice: Path, tmp_path: Path) -> None:
    (tmp_path / "schedule.json").write_text('{"start": "2026-03-09", "days": 1}', "utf-8")
    result = run("huddle", practice, "2026-03-10", "--fill", tmp_path, "--json")
    assert result.exit_code == 2
    assert [one["code"] for one in json.loads(result.stdout)["problems"]] == ["date-outside"]
