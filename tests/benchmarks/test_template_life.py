"""The table of what model days cost, on one small week."""

import json
from pathlib import Path

from benchmarks.template_life import main


def test_a_row_says_what_the_model_days_cost(tmp_path: Path, capsys):
    out = tmp_path / "life.md"
    small = ("--visits", "8", "--seeds", "3", "--seconds", "1", "--workers", "1")
    main([*small, "--edits", "1", "--tries", "1", "--out", str(out)])
    assert capsys.readouterr().out.strip() == out.read_text("utf-8").strip()
    (row,) = json.loads(out.with_suffix(".json").read_text("utf-8"))["rows"]
    assert row["repaired_regret"] >= 0
    assert 0 <= row["regret_found"] <= row["regret_at_most"] + 1e-6
    assert row["removed"] is None or 0 <= row["removed"] <= 1
    assert len(row["edits"]) <= 1
    assert f"| {row['seed']} | {row['visits']} |" in out.read_text("utf-8")
