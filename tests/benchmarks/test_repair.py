"""The table of repairs: a row for each person and one for all, worked out on paper."""

from benchmarks.repair import RepairRun, table


def run(staff: str, seconds: float, calls: int, fewest: bool) -> RepairRun:
    return RepairRun(
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
