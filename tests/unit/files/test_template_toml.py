"""A template file: what is written is read again, and faults are said with their place."""

from pathlib import Path

import pytest

from engine.files import read_template, template_toml, write_folder
from engine.generate import generate
from engine.practice.template import template_of
from engine.problems import PracticeProblemsError


def test_a_round_trip_and_a_folder_give_the_same(tmp_path: Path):
    problem = generate("one-doctor", visits=5, seed=1).problem
    template = template_of(problem.practice)
    (tmp_path / "new.toml").write_text(template_toml(template), "utf-8")
    assert read_template(tmp_path / "new.toml") == template
    write_folder(problem, tmp_path / "folder")
    assert read_template(tmp_path / "folder") == template


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("model_days = [", "toml-broken"),
        ("model_days = []", "empty-list"),
        ("[[model_days]]\nid = 'M'\n", "missing-key"),
        ("[[model_days]]\nid = 'M'\ntitle = 'M'\nsells = []\n", "unknown-key"),
    ],
)
def test_faults_are_named(tmp_path: Path, text: str, code: str):
    (tmp_path / "new.toml").write_text(text, "utf-8")
    with pytest.raises(PracticeProblemsError) as refused:
        read_template(tmp_path / "new.toml")
    assert code in {problem.code for problem in refused.value.problems}


def test_a_practice_without_model_days_is_no_template(tiny, tmp_path: Path):
    write_folder(tiny.problem(tiny.visit("V1")), tmp_path / "folder")
    with pytest.raises(PracticeProblemsError, match="no-model-day"):
        read_template(tmp_path / "folder")
