"""A server that is ended from outside loses no run; and the docs' walk-through works."""

import re
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Submission = Callable[..., dict[str, Any]]
Start = Callable[..., Any]
RUNS = "/v1/schedules"
ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "docs" / "service.md")
"""The walk-through begins on the first and goes on on the second."""


def until(server: Any, address: str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The metadata once they are as wanted; the events are what is waited for."""
    with server.client.stream("GET", f"{address}/events") as stream:
        for _ in stream.iter_lines():
            metadata: dict[str, Any] = server.client.get(f"{address}/metadata").json()
            if wanted(metadata):
                return metadata
    metadata = server.client.get(f"{address}/metadata").json()
    assert wanted(metadata), metadata
    return metadata


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_an_ended_server_loses_no_run(
    start: Start, tmp_path: Path, long_one: dict[str, Any], submission: Submission, how: int
) -> None:
    database = f"sqlite:///{tmp_path / 'runs.db'}"
    first = start(database)
    under_way = first.client.post(RUNS, json=long_one).headers["location"]
    waiting = first.client.post(RUNS, json=submission()).headers["location"]
    before = until(first, under_way, lambda found: found["objective"] is not None)
    first.end(signal.Signals(how))
    second = start(database)
    after = until(
        second,
        under_way,
        lambda found: found["status"] == "solving" and found["objective"] is not None,
    )
    assert after["objective"] <= before["objective"]
    assert after["attempts"] == 1  # a server that goes costs its runs nothing
    second.client.delete(under_way)
    ended = until(second, under_way, lambda found: found["ended"] is not None)
    assert ended["status"] == "stopped"
    assert until(second, waiting, lambda found: found["ended"] is not None)["status"] == "completed"


def test_the_walk_through_the_service(start: Start, tmp_path: Path) -> None:
    """The block of each page, one after the other, with the address and the folder of this test."""
    if shutil.which("curl") is None or shutil.which("bash") is None:
        pytest.skip("curl or bash is not installed")
    blocks = [
        found
        for page in PAGES
        for found in re.findall(
            r"^```sh\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
        )
        if "curl" in found
    ]
    assert len(blocks) == len(PAGES)
    server = start(f"sqlite:///{tmp_path / 'runs.db'}")
    script = blocks[0].replace("http://127.0.0.1:8000", server.address)
    assert script != blocks[0]
    script = "\n".join((script, *blocks[1:]))
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for name, said in (
        ("question.json", '"problem":'),
        ("week.html", "<svg"),
        ("certificate.json", '"bound_millipoints":'),
        ("comparison.json", '"name":"Mondays closed"'),
        ("openings.json", '"openings":[{"visit":"CALL1"'),
        ("booking.json", '"booking":{"visit":{"id":"CALL1"'),
        ("accepted.json", '"valid":["'),
        ("explanations.json", '"explanations":['),
        ("calls.csv", ",V00003,"),
        ("responded.json", '"declined":["V00003"]'),
        ("repaired.json", '"at_least":'),
    ):
        assert said in (tmp_path / name).read_text("utf-8"), name
    assert "event: progress" in done.stdout
    assert "event: step" in done.stdout
