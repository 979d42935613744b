"""The practice-year tables and their record, from results worked out on paper."""

import json
import subprocess

import pytest

from benchmarks.practice_year import question_sentence, report
from benchmarks.year_record import commit_of, read_years
from engine.cli.year_question import year_question
from engine.simulate.record import digest_of
from engine.simulate.settings import YearSettings

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
        "policies": ["by-hand", "best-fit", "same"],
        "replications": 2,
        "seed": 4,
        "digest": "d1",
        "fallback_weeks": {"by-hand": 0, "best-fit": 3, "same": 0},
        "settings": {
            "weeks": 10,
            "warm_up_weeks": 2,
            "engine": {"seconds": 2.5, "workers": 1, "reproducible": True},
        },
        "figures": [{"name": "dates_kept", "unit": "%", "good": 1, "sentence": "finished by it"}],
        "rows": [
            a_row("by-hand", 80.0, 1.0, None),
            a_row("best-fit", 84.0, 1.5, (4.0, 0.5)),
            a_row("same", 80.4, 1.5, (0.4, 0.5)),
        ],
    }
    runs = tmp_path / "year" / "runs"
    runs.mkdir(parents=True)
    for policy, number, seconds, kept in (
        *(("by-hand", 1, 10.0, 80.0), ("by-hand", 2, 20.0, 82.0), ("by-hand", 3, 900.0, 0.0)),
        *(("best-fit", 1, 100.0, 84.0), ("best-fit", 2, 104.0, 86.5)),
        *(("same", 1, 10.0, 84.0), ("same", 2, 10.0, 87.0)),
    ):
        week = {"week": 1, "arrived": 1, "by_stage": {}, "past_original": 0, "past_current": 0}
        week |= {"waiting": 0, "asked": 0, "placed": 0, "set_aside": 0, "seconds": 1.0}
        run = {"policy": policy, "replication": number, "seconds": seconds, "code": "c0de"}
        run |= {"seed": 4, "digest": "d1", "figures": {"dates_kept": kept}, "weeks": [week]}
        (runs / f"{policy}-{number:02d}.json").write_text(json.dumps(run), "utf-8")
    (runs.parent / "year.json").write_text(json.dumps(document), "utf-8")
    (runs.parent / "year.csv").write_text("figure\n", "utf-8")
    return runs.parent


@pytest.fixture
def readme(tmp_path):
    page = tmp_path / "README.md"
    page.write_text(PAGE, "utf-8")
    return page


def test_only_what_is_decided_is_bold(folder, readme, tmp_path):
    text = report(folder, "2026-03-02", "abc1234", readme, tmp_path / "results")
    row = next(line for line in text.splitlines() if line.startswith("| dates kept:"))
    assert "80.0 ± 1.0 | 84.0 ± 1.5 (**+4.00 ± 0.50**) | 80.4 ± 1.5 (+0.40 ± 0.50) |" in row
    assert "more is better" in row
    page = readme.read_text("utf-8")
    assert text in page
    assert page.startswith("before\n")
    assert page.endswith("after\n")
    assert "last table" not in page


def test_the_second_table_holds_against_best_fit(folder, readme, tmp_path):
    """by-hand less best fit: -4.0 and -4.5, mean -4.25, standard deviation 0.3536 (0.25 sqrt 2).

    Student's t with one degree of freedom is 12.706: half-width 12.706 * 0.3536 / sqrt 2 = 3.18.
    same less best fit: 0 and 0.5, mean 0.25, and the same half-width.
    """
    text = report(folder, "2026-03-02", "abc1234", readme, tmp_path / "results")
    head, row = (
        next(line for line in text.splitlines() if line.startswith(begin))
        for begin in ("| difference ", "| dates kept |")
    )
    assert head == "| difference | unit | by-hand | same |"
    assert row == "| dates kept | % | **-4.25 ± 3.18** | +0.25 ± 3.18 |"


def test_settings_seconds_and_code_stand_below(folder, readme, tmp_path):
    text = report(folder, "2026-03-02", "abc1234", readme, tmp_path / "results")
    assert "2 years of 10 weeks for each policy (seed 4), counted from week 3 on" in text
    assert "2.5 s of solver work (reproducible), 1 worker." in text
    assert "by-hand 15 and 20, best-fit 102 and 104 (3 weeks of 20 best fit's), same" in text
    assert "Code c0de, commit abc1234." in text
    # Nobody can say which practice has this digest.
    assert "other than today's sample (digest d1)" in text


def test_years_of_the_sample_are_known_by_their_digest():
    problem, settings = year_question(None)[0], YearSettings(weeks=9)
    document = {"settings": settings.model_dump(mode="json"), "seed": 5}
    digest = digest_of(problem, settings, 5)
    assert problem.no_show_model is None
    assert question_sentence(document | {"digest": digest}) == (
        f"The sample practice, by the prior and with no slot prices (digest {digest})."
    )


def test_the_record_alone_makes_the_same_tables_again(folder, readme, tmp_path):
    text = report(folder, "2026-03-02", "abc1234", readme, tmp_path / "results")
    kept = tmp_path / "results" / "2026-03-02"
    assert (kept / "table.md").read_text("utf-8") == text
    assert json.loads((kept / "year.json").read_text("utf-8")) == read_years(folder).document
    assert (kept / "year.csv").read_bytes() == (folder / "year.csv").read_bytes()
    runs = json.loads((kept / "runs.json").read_text("utf-8"))["runs"]
    assert [(run["policy"], run["replication"]) for run in runs][:2] == [
        ("by-hand", 1),
        ("by-hand", 2),
    ]
    assert runs[1]["figures"] == {"dates_kept": 82.0}
    assert report(kept, "2026-03-03", None, readme, tmp_path / "results") == text


def test_a_commit_of_other_code_is_refused(tmp_path):
    """A repository with an engine of one file, which says its own digest."""
    (tmp_path / "engine" / "simulate").mkdir(parents=True)
    for package in (tmp_path / "engine", tmp_path / "engine" / "simulate"):
        (package / "__init__.py").write_text("", "utf-8")
    module = tmp_path / "engine" / "simulate" / "code_version.py"
    module.write_text("def code_version():\n    return 'c0de'\n", "utf-8")
    who = ("-c", "user.name=n", "-c", "user.email=n@example.org")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "one")):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    commit = commit_of(["c0de"], "HEAD", tmp_path)
    assert len(commit) >= 7
    for others in (["0the7"], ["0the7", "c0de"]):
        with pytest.raises(ValueError, match="the runs are of 0the7"):
            commit_of(others, commit, tmp_path)
