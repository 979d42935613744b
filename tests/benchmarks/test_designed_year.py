"""The table of years on both sets of model days."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import designed_year
from benchmarks.designed_year import SHOWN, table
from engine.simulate.figures import FIGURES


def row(figure: str, name: str, mean: float | None, apart: float | None = None) -> dict[str, Any]:
    difference = None if apart is None else {"mean": apart, "half": 0.25, "count": 3}
    return {
        "figure": figure,
        "unit": "days",
        "policy": f"first-fit, {name}",
        "value": {"mean": mean, "half": 1.5, "count": 3},
        "difference": difference,
    }


def test_every_figure_that_is_shown_is_one_of_the_years() -> None:
    assert set(SHOWN) <= {figure.name for figure in FIGURES}


def test_a_row_has_both_days_and_the_paired_difference() -> None:
    rows = []
    for place, figure in enumerate(SHOWN):
        rows.append(row(figure, "hand-made", 41.0 + place))
        rows.append(row(figure, "designed", None if place else 28.75, -12.25))
    lines = table({"policies": ["first-fit"], "rows": rows})
    assert len(lines) == 2 + len(SHOWN)
    assert lines[2] == ("| first-fit | dates kept | days | 41.0 ± 1.5 | 28.8 ± 1.5 | -12.2 ± 0.2 |")
    assert "| 42.0 ± 1.5 | – | -12.2 ± 0.2 |" in lines[3]


def test_the_command_is_asked_for_what_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def app(words: list[str], standalone_mode: bool) -> int:
        assert not standalone_mode
        asked.extend(words)
        document = {"policies": ["best-fit"], "rows": []}
        (tmp_path / "design_year.json").write_text(json.dumps(document), "utf-8")
        return 0

    monkeypatch.setattr("engine.cli.main.app", app)
    monkeypatch.setattr(designed_year, "table", lambda document: document["policies"])
    places = ["--out", str(tmp_path), "--results", str(tmp_path / "kept")]
    years = ["--policies", "best-fit", "--replications", "3", "--workers", "1", "--reproducible"]
    designed_year.main([*years, *places])
    assert asked[:3] == ["design-year", "--policy", "best-fit"]
    assert asked[-3:] == ["--workers", "1", "--reproducible"]
    assert asked[asked.index("--replications") + 1] == "3"
    assert asked[asked.index("--seed") + 1] == "2"
    assert (tmp_path / "kept" / "table.md").read_text("utf-8") == "best-fit\n"
