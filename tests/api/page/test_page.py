"""The page for people, in headless Chromium: files, what is missing, the fill, the week's page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from api.settings import ServiceSettings
from api.store import keys
from api.store.callers import Scope
from engine import generate_practice
from engine.files import write_folder


def test_from_the_files_to_the_weeks_page(page: Any, address: str, tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    write_folder(generate_practice("one-doctor", visits=12, seed=5).problem, folder)
    rows = (folder / "visits.csv").read_text("utf-8").splitlines()
    rows = [f"{rows[0]},shoe size", *(f"{row},38" for row in rows[1:])]
    (folder / "visits.csv").write_text("\n".join(rows), "utf-8")

    page.goto(address)
    page.set_input_files("#files", sorted(folder.iterdir()))
    page.wait_for_selector("#import:visible")
    assert "shoe_size" in page.inner_text("#columns")
    assert "visits.csv" in page.inner_text("#columns")
    assert page.input_value("#start") != ""
    page.fill("#seconds", "6")
    page.click("#fill")
    page.wait_for_selector("#week:visible")
    assert page.inner_text("#status").startswith("completed")
    assert page.locator("#curve path.gap").count() == 1
    assert "unplaced visits" in page.inner_text("#figures")
    with page.context.expect_page() as opened:
        page.click("#week")
    week = opened.value
    week.wait_for_selector("h1")
    assert "Practice" in week.inner_text("body")
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    week.screenshot(path=tmp_path / "week.png")


def test_what_is_missing_is_shown_and_nothing_can_be_filled(
    page: Any, address: str, tmp_path: Path
) -> None:
    visits = tmp_path / "visits.csv"
    visits.write_text("patient,procedure\nP1,ADJ\n", "utf-8")
    page.goto(address)
    page.set_input_files("#files", [visits])
    page.wait_for_selector("#import:visible")
    assert "practice.toml" in page.inner_text("#problems")
    assert not page.is_visible("#fill")
    assert "cannot be filled" in page.inner_text("#message")


def test_scenarios_are_compared(page: Any, address: str, tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    write_folder(generate_practice("one-doctor", visits=6, seed=5).problem, folder)
    (folder / "scenarios.toml").write_text(
        "[settings]\nseconds = 2\nrepeats = 1\n[[scenario]]\nname = 'The same again'\n", "utf-8"
    )
    page.goto(address)
    page.set_input_files("#files", sorted(folder.iterdir()))
    page.click("#compare")
    page.wait_for_selector("#comparison:visible")
    with page.context.expect_page() as opened:
        page.click("#comparison")
    opened.value.wait_for_selector("h1")
    assert "The same again" in opened.value.inner_text("body")
    opened.value.screenshot(path=tmp_path / "comparison.png")


def test_what_is_known_when_a_comparison_is_stopped_is_shown(
    page: Any, address: str, tmp_path: Path
) -> None:
    folder = tmp_path / "practice"
    write_folder(generate_practice("one-doctor", visits=60, seed=3).problem, folder)
    (folder / "scenarios.toml").write_text(
        "[settings]\nseconds = 600\ngap = 0.0\nsteps = 100\n"
        "[[scenario]]\nname = 'The same again'\n",
        "utf-8",
    )
    page.goto(address)
    page.set_input_files("#files", sorted(folder.iterdir()))
    page.click("#compare")
    page.locator("#status", has_text="2 bounds and solves done").wait_for(timeout=120_000)
    page.click("#stop")
    page.locator("#status", has_text="stopped").wait_for(timeout=120_000)
    page.wait_for_selector("#comparison:visible")


def test_a_key_is_asked_for_and_used(
    page: Any, serve: Callable[[ServiceSettings], Any], settings: ServiceSettings
) -> None:
    served = serve(settings.model_copy(update={"auth": True}))
    assert served.client.get("/ready").status_code == 200
    with served.service.database.writing() as connection:
        key = keys.add(connection, "p", Scope, 0)
    page.goto(served.address)
    page.click("#demo")
    page.locator("#message", has_text="API key").wait_for()
    page.fill("#key", key)
    page.click("#demo")
    page.wait_for_selector("#import:visible")
    page.click("#fill")
    page.wait_for_selector("#run:visible")
    page.locator("#status", has_text="queued").wait_for()
    page.click("#stop")
    page.locator("#status", has_text="stopped").wait_for()
