"""The page for people in headless Chromium, and a service behind it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.settings import ServiceSettings

PATIENCE_MS = 600_000
OF_THE_LINE = "Failed to load resource"
"""The browser says so of every refusal and every line that broke."""
FAILED = "status of 5"
"""And what it says besides where the service itself failed."""


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh page; whatever the browser complains of fails the test.

    The service may refuse what it is asked, and the line to it may break; nothing else is let pass.
    """
    context = browser.new_context()
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE_MS)
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))

    def hear(said: Any) -> None:
        asked = OF_THE_LINE in said.text and "/v1/" in said.location["url"]
        if said.type == "error" and not (asked and FAILED not in said.text):
            complaints.append(said.text)

    opened.on("console", hear)
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture
def solving(settings: ServiceSettings) -> ServiceSettings:
    return settings.model_copy(update={"processes": 1, "poll_seconds": 0.05})


@pytest.fixture
def address(serve: Callable[[ServiceSettings], Any], solving: ServiceSettings) -> str:
    return str(serve(solving).address)
