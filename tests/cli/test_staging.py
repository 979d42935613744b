"""Results come complete or not at all."""

from pathlib import Path

import pytest

from engine.cli.staging import move_in, staged

NAMES = ("a.json", "b.csv", "c.html")


def test_results_move_in_and_older_ones_of_the_same_names_go(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("old")
    (tmp_path / "b.csv").write_text("old")
    (tmp_path / "notes.txt").write_text("the reader's own")
    with staged(tmp_path) as folder:
        (folder / "a.json").write_text("new")
        (folder / "c.html").write_text("new")
        made = move_in(folder, tmp_path, NAMES)
    assert made == (tmp_path / "a.json", tmp_path / "c.html")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "a.json": "new",
        "c.html": "new",
        "notes.txt": "the reader's own",
    }


def test_a_failure_leaves_the_old_results_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("old")

    def fail() -> None:
        with staged(tmp_path) as folder:
            (folder / "a.json").write_text("half")
            raise RuntimeError("no page")

    with pytest.raises(RuntimeError, match="no page"):
        fail()
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.json", "old")]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(NotADirectoryError), staged(tmp_path / "out"):
        pass
    assert (tmp_path / "out").read_text() == "a file"


def test_missing_folders_are_made(tmp_path: Path) -> None:
    out = tmp_path / "weeks" / "third"
    with staged(out) as folder:
        (folder / "b.csv").write_text("new")
        move_in(folder, out, NAMES)
    assert [path.name for path in out.iterdir()] == ["b.csv"]
