"""`modelday price-slots` and `fill --slot-prices`: priced once, the same for everybody after."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.main import app
from engine.cli.outputs import RESULT_FILES
from engine.files import SLOTS_FILE, read_folder, read_model
from engine.practice import SlotPrices

FILL = ["--time-limit", "1", "--workers", "1"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A generated practice folder with 40 visits, and the options for its dates."""
    folder = tmp_path_factory.mktemp("made") / "practice"
    asked = ("--profile", "one-doctor", "--visits", "40", "--seed", "7")
    made = run("generate", *asked, "--out", folder, "--json")
    assert made.exit_code == 0, made.output
    told = json.loads(made.stdout)
    return folder, ["--from", told["from"], "--days", str(told["days"])]


@pytest.fixture(scope="module")
def filled(practice: tuple[Path, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of a fill that priced the slots itself."""
    folder, dates = practice
    out = tmp_path_factory.mktemp("week")
    result = run("fill", folder, *dates, "--out", out, *FILL, "--slot-prices", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["slot_prices"]["slots"]
    return out


def certify(folder: Path, out: Path) -> Result:
    papers = ("--schedule", out / "schedule.json", "--certificate", out / "certificate.json")
    return run("certify", folder, *papers)


def test_the_prices_lie_beside_the_schedule(practice, filled) -> None:
    assert {path.name for path in filled.iterdir()} == {*RESULT_FILES, SLOTS_FILE}
    prices = read_model(filled / SLOTS_FILE, SlotPrices)
    result = json.loads((filled / "result.json").read_text("utf-8"))
    assert prices == SlotPrices.model_validate(result["slot_prices"])
    assert not (practice[0] / SLOTS_FILE).exists()
    assert "in minutes of an average one" in (filled / "week.html").read_text("utf-8")


def test_every_command_counts_at_these_prices(practice, filled) -> None:
    result = json.loads((filled / "result.json").read_text("utf-8"))
    told = run("measure", practice[0], filled / "schedule.json", "--json")
    assert json.loads(told.stdout)["objective"] == result["objective"]
    assert run("check", practice[0], filled / "schedule.json").exit_code == 0
    verdict = certify(practice[0], filled)
    assert verdict.exit_code == 0, verdict.output
    with (filled / "reminders.csv").open(encoding="utf-8") as file:
        assert {row["slot_percent"] for row in csv.DictReader(file)} != {"100"}


def test_without_the_file_it_is_another_question(practice, filled, tmp_path) -> None:
    for name in ("schedule.json", "certificate.json"):
        (tmp_path / name).write_bytes((filled / name).read_bytes())
    refused = certify(practice[0], tmp_path)
    assert refused.exit_code == 1
    assert "The certificate is for another problem." in refused.stdout


def test_prices_that_were_changed_afterwards(practice, filled, tmp_path) -> None:
    for name in ("schedule.json", "certificate.json"):
        (tmp_path / name).write_bytes((filled / name).read_bytes())
    raw = json.loads((filled / SLOTS_FILE).read_text("utf-8"))
    raw["slots"][0]["chair_percent"] += 1
    (tmp_path / SLOTS_FILE).write_text(json.dumps(raw), "utf-8")
    assert certify(practice[0], tmp_path).exit_code == 1
    # Beyond the bounds, and beyond what the tiers bear.
    raw["slots"][0]["chair_percent"] = 401
    (tmp_path / SLOTS_FILE).write_text(json.dumps(raw), "utf-8")
    beyond = certify(practice[0], tmp_path)
    assert beyond.exit_code == 2
    assert "slots[0].chair_percent" in beyond.stderr
    assert "less than or equal to 400; found 401" in beyond.stderr
    raw["slots"][0]["chair_percent"] = 400
    (tmp_path / SLOTS_FILE).write_text(json.dumps(raw), "utf-8")
    broken = certify(practice[0], tmp_path)
    assert broken.exit_code == 2
    assert "slot-prices-break-tiers" in broken.stderr


def test_a_later_fill_without_prices_leaves_none(practice, filled, tmp_path) -> None:
    (tmp_path / SLOTS_FILE).write_bytes((filled / SLOTS_FILE).read_bytes())
    result = run("fill", practice[0], *practice[1], "--out", tmp_path, *FILL)
    assert result.exit_code == 0, result.output
    assert not (tmp_path / SLOTS_FILE).exists()


def test_priced_into_the_folder(practice, filled, tmp_path) -> None:
    folder = tmp_path / "practice"
    folder.mkdir()
    for path in practice[0].iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    priced = run("price-slots", folder, *practice[1])
    assert priced.exit_code == 0, priced.output
    assert "08:00" in priced.stdout
    # The same problem has the same prices, whichever command asks.
    found = read_folder(folder).problem.slot_prices
    assert found == read_model(filled / SLOTS_FILE, SlotPrices)
    assert json.loads(run("price-slots", folder, *practice[1], "--json").stdout) == json.loads(
        found.model_dump_json()
    )


def test_a_single_file_needs_a_place_for_the_prices(practice, tmp_path) -> None:
    refused = run("price-slots", tmp_path / "problem.json", *practice[1])
    assert refused.exit_code == 2
    assert "name a file" in refused.stderr
