"""The table of repairs: a row for each person and one for all, worked out on paper."""

import json
from itertools import product

from benchmarks.machine import code_digest
from benchmarks.repair import CASES, HALF, ONE, TWO, RepairRun, absent, table, write
from engine.generate.sample import rolling_book
from engine.practice.calendar import is_open


def run(staff: str, seconds: float, calls: int, fewest: bool, case: str = ONE) -> RepairRun:
    return RepairRun(
        case=case,
        date="2026-03-03",
        staff=staff,
        seconds=seconds,
        ok=True,
        calls=calls,
        leave=1,
        at_least=calls if fewest else 0,
        fewest=fewest,
    )


def test_rows_and_totals() -> None:
    lines = table([run("A", 1.0, 3, True), run("A", 3.0, 2, False), run("B", 0.5, 4, True)])
    rows = lines.splitlines()[2:]
    assert rows == [
        "| A | 2 | 2 | 2.00 | 3.00 | 5 | 2 | 1 of 2 |",
        "| B | 1 | 1 | 0.50 | 0.50 | 4 | 1 | 1 of 1 |",
        "| all | 3 | 3 | 1.00 | 3.00 | 9 | 3 | 2 of 3 |",
    ]


def test_each_case_has_a_row_where_there_are_several() -> None:
    lines = table([run("A", 1.0, 3, True), run("A and B", 3.0, 7, False, TWO)])
    assert [row.split(" | ")[0] for row in lines.splitlines()[2:]] == [
        "| A",
        "| A and B",
        f"| {ONE}",
        f"| {TWO}",
        "| all",
    ]


def test_somebody_is_out_in_every_case_on_every_open_day() -> None:
    sample = rolling_book()
    open_days = [day for day in sample.horizon.dates if is_open(sample.problem.practice, day)]
    for day, case in product(open_days, CASES):
        found = list(absent(sample.problem, day, case))
        assert len(found) > 1
        assert {len(absences) for absences in found} == {2 if case == TWO else 1}
        assert all((one.end is None) == (case != HALF) for (one, *_) in found)


def test_the_record_says_which_code_and_machine_it_is_of(tmp_path) -> None:
    done = [run("A", 1.0, 3, True)]
    write(done, 0.6, tmp_path / "repair")
    record = json.loads((tmp_path / "repair" / "repair.json").read_text("utf-8"))
    assert record["machine"]["code"] == code_digest()
    assert [one["staff"] for one in record["runs"]] == ["A"]
    assert (tmp_path / "repair" / "table.md").read_text("utf-8") == table(done) + "\n"
