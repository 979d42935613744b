"""Staff requests as a file."""

import datetime as dt
from pathlib import Path

import pytest

from engine.files import read_staff_requests
from engine.practice.staff_requests import StaffRequest
from engine.problems import PracticeProblemsError

GOOD = """
[[requests]]
id = "team"
minutes = 120
weekdays = ["fri"]

[[requests]]
id = "leave"
kind = "vacation"
staff = ["AS1"]
days = 5
earliest = 2026-04-06
"""


def test_a_file_of_requests(tmp_path: Path):
    (tmp_path / "requests.toml").write_text(GOOD, "utf-8")
    assert read_staff_requests(tmp_path / "requests.toml") == (
        StaffRequest(id="team", minutes=120, weekdays=("fri",)),
        StaffRequest(
            id="leave", kind="vacation", staff=("AS1",), days=5, earliest=dt.date(2026, 4, 6)
        ),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("requests = 1", "bad-value|not-a-value|wrong"),
        ('[[requests]]\nid = "a"\n', "bad-value"),
        ('[[requests]]\nid = "a"\nminutes = 60\nwhen = "soon"\n', "unknown-key"),
        ('[[requests]]\nid = "a"\nminutes = 60\n' * 2, "duplicate-id"),
        ("[[requests", "toml-broken"),
    ],
)
def test_faults_of_a_file(tmp_path: Path, text: str, code: str):
    (tmp_path / "requests.toml").write_text(text, "utf-8")
    with pytest.raises(PracticeProblemsError, match=code):
        read_staff_requests(tmp_path / "requests.toml")
