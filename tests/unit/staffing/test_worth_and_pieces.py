"""Demand in points, on paper. Prices: unplaced 520, a day overdue 65, a day to access 130.

ADJ (adj) takes 20 and 5 minutes, 21 days to rebook: 520 + 21 * 65 = 1885 points, 75.4 a minute.
"""

import datetime as dt
from itertools import permutations

import pytest

from engine.practice import Cell, ChairKind, ModelDay, ModelDayDate, StaffBlock
from engine.staffing.needs import needs_on
from engine.staffing.pieces import lost_points, pieces_of
from engine.staffing.worth import points_of_booking, points_of_visit, points_per_minute

ADJ = 520 + 21 * 65
EXAM = 520 + 21 * 130


def asked(tiny, *what, cells, **changes):
    return tiny.problem(
        *what,
        model_days=(ModelDay(id="M", title="M", cells=cells),),
        model_day_dates=(ModelDayDate(model_day="M", date=tiny.tuesday),),
        **changes,
    )


def cell(name, procedure_class, column, start, end) -> Cell:
    return Cell(id=name, procedure_class=procedure_class, columns=(column,), start=start, end=end)


def test_points_of_a_visit_a_booking_and_a_cell_minute(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00"), tiny.booking("B2", "10:00", movable=True))
    assert points_of_visit(problem, problem.procedures["ADJ"]) == ADJ
    assert points_of_visit(problem, problem.procedures["EXAM"]) == EXAM
    frozen, movable = problem.bookings
    assert points_of_booking(problem, frozen) == 10_000_000
    assert points_of_booking(problem, movable) == ADJ + 3
    assert points_per_minute(problem, "adj", ChairKind.CLINIC) == pytest.approx(ADJ / 25)
    assert points_per_minute(problem, "adj", ChairKind.EXAM) == 0


def test_a_booking_takes_its_part_of_a_cell(tiny):
    problem = asked(
        tiny,
        tiny.booking("B1", "09:00", movable=True),
        cells=(cell("a", "adj", "C1", "09:00", "10:00"),),
    )
    booked, rest = needs_on(problem, tiny.tuesday)
    # 09:00-09:20 and 5 minutes of turnover: 35 minutes of the cell are left.
    assert (booked.start, booked.end, booked.points) == (540, 560, ADJ + 3)
    assert (rest.start, rest.end) == (565, 600)
    assert rest.points == pytest.approx(35 * ADJ / 25)
    assert rest.able == (("AS1", 1.0),)
    assert rest.doctor


def test_a_person_with_half_of_the_skills_serves_half_of_a_class(tiny):
    other = tiny.procedure("WIRE", "A20", skill="bending", procedure_class="adj")
    problem = asked(
        tiny,
        cells=(cell("a", "adj", "C1", "09:00", "10:00"),),
        procedures=(other,),
        staff=(
            tiny.person("DR1", "doctor"),
            tiny.person("AS1"),
            tiny.person("AS2", "assistant", "bending"),
        ),
    )
    (need,) = needs_on(problem, tiny.tuesday)
    assert need.able == (("AS1", 0.5), ("AS2", 1.0))


def test_lunch_is_lost_and_one_assistant_cannot_serve_two_columns(tiny):
    lunch = StaffBlock(
        kind="lunch", staff=("AS1",), dates=(tiny.tuesday,), start="12:00", end="13:00"
    )
    problem = asked(
        tiny,
        cells=(cell("a", "adj", "C1", "11:00", "13:00"), cell("b", "adj", "C2", "11:00", "11:30")),
        clinic=2,
        staff_blocks=(lunch,),
    )
    # C1 11:00-12:00 is served, C2 11:00-11:30 is not, and nobody is there from 12:00 to 13:00.
    lost = lost_points(pieces_of(problem, tiny.tuesday), {})
    assert lost == pytest.approx((30 + 60) * ADJ / 25)


@pytest.mark.parametrize("away", [(), ("AS1",), ("AS1", "AS3")])
def test_lost_points_against_every_way_to_assign(tiny, away):
    problem = asked(
        tiny,
        cells=(
            cell("a", "adj", "C1", "09:00", "10:00"),
            cell("b", "bond", "C2", "09:00", "10:00"),
            cell("c", "clean", "C3", "09:00", "09:30"),
        ),
        clinic=3,
        procedures=(tiny.procedure("BOND", "A25 D15 A35", skill="bonding"),),
        staff=(
            tiny.person("DR1", "doctor"),
            tiny.person("AS1", "assistant", "bonding"),
            tiny.person("AS2"),
            tiny.person("AS3", "assistant", "bonding"),
        ),
    )
    gone = {who: [(0, 1440)] for who in away}
    pieces = pieces_of(problem, tiny.tuesday)
    people = [who for who in ("AS1", "AS2", "AS3") if who not in away] + ["nobody"] * 3

    def lost(piece) -> float:
        columns = sorted(piece.worth)
        return sum(piece.worth.values()) - max(
            sum(piece.served.get(pair, 0.0) for pair in zip(chosen, columns, strict=True))
            for chosen in permutations(people, len(columns))
        )

    assert lost_points(pieces, gone) == pytest.approx(sum(lost(piece) for piece in pieces))


def test_a_date_without_model_day_and_bookings_needs_nobody(tiny):
    problem = asked(tiny, cells=(cell("a", "adj", "C1", "09:00", "10:00"),))
    assert needs_on(problem, dt.date(2026, 3, 4)) == ()
    assert pieces_of(problem, dt.date(2026, 3, 4)) == ()
