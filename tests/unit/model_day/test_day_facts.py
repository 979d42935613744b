"""What a day type has on all of its weekdays, and which slots and blocks are possible there."""

import datetime as dt

import pytest
from offices import fixture_goals, sample_problem

from engine.model_day.day_types import day_types_of
from engine.model_day.design.blocks import blocks_of
from engine.model_day.design.day_model import empty_model
from engine.model_day.design.first_days import relaxation
from engine.model_day.design.prices import DesignRules
from engine.model_day.design.slots import families, possible_starts, slot_of
from engine.model_day.design.type_facts import TypeFacts, common, facts_of, ordinary_date
from engine.model_day.goals import Band
from engine.practice import Problem, Role, Weekday

PROBLEM = sample_problem()


def facts(name: str, problem: Problem = PROBLEM) -> TypeFacts:
    types = {one.id: one for one in day_types_of(fixture_goals(), problem.practice)}
    return facts_of(problem, types[name])


def slot(code: str):
    return slot_of(PROBLEM.practice, PROBLEM.procedures[code])


def test_common_minutes_of_several_days() -> None:
    assert common([[(0, 100)], [(20, 60), (80, 120)]]) == ((20, 60), (80, 100))
    assert common([[(0, 10)], [(10, 20)]]) == ()


def test_an_ordinary_date_has_nothing_unusual() -> None:
    # The first Tuesday after Thursday 5 March has a staff meeting, the second has none.
    practice = PROBLEM.practice
    assert ordinary_date(practice, Weekday.TUE, dt.date(2026, 3, 5)) == dt.date(2026, 3, 17)


def test_people_count_while_they_are_there_on_every_weekday() -> None:
    # On Thursdays the doctor is at the desk from 16:40 on, on Mondays and Tuesdays until 17:00.
    doctor = next(crew for crew in facts("full").crews if crew.role is Role.DOCTOR)
    assert doctor.present == ((450, 720), (780, 1000))
    assert facts("full").open == ((450, 1020),)


def test_chairs_that_nothing_tells_apart_are_one() -> None:
    sizes = {(c.kind.value, c.overflow): len(c.chairs) for c in facts("short").columns}
    assert sizes == {
        ("clinic", False): 5,
        ("clinic", True): 1,
        ("exam", False): 1,
        ("records", False): 1,
    }


def test_possible_starts_keep_marks_hours_and_times_of_day() -> None:
    full = facts("full")
    # Full bonding, 75 min, may begin from 07:00 to before 12:00; the day opens at 07:30.
    starts = possible_starts(full, slot("BOND"), ())
    assert starts == list(range(450, 720, 10))
    # Bands lie wholly before 15:00: the last 40 minutes begin at 14:20.
    assert possible_starts(full, slot("BAND"), ())[-1] == 14 * 60 + 20
    # The doctor leaves the office at 17:00 on all days: the last short visit begins at 16:40.
    assert possible_starts(full, slot("ADJS"), ())[-1] == 16 * 60 + 40


def test_a_band_binds_its_class_alone() -> None:
    band = Band(procedure_class="long", start="09:00", end="11:00")
    assert possible_starts(facts("full"), slot("ADJL"), [band])[0] == 540
    assert possible_starts(facts("full"), slot("ADJL"), [band])[-1] == 620
    assert possible_starts(facts("full"), slot("ADJR"), [band])[0] == 450


def test_a_family_has_the_longest_first_and_one_of_a_pattern() -> None:
    made = families(slot(code) for code in ("ADJS", "ALCHK", "SEP", "BND1", "BOND", "ALDEL"))
    assert [[one.procedure.code for one in family] for family in made] == [
        ["ADJS", "SEP"],
        ["BOND", "BND1", "ALDEL"],
    ]


@pytest.mark.parametrize(
    ("first", "column_span"),
    [(480, (480, 540)), (500, (495, 555)), (510, (510, 570))],
)
def test_a_block_holds_its_columns_from_mark_to_mark(
    first: int, column_span: tuple[int, int]
) -> None:
    """Two archwire changes of 20 min and 5 of turnover: 25 min, so one every 30 on marks of 10.

    From 08:00: 08:00-08:25 and 08:30-08:55, so the column is taken until 09:00. From 08:20 the cell
    begins at 08:15 and ends with the second turnover at 09:15.
    """
    blocks = blocks_of(facts("full"), slot("ADJR"), 2, fixture_goals(), 15)
    pair = next(one for one in blocks if one.starts == (first, first + 30))
    assert [span for _, span in pair.places] == [column_span]


def test_visits_of_two_rooms_make_blocks_of_one() -> None:
    blocks = blocks_of(facts("full"), slot("PROG"), 3, fixture_goals(), 15)
    assert {one.count for one in blocks} == {1}
    assert {tuple(c.kind.value for c, _ in one.places) for one in blocks} == {("records", "clinic")}


def test_no_block_begins_where_nobody_is_there_to_serve_it() -> None:
    """Doctor time of an archwire change begins 5 or 10 minutes after it; the doctor is out 12 to 1.

    A start at 11:50 has it at 11:55; starts from 12:00 to 12:40 would have it by 12:50 at the
    latest. Where more may be had at a price, they count all the same.
    """
    full, lunch = facts("full"), set(range(720, 770, 10))
    served = {one.starts[0] for one in blocks_of(full, slot("ADJR"), 1, fixture_goals(), 15)}
    assert 710 in served
    assert not served & lunch
    anyhow = blocks_of(full, slot("ADJR"), 1, fixture_goals(), 15, anyhow=True)
    assert {one.starts[0] for one in anyhow} >= served | lunch


def test_the_bound_counts_whole_blocks() -> None:
    """16 short visits of 20 minutes with turnover; a block is at most 300 minutes, so holds 15."""
    model = empty_model(facts("full"), fixture_goals(), {slot("ADJS"): 16}, DesignRules())
    _, bound = relaxation(model.program, 10.0)
    assert bound == 2 * DesignRules().prices.block
