"""The small practice of the tests of files, as a module and as a folder."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


def load_neighbour(name: str) -> ModuleType:
    """A module that lies beside this file, which is not on the import path."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def small() -> ModuleType:
    """The module small_practice.py."""
    return load_neighbour("small_practice")


@pytest.fixture
def folder(small: ModuleType, tmp_path: Path) -> Any:
    """The small practice, written to a folder whose cells a test can change."""
    kind = load_neighbour("practice_folder").PracticeFolder
    return kind(small.small_problem(), tmp_path / "practice")
