"""The table of the published office: the sheet by hand, and a design of the same places."""

from pathlib import Path

import pytest

from benchmarks import published_day
from benchmarks.published_day import HEAD, by_hand, designed
from engine.model_day.design.design_day import DesignSettings


def cells_of(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_the_row_of_the_sheet_by_hand() -> None:
    """23 places in 12 runs of a kind; conflicts and idle time are worked out beside the design.

    The longest chain is 08:15-08:45: debonds until 08:35, bonds from 08:25 on.
    """
    assert by_hand() == "| by hand | 23 | 0 | 145 | 85 | 50 | 0 | 30 | 12 | - | - |"


def test_the_row_of_a_design_has_no_conflict() -> None:
    row = cells_of(designed(DesignSettings(work=4.0, workers=1, gap=0.05, seed=3)))
    assert len(row) == len(cells_of(HEAD))
    by_name = dict(zip(cells_of(HEAD), row, strict=True))
    assert by_name["day"] == "designed, seed 3"
    assert (by_name["places"], by_name["missing"]) == ("23", "0")
    assert (by_name["doctor min"], by_name["conflicts min"]) == ("145", "0")
    assert int(by_name["idle min"]) < 50


def test_the_table_is_printed_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[DesignSettings] = []
    monkeypatch.setattr(published_day, "designed", lambda one: asked.append(one) or "| designed |")
    published_day.main(["--seeds", "2", "--seconds", "4", "--out", str(tmp_path)])
    text = (tmp_path / "table.md").read_text("utf-8")
    assert text.splitlines()[0] == HEAD
    assert text.splitlines()[2:] == [by_hand(), "| designed |", "| designed |"]
    assert text in capsys.readouterr().out
    assert [(one.seed, one.seconds) for one in asked] == [(0, 4.0), (1, 4.0)]
