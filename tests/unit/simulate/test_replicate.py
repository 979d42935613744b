"""Many years: kept when finished, never mixed, the same in one process and in several."""

from pathlib import Path

import pytest

from engine.practice import Problem
from engine.problems import PracticeProblemsError
from engine.simulate.record import Record, path_of
from engine.simulate.replicate import Progress, replicate
from engine.simulate.settings import YearSettings

SHORT = {"weeks": 3, "warm_up_weeks": 1}
POLICIES = ("first-fit", "model-day-only")


@pytest.fixture
def settings(small_settings: YearSettings) -> YearSettings:
    return small_settings.model_copy(update=SHORT)


def run(problem: Problem, settings: YearSettings, folder: Path, seed: int = 1, jobs: int = 1):
    told: list[Progress] = []
    records = replicate(problem, POLICIES, settings, 2, seed, folder, jobs, told.append)
    return records, told


def test_finished_years_are_kept_and_skipped(small_problem, settings, tmp_path):
    first, told = run(small_problem, settings, tmp_path)
    assert [(r.policy, r.replication) for r in first] == [(p, n) for p in POLICIES for n in (1, 2)]
    assert {(t.policy, t.replication, t.week) for t in told} == {
        (policy, number, week) for policy in POLICIES for number in (1, 2) for week in (1, 2, 3)
    }
    path_of(tmp_path, "first-fit", 2).unlink()
    again, told = run(small_problem, settings, tmp_path)
    lived = {(t.policy, t.replication) for t in told if t.line != "done before"}
    assert lived == {("first-fit", 2)}
    assert [r.figures for r in again] == [r.figures for r in first]


def test_years_of_other_settings_are_never_mixed_in(small_problem, settings, tmp_path):
    run(small_problem, settings, tmp_path)
    path_of(tmp_path, "first-fit", 1).write_text("{", "utf-8")
    with pytest.raises(PracticeProblemsError) as refused:
        run(small_problem, settings, tmp_path, seed=2)
    assert [problem.code for problem in refused.value.problems] == [
        "year-record",
        "year-other-settings",
    ]
    assert "3 of the years there, such as " in refused.value.problems[1].cause


def test_a_year_of_other_code_is_made_anew(small_problem, settings, tmp_path, monkeypatch):
    first, _ = run(small_problem, settings, tmp_path)
    path = path_of(tmp_path, "first-fit", 2)
    old = first[1].model_copy(update={"code": "other", "figures": {}})
    path.write_text(old.model_dump_json(), "utf-8")
    again, told = run(small_problem, settings, tmp_path)
    anew = [t for t in told if t.line != "done before"]
    assert anew[0] == Progress("first-fit", 2, 0, "made by other code; made anew")
    assert {(t.policy, t.replication) for t in anew} == {("first-fit", 2)}
    assert [r.figures for r in again] == [r.figures for r in first]
    assert Record.model_validate_json(path.read_text("utf-8")).code == again[0].code != "other"


def test_bad_settings_are_refused_before_anything_is_written(small_problem, settings, tmp_path):
    bad = settings.model_copy(update={"weeks": 0})
    with pytest.raises(PracticeProblemsError, match="year-weeks"):
        run(small_problem, bad, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_replications_differ_and_policies_share_their_patients(small_problem, settings, tmp_path):
    records, _ = run(small_problem, settings, tmp_path)
    arrived = {(r.policy, r.replication): [w.arrived for w in r.weeks] for r in records}
    assert arrived["first-fit", 1] == arrived["model-day-only", 1]
    assert arrived["first-fit", 1] != arrived["first-fit", 2]


def test_a_stop_keeps_what_is_finished(small_problem, settings, tmp_path):
    def stop(progress: Progress) -> None:
        if progress.replication == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replicate(small_problem, POLICIES, settings, 2, 1, tmp_path, 1, stop)
    kept = sorted(path.stem for path in (tmp_path / "runs").glob("*.json"))
    assert kept == ["first-fit-01", "model-day-only-01"]
    _, told = run(small_problem, settings, tmp_path)
    assert {t.replication for t in told if t.line != "done before"} == {2}


@pytest.mark.long
def test_several_processes_give_what_one_gives(small_problem, settings, tmp_path):
    alone, _ = run(small_problem, settings, tmp_path / "one")
    together, told = run(small_problem, settings, tmp_path / "two", jobs=2)
    assert [r.figures for r in together] == [r.figures for r in alone]
    assert len(told) == 12
