"""What a person reads while the search goes on, and what is said at its end."""

import pytest

from engine.cli.filling_run import closing_line, exit_code_of
from engine.cli.progress import state_of, watching
from engine.cli.tables import kpi_table, number
from engine.result import KpiValue, Result, Status, TracePoint
from engine.schedule import Schedule

SCHEDULE = Schedule.model_validate({"start": "2026-01-12", "days": 1})


def test_state_tells_how_far_apart_objective_and_bound_are() -> None:
    point = TracePoint(seconds=1.5, objective=1240.5, bound=1198.25, by="first fit")
    assert state_of(point) == "objective 1,240.5, bound 1,198.25, 42.25 apart (first fit)"


def test_state_leaves_out_what_is_not_known() -> None:
    assert state_of(TracePoint(seconds=1, objective=None, bound=7.0)) == "bound 7"
    assert state_of(TracePoint(seconds=1, objective=3.0, bound=None)) == "objective 3"
    assert state_of(TracePoint(seconds=1, objective=3.0, bound=-7.0)) == "objective 3"


def test_a_pipe_gets_a_line_per_improvement(capsys: pytest.CaptureFixture[str]) -> None:
    with watching(time_limit=10, quiet=False) as on_progress:
        on_progress(TracePoint(seconds=1, objective=9.0, bound=None))
        on_progress(TracePoint(seconds=2.25, objective=8.0, bound=7.5))
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "   1.0 s  objective 9",
        "   2.2 s  objective 8, bound 7.5, 0.5 apart",
    ]


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with watching(time_limit=10, quiet=True) as on_progress:
        on_progress(TracePoint(seconds=1, objective=9.0, bound=None))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("status", "schedule", "interrupted", "code"),
    [
        (Status.OPTIMAL, SCHEDULE, False, 0),
        (Status.FEASIBLE, SCHEDULE, False, 0),
        (Status.FEASIBLE, SCHEDULE, True, 130),
        (Status.UNKNOWN, None, True, 1),
        (Status.INFEASIBLE, None, False, 1),
    ],
)
def test_exit_codes(
    status: Status, schedule: Schedule | None, interrupted: bool, code: int
) -> None:
    assert exit_code_of(Result(status=status, schedule=schedule, interrupted=interrupted)) == code


def test_closing_line() -> None:
    result = Result(
        status=Status.FEASIBLE,
        schedule=SCHEDULE,
        bound=1198.0,
        gap=0.00314,
        seconds=12.14,
        seed=7,
        interrupted=True,
    )
    assert closing_line(result) == (
        "feasible after 12.1 s, gap 0.31 % of the avoidable part (bound 1,198), seed 7, interrupted"
    )


def test_closing_line_says_that_a_gap_is_not_known() -> None:
    result = Result(status=Status.FEASIBLE, schedule=SCHEDULE, seconds=20.0)
    assert closing_line(result) == (
        "feasible after 20.0 s, gap not known (no bound was found), seed 0"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.001, "0"),
        (3.0, "3"),
        (1234.5, "1,234.5"),
        (12345.6, "12,346"),
        (0.126, "0.13"),
        (-2.5, "-2.5"),
    ],
)
def test_numbers(value: float, text: str) -> None:
    assert number(value) == text


def test_the_table_ends_with_the_sum_of_points() -> None:
    kpis = tuple(
        KpiValue(kpi=name, quanta=1, value=1.0, unit="visit", points=points)
        for name, points in (("unplaced_visits", 40.0), ("off_template", 1.25))
    )
    table = kpi_table({"engine": kpis, "by hand": kpis[:1] + kpis[1:]})
    assert table.row_count == 3
    assert list(table.columns[2].cells)[-1] == "41.25"
