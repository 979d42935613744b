"""The catalogue is complete: every code is proved by a test, and none is raised outside it."""

import ast
import re
from pathlib import Path

import pytest

import engine.validation
from engine.problems import Severity
from engine.validation import CODES
from engine.validation.codes import fault

SOURCES = Path(engine.validation.__file__).parent


def proved() -> set[str]:
    """The first arguments of all calls of `emits` in the tests beside this one."""
    codes = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if called and node.func.id == "emits" and isinstance(node.args[0], ast.Constant):
                codes.add(node.args[0].value)
    return codes


def test_every_code_is_proved_by_a_test():
    assert set(CODES) - proved() == set()


def test_every_proved_code_is_catalogued():
    assert proved() - set(CODES) == set()


def test_every_code_written_in_the_sources_is_catalogued():
    text = "\n".join(p.read_text(encoding="utf-8") for p in SOURCES.glob("*.py"))
    assert set(re.findall(r"(?<!_)(?:fault|Cause)\(\s*\"([^\"]+)\"", text)) <= set(CODES)


def test_codes_are_kebab_case_with_a_meaning():
    for code, entry in CODES.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)+", code)
        assert entry.meaning.endswith(".")
        assert len(entry.meaning) < 100


def test_a_code_outside_the_catalogue_cannot_be_raised():
    with pytest.raises(KeyError):
        fault("new-code", "practice", "cause", "remedy")


def test_severities():
    by_severity = dict.fromkeys(Severity, 0)
    for entry in CODES.values():
        by_severity[entry.severity] += 1
    assert min(by_severity.values()) > 10
    # A promise to a patient is not set aside for a clash.
    assert all(CODES[code].severity is Severity.KEPT for code in CODES if code.startswith("book-"))
