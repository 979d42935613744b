"""The page for people in headless Chromium, and a service behind it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.settings import ServiceSettings

PATIENCE_MS = 600_000
OF_THE_LINE = "Failed to load resource"
"""The browser says so of every refusal and every line that broke."""


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
