"""The page where something goes wrong: a broken line, a page that is loaded again, a lost run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from api.clock import now_ms
from api.services.service import Service
from api.settings import ServiceSettings
from api.store.purge import purge
from api.wire.examples import EXAMPLES
from engine import generate_practice
from engine.files import model_text

RUNS = "/v1/schedules"


def question(tmp_path: Path) -> Path:
    """It is searched for as long as a person lets it."""
    file = tmp_path / "problem.json"
    file.write_text(model_text(generate_practice("one-doctor", visits=60, seed=3).problem), "utf-8")
    return file


def test_the_curve_while_it_runs_and_a_page_that_is_loaded_again(
    page: Any, address: str, tmp_path: Path
) -> None:
    page.goto(address)
    page.set_input_files("#files", [question(tmp_path)])
    page.fill("#seconds", "600")
    page.click("#fill")
    page.wait_for_selector("#curve circle.step")
    assert page.is_enabled("#stop")
    assert page.is_disabled("#fill")
    assert "gap" in page.inner_text("#status")
    page.screenshot(path=tmp_path / "running.png", full_page=True)
    run = page.url.partition("#")[2]
    assert run.startswith("run_")

    page.reload()
    page.wait_for_selector("#curve circle.step")
    assert page.url.partition("#")[2] == run
    page.click("#stop")
    page.wait_for_selector("#week:visible")
    assert page.inner_text("#status").startswith("stopped")
    page.wait_for_selector("#stop:disabled")


def test_a_line_that_breaks_is_taken_up_again(page: Any, address: str, tmp_path: Path) -> None:
    """The first stream never begins; the run goes on meanwhile, and the page finds it again."""
    broken: list[str] = []

    def break_the_first(route: Any) -> None:
        if broken:
            route.continue_()
        else:
            broken.append(route.request.url)
            route.abort()

    page.route("**/events", break_the_first)
    page.goto(address)
    page.set_input_files("#files", [question(tmp_path)])
    page.fill("#seconds", "2")
    page.click("#fill")
    page.locator("#status", has_text="Trying again").wait_for()
    page.wait_for_selector("#week:visible")
    assert page.inner_text("#status").startswith("completed")
    assert len(broken) == 1


def test_a_service_that_is_away_is_said(page: Any, address: str) -> None:
    page.goto(address)
    page.route("**/v1/**", lambda route: route.abort())
    page.click("#demo")
    page.locator("#message", has_text="does not answer").wait_for()


def test_a_run_that_lost_its_content_is_over(
    page: Any,
    serve: Callable[[ServiceSettings], Any],
    settings: ServiceSettings,
    work_off: Callable[[Service], None],
) -> None:
    served = serve(settings)
    made = served.client.post(f"{RUNS}?operation=measure", json=EXAMPLES["Submission"]).json()
    work_off(served.service)
    with served.service.database.writing() as connection:
        assert purge(connection, now_ms() + 1, now_ms()) == 1
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served.address}/#{made['id']}")
    page.locator("#status", has_text="its content was removed").wait_for()
    page.wait_for_selector("#stop:disabled")
    assert sum(url.endswith("/events") for url in asked) == 2


def test_a_run_of_nobody_is_said(page: Any, address: str) -> None:
    page.goto(f"{address}/#run_000000000000000000000000")
    page.locator("#message", has_text="There is no such run").wait_for()
