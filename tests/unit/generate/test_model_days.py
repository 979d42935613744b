"""The three model days."""

from engine.generate.generate import AS_OF
from engine.generate.model_days import columns_of, model_days
from engine.generate.practice import empty_problem
from engine.generate.profiles import PROFILES
from engine.practice import ChairKind
from engine.units import overlaps, to_minutes

OPEN_MINUTES = {"full": 570, "catch-up": 600, "short": 330}
"""07:30-17:00, 08:00-18:00, 08:00-13:30."""


def test_columns_repeat_for_every_doctor() -> None:
    assert columns_of("16X", 2) == ("C1", "C6", "X1", "C7", "C12", "X2")


def test_enough_cells_and_classes() -> None:
    days = model_days(1)
    assert sum(len(day.cells) for day in days) >= 40
    assert len({cell.procedure_class for day in days for cell in day.cells}) >= 8
    assert {day.id: len(day.cells) >= 20 for day in days}["full"]


def test_seven_tenths_of_each_day_is_reserved() -> None:
    kinds = {c.id: c.kind for c in empty_problem(PROFILES["one-doctor"], AS_OF).practice.chairs}
    for day in model_days(1):
        reserved = sum(
            to_minutes(cell.end) - to_minutes(cell.start)
            for cell in day.cells
            for column in cell.columns
            if kinds[column] is ChairKind.CLINIC
        )
        share = reserved / (6 * OPEN_MINUTES[day.id])
        assert 0.7 <= share <= 0.8, (day.id, share)


def test_no_two_cells_share_a_column_and_a_minute() -> None:
    for day in model_days(2):
        cells = [(c, (to_minutes(c.start), to_minutes(c.end))) for c in day.cells]
        for at, (first, one) in enumerate(cells):
            for second, other in cells[at + 1 :]:
                if set(first.columns) & set(second.columns):
                    assert not overlaps(one, other), (day.id, first.id, second.id)


def test_every_hold_has_a_ladder_and_one_opens_the_afternoon_before() -> None:
    full = next(day for day in model_days(1) if day.id == "full")
    holds = [cell for cell in full.cells if cell.hold]
    early = [cell for cell in holds if cell.release and cell.release[0].days_before == 1]
    assert len(holds) == 4
    assert len(early) == 1
