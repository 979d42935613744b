"""The practice-year table from results worked out on paper."""

import json

import pytest

from benchmarks.practice_year import report

PAGE = "before\n<!-- year:begin -->\nlast table\n<!-- year:end -->\nafter\n"


def a_row(policy, mean, half, difference):
    apart = None if difference is None else dict(zip(("mean", "half"), difference, strict=True))
    return {
        "figure": "dates_kept",
        "policy": policy,
        "value": {"mean": mean, "half": half},
        "difference": apart,
    }


@pytest.fixture
def folder(tmp_path):
    """Two years of three policies; of the first policy a third year that is not asked for."""
    document = {
        "policies": ["by-hand", "better", "same"],
        "replications": 2,
        "seed": 4,
        "fallback_weeks": {"by-hand": 0, "better": 3, "same": 0},
        "settings": {"weeks": 10, "warm_up_weeks": 2},
        "figures": [{"name": "dates_kept", "unit": "%", "good": 1, "sentence": "finished by it"}],
        "rows": [
            a_row("by-hand", 80.0, 1.0, None),
            a_row("better", 84.0, 1.5, (4.0, 0.5)),
            a_row("same", 80.4, 1.5, (0.4, 0.5)),
        ],
    }
    runs = tmp_path / "year" / "runs"
    runs.mkdir(parents=True)
    for policy, number, seconds in (
        *(("by-hand", 1, 10.0), ("by-hand", 2, 20.0), ("by-hand", 3, 900.0)),
        *(("better", 1, 100.0), ("better", 2, 102.0)),
    ):
        run = {"policy": policy, "replication": number, "seconds": seconds, "code": "c0de"}
        (runs / f"{policy}-{number:02d}.json").write_text(json.dumps(run), "utf-8")
    (runs.parent / "year.json").write_text(json.dumps(document), "utf-8")
    (runs.parent / "year.csv").write_text("figure\n", "utf-8")
    return runs.parent


def test_only_what_is_decided_is_bold(folder, tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(PAGE, "utf-8")
    text = report(folder, "2026-03-02", readme, tmp_path / "results")
    row = next(line for line in text.splitlines() if line.startswith("| dates kept"))
    assert "80.0 ± 1.0 | 84.0 ± 1.5 (**+4.00 ± 0.50**) | 80.4 ± 1.5 (+0.40 ± 0.50) |" in row
    assert "more is better" in row
    assert "by-hand: 15 s a year in the median. better: 101 s" in text
    assert "3 weeks of 20 best fit's" in text
    page = readme.read_text("utf-8")
    assert text in page
    assert page.startswith("before\n")
    assert page.endswith("after\n")
    assert "last table" not in page


def test_the_results_are_kept(folder, tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(PAGE, "utf-8")
    text = report(folder, "2026-03-02", readme, tmp_path / "results")
    kept = tmp_path / "results" / "2026-03-02"
    assert (kept / "table.md").read_text("utf-8") == text
    assert (kept / "year.json").read_bytes() == (folder / "year.json").read_bytes()
    assert (kept / "year.csv").read_bytes() == (folder / "year.csv").read_bytes()
