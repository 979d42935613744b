"""What the pages for the desk say runs as it is written, and the pages it leaves look right.

The lines of two documents are run in a shell, one after the other, in a folder where the demo has
been. Solves are given less time than their usual limits; nothing else is changed.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LINES = {
    "scheduling.md": (
        "A caller on the line", "A hole in the day", "The morning meeting", "Why",
        "Somebody is out", "Few moves", "Answers", "Proof",
    ),
    "planning.md": ("What if", "Where an hour is missing"),
}  # fmt: skip
"""Sections whose lines are run, by document."""
SHORT = {
    "moves": "--time-limit 5",
    "respond": "--time-limit 5",
    "what-if": "--seconds 2 --repeats 1 --confirm 1",
    "prices": "--seconds 2 --repeats 1",
}
"""Options that end solves sooner, by command; of an option that is given twice the last counts."""
WIDTHS = (1280, 800)
"""Pixels of a desk's screen, and of half a window."""
pytestmark = pytest.mark.long


def documented() -> list[str]:
    lines = []
    for document, headings in LINES.items():
        text = (ROOT / "docs" / document).read_text("utf-8")
        for heading in headings:
            section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
            blocks = re.findall(r"^```sh\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
            assert blocks, heading
            lines += [line for block in blocks for line in block.splitlines()]
    return lines


def run(line: str, folder: Path) -> None:
    """In a shell in which `modelday` is the command of this copy of the code."""
    python = shlex.quote(sys.executable)
    shell = f'modelday() {{ {python} -m api.cli.main "$@"; }}\n{line}'
    done = subprocess.run(
        ["bash", "-e", "-c", shell],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"


def shortened(line: str) -> str:
    name = line.split()[1]
    return f"{line} {SHORT[name]}" if name in SHORT and " --example" not in line else line


PAGES = ("demo/week.html", "huddle.html", "what-if/what_if.html", "prices/prices.html")


def test_every_line_runs_and_its_pages_look_right(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    run("modelday demo --out out/demo --time-limit 10", tmp_path)
    for line in documented():
        run(shortened(line), tmp_path)
    out = tmp_path / "out"
    made = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert made >= {
        *PAGES,
        "scenarios.toml",
        "responses.csv",
        *(f"repaired/{name}" for name in ("day_calls.csv", "schedule.json", "problem.json")),
        *(f"answered/{name}" for name in ("schedule.json", "problem.json", "calls.csv")),
        *(f"what-if/what_if.{kind}" for kind in ("json", "csv")),
        *(f"prices/prices.{kind}" for kind in ("png", "json")),
    }
    browser = request.getfixturevalue("browser")  # only now: the lines run without it
    for name in PAGES:
        for width in WIDTHS:
            fits(browser, out / name, width)
    assert sheets(browser, out / "huddle.html") == 1


def fits(browser: Any, path: Path, width: int) -> None:
    """The page is no wider than its window, and the browser complains of nothing."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    assert page.inner_text("h1")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{path.name}: {wide} px in a window of {width} px"
    assert complaints == []
    page.close()


def sheets(browser: Any, path: Path) -> int:
    """Sheets of paper that a page takes when it is printed."""
    page = browser.new_page()
    page.goto(path.as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))
