"""The page for people in headless Chromium, and a service behind it."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.settings import ServiceSettings

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PATIENCE_MS = 600_000
OF_THE_LINE = "Failed to load resource"
"""The browser says so of every refusal and every line that broke."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Debian's chromium is not installed")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh page; whatever the browser complains of fails the test."""
    context = browser.new_context()
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE_MS)
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" else None,
    )
    yield opened
    context.close()
    assert [one for one in complaints if OF_THE_LINE not in one] == []


@pytest.fixture
def solving(settings: ServiceSettings) -> ServiceSettings:
    return settings.model_copy(update={"processes": 1, "poll_seconds": 0.05})


@pytest.fixture
def address(serve: Callable[[ServiceSettings], Any], solving: ServiceSettings) -> str:
    return str(serve(solving).address)
