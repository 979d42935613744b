"""A folder with more than a hundred planted faults: a clear line for each, the rest is loaded."""

import importlib.util
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from engine.problems import PracticeProblem, PracticeProblemsError, Severity

_SPEC = importlib.util.spec_from_file_location(
    "planted_faults", Path(__file__).with_name("planted_faults.py")
)
assert _SPEC is not None
assert _SPEC.loader is not None
planted = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(planted)

Line = tuple[str, int, str]
"""File, row and code."""


@pytest.fixture
def expected(folder: Any) -> Counter[Line]:
    """Plants the faults into the good folder; what has to be said about each."""
    (folder.path / "history.csv").write_text("patient,date,procedure,outcome\n", "utf-8")
    lines: Counter[Line] = Counter()
    for file, (base, rows) in planted.PLANTED.items():
        for number, (cells, codes) in enumerate(rows):
            own = {} if file == "history.csv" else {"id": f"{file[0].upper()}F{number}"}
            row = folder.add(file, **(base | own | cells))
            lines.update((file, row, code) for code in codes)
    # A row that follows one set aside, and one whose comma stands without quotes.
    row = folder.add("visits.csv", id="VF-last", **planted.VISIT, follows="VF0 min_days=1")
    lines["visits.csv", row, "follows-set-aside"] += 1
    with (folder.path / "visits.csv").open("a", encoding="utf-8") as stream:
        stream.write("Lee, Ann,P00099,ADJR" + "," * 40 + "x\n")
    lines["visits.csv", row + 1, "row-too-wide"] += 1
    return lines


def line_of(problem: PracticeProblem) -> Line:
    file, _, rest = problem.where.partition(" row ")
    return file, int(rest.split()[0]), problem.code


def test_a_clear_line_for_each_fault_and_no_other(folder: Any, expected: Counter[Line]) -> None:
    assert expected.total() >= 100
    assert len({code for _, _, code in expected}) >= 30
    found = folder.faults()
    lines = Counter(line_of(problem) for problem in found)
    assert lines - expected == Counter()
    assert expected - lines == Counter()


def test_each_line_says_cause_and_remedy_and_names_nobody(
    folder: Any, expected: Counter[Line]
) -> None:
    for problem in folder.faults():
        assert len(problem.cause) > 10, problem
        assert len(problem.remedy) > 5, problem
        assert "\n" not in str(problem)
        for name in ("Ann", "Lee", "Neil"):
            assert name not in str(problem)


def test_the_rest_is_loaded(folder: Any, small: Any, expected: Counter[Line]) -> None:
    loaded = folder.load()
    good = small.small_problem()
    assert loaded.problem.practice == good.practice
    assert loaded.problem.visits == good.visits
    kept = [booking.visit.id for booking in loaded.problem.bookings]
    assert kept == ["B1", "B2", "B3", *(f"BF{number}" for number in range(14, 22))]
    # Every row with a fault is set aside but these eight bookings and the row numbers are right.
    rows = {(file, row) for file, row, _ in expected}
    assert len(loaded.set_aside) == len(rows) - 8
    assert {(one.file, one.row) for one in loaded.set_aside} < rows


def test_strict_refuses_with_the_same_lines(folder: Any, expected: Counter[Line]) -> None:
    with pytest.raises(PracticeProblemsError) as error:
        folder.load(strict=True)
    faults = [one for one in error.value.problems if one.severity is not Severity.NOTE]
    assert Counter(map(line_of, faults)) == expected
    # What the book says against the rules of the practice is kept even then.
    kept = {one.code for one in faults if one.severity is Severity.KEPT}
    assert kept == {
        "booking-closed-date",
        "booking-outside-hours",
        "booking-outside-shift",
        "booking-off-grid",
    }
