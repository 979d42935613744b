"""Designed days: worked optima, the day by hand, and figures that two counts agree on."""

import datetime as dt

import numpy as np
import pytest
from offices import MONDAY, SAMPLE, fixture_goals, places, small_office

from engine.model_day.built import day_text
from engine.model_day.day_figures import class_changes, doctor_figures
from engine.model_day.day_types import day_types_of
from engine.model_day.demand import demand_of
from engine.model_day.design import design_day as entry
from engine.model_day.design.by_hand import by_hand
from engine.model_day.design.design_day import (
    DesignSettings,
    JudgedFaultyError,
    day_model,
    design_day,
    name_day,
    name_or_refuse,
)
from engine.model_day.design.first_days import FirstDays, relaxation
from engine.model_day.design.known_day import solved_day
from engine.model_day.design.month import plan_month
from engine.model_day.design.priced_rows import PricedRows
from engine.model_day.design.prices import DesignRules
from engine.model_day.design.slots import Slot
from engine.model_day.design.type_facts import TypeFacts, facts_of
from engine.model_day.judge import DesignFault
from engine.model_day.sample_goals import sample_goals
from engine.practice import (
    DoctorRule,
    DoctorRuleKind,
    Role,
)
from engine.result import Status
from engine.solver.arrays import to_arrays
from engine.solver.solved import Solved

QUICK = DesignSettings(work=3.0, workers=1, gap=0.0)


def test_a_day_without_a_doctor_costs_its_blocks_alone() -> None:
    """Three retainer checks of 10 + 5 min and one separator visit of the same: two blocks.

    Two kinds need two blocks at least, 20 points. Sixty minutes with turnover in two hours are 30
    an hour, with a tenth 33, so at most six steps: three visits of two steps each in one hour, the
    fourth in the other, cost nothing.
    """
    problem = small_office()
    made = design_day(
        problem, facts_of(problem, MONDAY), fixture_goals(), places(problem, RETCN=3, SEP=1), QUICK
    )
    assert made.status is Status.OPTIMAL
    assert made.objective == made.bound == 20
    assert made.missed == ()
    assert made.model_day is not None
    assert {cell.procedure_class for cell in made.model_day.cells} == {"retention", "short"}


def test_places_that_do_not_fit_are_missing_and_said() -> None:
    """One chair for an hour: an adjustment of 40 + 5 minutes fits once, the second is missing."""
    problem = small_office(last="09:00", doctor=True)
    made = design_day(
        problem, facts_of(problem, MONDAY), fixture_goals(), places(problem, ADJL=2), QUICK
    )
    assert made.status is Status.OPTIMAL
    assert made.missed == (("ADJL", 1),)


def test_two_chairs_and_one_doctor_take_turns() -> None:
    """Two full bondings (25 A, 15 D, 35 A) in two chairs from 08:00 to 10:00.

    The doctor cannot be in both at 08:25: they begin 15 minutes apart at least, on marks of ten.
    """
    problem = small_office(chairs=2, doctor=True)
    made = design_day(
        problem, facts_of(problem, MONDAY), fixture_goals(), places(problem, BOND=2), QUICK
    )
    assert made.missed == ()
    starts = sorted(one.segments[0].start for one in made.planned)
    apart = (starts[1].hour - starts[0].hour) * 60 + starts[1].minute - starts[0].minute
    assert apart >= 15
    assert {one.segments[0].chair for one in made.planned} == {"C0", "C1"}


def sample_day(name: str = "short") -> tuple[TypeFacts, dict[Slot, int]]:
    goals = sample_goals()
    facts = {one.id: facts_of(SAMPLE, one) for one in day_types_of(goals, SAMPLE.practice)}
    month = plan_month(demand_of(goals, SAMPLE.practice), facts)
    return facts[name], month.slots[name]


@pytest.fixture(scope="module")
def short_day() -> tuple[TypeFacts, dict[Slot, int]]:
    return sample_day()


def test_the_day_by_hand_keeps_every_rule(short_day: tuple[TypeFacts, dict[Slot, int]]) -> None:
    """`name_day` refuses what the judge refuses; figures of the model agree with a second count."""
    facts, wanted = short_day
    model = day_model(facts, sample_goals(), wanted, DesignRules())
    values = by_hand(model)
    assert values is not None
    cost = float(model.program.objective_of(values))
    made = name_day(SAMPLE, model, Solved(Status.FEASIBLE, values, cost, 0.0), 3, 0.0)
    assert made.model_day is not None
    assert sum(one.points for one in made.figures) == cost
    counted = doctor_figures(SAMPLE, facts.dates[0], facts.open, made.planned)
    by_name = {one.name: one.found for one in made.figures}
    assert counted.conflicts == 0
    assert counted.idle == 5 * by_name["idle"]
    assert counted.waiting == 5 * by_name["waiting"]
    assert counted.asked == sum(
        slot.doctor_minutes * count for slot, count in wanted.items()
    ) - sum(slot.doctor_minutes * dict(made.missed).get(slot.name, 0) for slot in wanted)
    assert len(made.planned) == sum(wanted.values()) - sum(count for _, count in made.missed)
    assert made.most_changes == max(class_changes(made.model_day).values())


def test_cells_begin_on_quarter_hours(short_day: tuple[TypeFacts, dict[Slot, int]]) -> None:
    facts, wanted = short_day
    model = day_model(facts, sample_goals(), wanted, DesignRules())
    values = by_hand(model)
    assert values is not None
    made = name_day(SAMPLE, model, Solved(Status.FEASIBLE, values, 0.0, 0.0), 3, 0.0)
    assert made.model_day is not None
    assert {cell.start.minute % 15 for cell in made.model_day.cells} == {0}
    assert all(
        dt.time(8) <= cell.start < cell.end <= dt.time(13, 30) for cell in made.model_day.cells
    )


def test_a_solution_that_breaks_a_rule_is_refused(
    short_day: tuple[TypeFacts, dict[Slot, int]],
) -> None:
    """A piece of doctor time is moved to a moment at which the doctor is with somebody else."""
    facts, wanted = short_day
    model = day_model(facts, sample_goals(), wanted, DesignRules())
    values = by_hand(model)
    assert values is not None
    taken = [(key, column) for key, column in model.given.items() if values[column]]
    moved, to = next(
        (column, other)
        for (piece, minute, _), column in taken
        for (same, then, _), other in model.given.items()
        if same == piece
        and any(
            begun <= then < begun + length and begun != minute
            for ((length, *_), begun, _), _ in taken
        )
    )
    values[moved] -= 1
    values[to] += 1
    with pytest.raises(JudgedFaultyError, match="doctor_once"):
        name_day(SAMPLE, model, Solved(Status.FEASIBLE, values, 0.0, 0.0), 3, 0.0)


def test_priced_rows_refuse_what_a_hard_row_forbids(
    short_day: tuple[TypeFacts, dict[Slot, int]],
) -> None:
    facts, wanted = short_day
    model = day_model(facts, sample_goals(), wanted, DesignRules())
    rows = PricedRows(model)
    values = by_hand(model, rows)
    assert values is not None
    again = values.copy()
    assert rows.settle(again)
    assert again.tolist() == values.tolist()
    one = next(column for _, column in model.blocks if values[column])
    again[one] = 0
    # Its places are neither there nor missing now.
    assert not rows.settle(again)


def test_a_first_day_is_no_dearer_than_the_day_by_hand(
    short_day: tuple[TypeFacts, dict[Slot, int]],
) -> None:
    facts, wanted = short_day
    model = day_model(facts, sample_goals(), wanted, DesignRules())
    hand = by_hand(model)
    assert hand is not None
    first = FirstDays(model, seed=0)
    first.run(0.0, np.zeros(model.program.size), gap=0.0, seconds=None, rounds=4)
    assert first.best is not None
    assert model.program.objective_of(first.best) <= model.program.objective_of(hand)
    assert not to_arrays(model.program).violates(first.best)
    again = FirstDays(model, seed=0)
    again.run(0.0, np.zeros(model.program.size), gap=0.0, seconds=None, rounds=4)
    assert again.best is not None
    assert again.best.tolist() == first.best.tolist()


def test_the_relaxation_bounds_every_day(short_day: tuple[TypeFacts, dict[Slot, int]]) -> None:
    facts, wanted = short_day
    model = day_model(facts, sample_goals(), wanted, DesignRules())
    values = by_hand(model)
    assert values is not None
    _, bound = relaxation(model.program, 60.0)
    # Each kind has a block at least, so the bound is no less than their price.
    assert 10 * len(wanted) <= bound <= model.program.objective_of(values)


def test_a_visit_that_asks_for_a_doctor_twice_has_one_doctor() -> None:
    """Two doctors, two debonds with delivery (A20 D15 A25 D5 A15) side by side."""
    problem = small_office(chairs=2, doctor=True)
    practice = problem.practice
    first = next(one for one in practice.staff if one.role is Role.DOCTOR)
    second = first.model_copy(update={"id": "DR2"})
    both = problem.model_copy(
        update={"practice": practice.model_copy(update={"staff": (*practice.staff, second)})}
    )
    facts = facts_of(both, MONDAY)
    assert [crew.members for crew in facts.doctors] == [("DR1",), ("DR2",)]
    made = design_day(both, facts, fixture_goals(), places(both, DEBR=2), QUICK)
    assert made.missed == ()
    for one in made.planned:
        assert len({part.doctor for part in one.segments if part.doctor_time}) == 1


@pytest.mark.parametrize(
    ("code", "wanted", "missed"),
    [
        # 3 x 10 minutes are 30, as two doctors have, but one of them would have 20 in 15 minutes.
        ("ADJL", 3, 1),
        ("ADJL", 2, 0),
        # 6 x 5 minutes are 15 for each.
        ("ADJS", 6, 0),
        ("ADJS", 7, 1),
    ],
)
def test_by_units_each_of_two_doctors_has_his_own_minutes(
    code: str, wanted: int, missed: int
) -> None:
    """As many chairs as visits, open as long as one of them takes; 15 minutes in each quarter.

    ADJL (A15 D10 A15, float 5) begins at 08:00: doctor time lies in 08:15-08:30 whenever it
    begins. ADJS (A5 D5 A5, float 5), in twenty minutes, too: it lies in 08:00-08:15.
    """
    last = "08:40" if code == "ADJL" else "08:20"
    one = small_office(last=last, chairs=wanted, assistants=min(5, wanted), doctor=True)
    doctor = next(person for person in one.practice.staff if person.role is Role.DOCTOR)
    helpers = [person for person in one.practice.staff if person.role is Role.ASSISTANT]
    staff = [doctor, doctor.model_copy(update={"id": "DR2"})]
    staff += [helpers[0].model_copy(update={"id": f"AS{k}"}) for k in range(1, wanted + 1)]
    practice = one.practice.model_copy(
        update={
            "doctor_rule": DoctorRule(kind=DoctorRuleKind.UNITS_PER_SLOT),
            "staff": tuple(staff),
        }
    )
    problem = one.model_copy(update={"practice": practice})
    made = design_day(
        problem,
        facts_of(problem, MONDAY),
        fixture_goals(most_long_at_once=3),
        places(problem, **{code: wanted}),
        QUICK,
    )
    assert made.status is Status.OPTIMAL
    assert dict(made.missed).get(code, 0) == missed
    assert len(made.planned) == wanted - missed


def test_a_refused_day_is_said_and_is_no_day(
    short_day: tuple[TypeFacts, dict[Slot, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    facts, wanted = short_day
    model = day_model(facts, sample_goals(), wanted, DesignRules())
    values = by_hand(model)
    fault = DesignFault(rule="cell_marks", sentence="cell short-01 begins at 08:05")
    monkeypatch.setattr(entry, "judge", lambda *_: (fault,))
    refused = name_or_refuse(SAMPLE, model, solved_day(model, values, 0.0), 3, 0.0)
    assert refused.model_day is None
    assert refused.objective is None
    assert refused.refused == ("cell_marks: cell short-01 begins at 08:05",)
    assert day_text(refused) == (
        "short: no model day, the judge refused it: cell_marks: cell short-01 begins at 08:05"
    )


@pytest.mark.parametrize(
    ("rule", "missed"),
    [
        (DoctorRule(), (("ADJS", 1),)),
        (DoctorRule(kind=DoctorRuleKind.UNITS_PER_SLOT), ()),
    ],
)
def test_the_practices_own_doctor_rule(
    rule: DoctorRule, missed: tuple[tuple[str, int], ...]
) -> None:
    """Three short visits (A5 D5 A5, five minutes of float) in three chairs, open 08:00 to 08:20.

    All begin at 08:00. Exactly, the doctor sees one at 08:05 and one at 08:10, and no third. By
    units, 15 minutes of doctor time fit into the quarter hour from 08:00 on, in any order.
    """
    problem = small_office(last="08:20", chairs=3, doctor=True)
    practice = problem.practice.model_copy(update={"doctor_rule": rule})
    changed = problem.model_copy(update={"practice": practice})
    made = design_day(
        changed, facts_of(changed, MONDAY), fixture_goals(), places(changed, ADJS=3), QUICK
    )
    assert made.missed == missed
