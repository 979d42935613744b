"""Means, intervals and paired differences, worked out on paper."""

import pytest

from engine.simulate.compare import compare, csv_text, estimate
from engine.simulate.figures import FIGURES
from engine.simulate.record import Record, WeekFigures, fallbacks_of


def record(policy: str, replication: int, value: float | None) -> Record:
    figures = {figure.name: None for figure in FIGURES} | {"no_show_rate": value}
    return Record(
        policy=policy,
        replication=replication,
        seed=replication,
        digest="d",
        seconds=1.0,
        figures=figures,
        weeks=(),
    )


def test_the_interval_is_student_s():
    # Mean 2, standard deviation 1, t(0.975, 2) = 4.302653: half 4.302653 / sqrt(3) = 2.484138.
    found = estimate([1.0, 2.0, 3.0])
    assert (found.mean, found.count) == (2.0, 3)
    assert found.half == pytest.approx(2.484138, abs=1e-5)


def test_one_value_has_no_interval_and_none_no_mean():
    assert (estimate([4.0]).mean, estimate([4.0]).half) == (4.0, None)
    assert (estimate([]).mean, estimate([]).count) == (None, 0)


def test_differences_are_taken_within_replications():
    # 5, 7, 9 against 4, 6, 8: the means differ by -1 with no spread at all, though both spread.
    records = [record("a", n, 3.0 + 2 * n) for n in (1, 2, 3)]
    records += [record("b", n, 2.0 + 2 * n) for n in (1, 2, 3)]
    first, second = (row for row in compare(records) if row.figure == "no_show_rate")
    assert (first.policy, first.difference) == ("a", None)
    assert second.difference is not None
    assert (second.difference.mean, second.difference.half) == (-1.0, 0.0)
    assert second.value.half == pytest.approx(2 * 2.484138, abs=1e-4)


def test_a_pair_counts_only_where_both_are_known():
    records = [record("a", 1, 1.0), record("a", 2, None), record("b", 1, 3.0), record("b", 2, 9.0)]
    _, second = (row for row in compare(records) if row.figure == "no_show_rate")
    assert second.value.mean == 6.0
    assert second.difference is not None
    assert (second.difference.mean, second.difference.count) == (2.0, 1)


def test_the_csv_has_a_row_per_figure_and_policy():
    text = csv_text(compare([record("a", 1, 1.5), record("b", 1, 1.25)]))
    lines = text.splitlines()
    assert len(lines) == 1 + 2 * len(FIGURES)
    assert "no_show_rate,%,a,1.5,,1,," in lines
    assert "no_show_rate,%,b,1.25,,1,-0.25," in lines


def test_weeks_that_are_best_fit_s_are_counted_by_policy():
    def year(policy: str, replication: int, *fell_back: bool) -> Record:
        weeks = tuple(
            WeekFigures(
                **dict.fromkeys(("arrived", "past_original", "past_current", "waiting"), 0),
                **dict.fromkeys(("asked", "placed", "set_aside", "seconds"), 0),
                week=number,
                by_stage={},
                fell_back=fell,
            )
            for number, fell in enumerate(fell_back, start=1)
        )
        return record(policy, replication, None).model_copy(update={"weeks": weeks})

    years = [year("a", 1, True, False, True), year("a", 2, False, True, False), year("b", 1, False)]
    assert fallbacks_of(years) == {"a": 3, "b": 0}
