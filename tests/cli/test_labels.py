"""Names come from one local file and appear in no message."""

from pathlib import Path

import pytest

from engine.cli.labels import read_labels
from engine.problems import PracticeProblemsError


def written(folder: Path, text: str) -> Path:
    path = folder / "labels.csv"
    path.write_text(text, "utf-8")
    return path


def test_labels_by_id(tmp_path: Path) -> None:
    path = written(tmp_path, 'id,label\nP00123,"Doe, Jane"\n\nAS1, Kim \n')
    assert read_labels(path) == {"P00123": "Doe, Jane", "AS1": "Kim"}


def test_no_file_asked_for_is_no_labels() -> None:
    assert read_labels(None) == {}


def test_every_faulty_row_is_named_and_no_name_is(tmp_path: Path) -> None:
    path = written(tmp_path, "id,label\nP1,Jane\nP2,Doe,Jane\n ,Kim\n")
    with pytest.raises(PracticeProblemsError) as caught:
        read_labels(path)
    assert [problem.where for problem in caught.value.problems] == [
        "labels.csv row 3",
        "labels.csv row 4",
    ]
    assert "Jane" not in str(caught.value)
    assert "Kim" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "name,id\nJane,P1\n", "id;label\nP1;Jane\n"])
def test_other_columns_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(PracticeProblemsError, match="row 1"):
        read_labels(written(tmp_path, text))


def test_a_missing_file_is_a_problem_and_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(PracticeProblemsError, match=r"labels\.csv"):
        read_labels(tmp_path / "labels.csv")
