"""The hash of the code that makes a year."""

from pathlib import Path

import pytest

import engine
from engine.simulate.code_version import code_version, hash_of


@pytest.fixture
def package(tmp_path) -> Path:
    for name, text in {
        "units.py": "A = 1\n",
        "solver/dive.py": "B = 2\n",
        "simulate/day.py": "C = 3\n",
        "cli/main.py": "D = 4\n",
        "plot/page.py": "E = 5\n",
        "plot/page.css": "x\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["units.py", "solver/dive.py", "simulate/day.py"])
def test_a_changed_source_is_other_code(package, name: str):
    before = hash_of(package)
    (package / name).write_text("A = 7\n", "utf-8")
    assert hash_of(package) != before


def test_a_moved_or_added_source_is_other_code(package):
    before = hash_of(package)
    (package / "units.py").rename(package / "solver" / "units.py")
    moved = hash_of(package)
    (package / "empty.py").touch()
    assert len({before, moved, hash_of(package)}) == 3


@pytest.mark.parametrize("name", ["cli/main.py", "plot/page.py", "plot/page.css"])
def test_what_only_shows_does_not_count(package, name: str):
    before = hash_of(package)
    (package / name).write_text("other\n", "utf-8")
    assert hash_of(package) == before


def test_libraries_count(package):
    assert hash_of(package, ["ortools 1"]) != hash_of(package, ["ortools 2"])


def test_this_code_has_one_version():
    root = Path(engine.__file__).parent
    assert code_version() == code_version()
    assert code_version() not in ("", hash_of(root))  # libraries are in it
