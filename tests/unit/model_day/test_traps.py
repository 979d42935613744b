"""Traps: tiny days in which one rule alone stops a tempting design.

Each is solved twice. With the rule the day is the one worked out on paper, and the judge accepts
it; without it the solver takes the bait, and the judge names the rule.
"""

import datetime as dt

import pytest
from offices import MONDAY, fixture_goals, small_office
from short_office import places, short_office

from benchmarks.published_office import PATTERNS
from engine.generate.catalogue import segments
from engine.model_day.design import doctor_time
from engine.model_day.design.day_model import DayModel
from engine.model_day.design.design_day import JudgedFaultyError, day_model, name_day
from engine.model_day.design.prices import DesignRules, missed_price
from engine.model_day.design.slots import Slot, slot_of
from engine.model_day.design.solve_job import DesignJob
from engine.model_day.design.type_facts import TypeFacts, facts_of
from engine.model_day.goals import Band, Goals, Holds
from engine.model_day.planned import DesignedDay
from engine.practice import DailyLimit, OpenHours, Problem, Purpose, Weekday
from engine.result import Status
from engine.solver.program import Program
from engine.solver.solved import Limits, Solved

LIMITS = Limits(3600.0, 0.0, 1, 0, work=3.0)


def solved(facts: TypeFacts, goals: Goals, wanted: dict[Slot, int]) -> tuple[DayModel, Solved]:
    """To the proven optimum, in this process."""
    model = day_model(facts, goals, wanted, DesignRules())
    answer = DesignJob(model, LIMITS).run(lambda _told: None)
    assert answer.status is Status.OPTIMAL
    return model, answer


def sound(problem: Problem, model: DayModel, answer: Solved) -> DesignedDay:
    """The judge accepts it: `name_day` raises otherwise."""
    return name_day(problem, model, answer, 1, 0.0)


def broken(problem: Problem, model: DayModel, answer: Solved) -> set[str]:
    """The rules that the judge sees broken."""
    with pytest.raises(JudgedFaultyError) as refused:
        name_day(problem, model, answer, 1, 0.0)
    return {sentence.partition(":")[0] for sentence in refused.value.sentences}


def drop_rows(monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    """Models built from now on have no row of the rule."""
    row = Program.row

    def others(program: Program, name: str, *what: object, **bounds: object) -> None:
        if name != rule:
            row(program, name, *what, **bounds)  # type: ignore[arg-type]

    monkeypatch.setattr(Program, "row", others)


@pytest.mark.parametrize(
    ("rule", "goals", "limits"),
    [
        ("long_at_once", fixture_goals(long_minutes=10, most_long_at_once=1), ()),
        ("limits", fixture_goals(), (DailyLimit(id="kit", procedures=("RET",), at_once=1),)),
        ("limits", fixture_goals(), (DailyLimit(id="kit", procedures=("RET",), per_day=1),)),
    ],
)
def test_two_at_once(
    rule: str, goals: Goals, limits: tuple[DailyLimit, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two retainer checks of ten minutes in two chairs, open for ten minutes: both at 08:00.

    By the rule one of them is missing.
    """
    problem, facts = short_office(2, 10, limits=limits)
    wanted = places(problem, RET=2)
    model, answer = solved(facts, goals, wanted)
    assert sound(problem, model, answer).missed == (("RET", 1),)
    drop_rows(monkeypatch, rule)
    model, answer = solved(facts, goals, wanted)
    assert broken(problem, model, answer) == {rule}


def test_starts_begin_apart_by_their_doctor_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bond (A25 D20 A30, float 5) and brackets (D10 A20) in two chairs, open for 75 minutes.

    The bond begins at 08:00 and waits five minutes for the doctor, 08:30-08:50. Brackets from 08:10
    on have him until 08:20, which leaves two stretches of 20 minutes without him, from 08:50 and
    08:55. But both would begin within one doctor time. Twenty minutes apart, he is at the brackets
    08:20-08:30, and a third stretch is without him, from 08:00: 40 points.
    """
    problem, _ = short_office(2, 75)
    bond = problem.procedures["BOND"]
    stage = bond.stages[0].model_copy(update={"segments": segments("D10-A20")})
    brackets = bond.model_copy(update={"code": "BRK", "stages": (stage,)})
    problem, facts = short_office(2, 75, procedures=(*problem.practice.procedures, brackets))
    wanted = places(problem, BOND=1, BRK=1)
    model, apart = solved(facts, fixture_goals(), wanted)
    starts = {one.procedure: one.segments[0].start for one in sound(problem, model, apart).planned}
    assert starts == {"BOND": dt.time(8), "BRK": dt.time(8, 20)}
    drop_rows(monkeypatch, "staggered")
    model, together = solved(facts, fixture_goals(), wanted)
    assert broken(problem, model, together) == {"staggered"}
    assert apart.objective is not None
    assert together.objective is not None
    assert apart.objective - together.objective == 40


def test_a_skill_that_one_of_two_assistants_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two retainer checks at 08:00 want the skill at once: one is missing."""
    problem, _ = short_office(2, 10)
    check = problem.procedures["RET"]
    stage = check.stages[0].model_copy(update={"skill": "polishing"})
    skilled = check.model_copy(update={"stages": (stage,)})
    doctor, first, second = problem.practice.staff
    problem, facts = short_office(
        2,
        10,
        procedures=(skilled,),
        staff=(doctor, first.model_copy(update={"skills": ("polishing",)}), second),
    )
    wanted = places(problem, RET=2)
    model, answer = solved(facts, fixture_goals(), wanted)
    (one,) = sound(problem, model, answer).planned
    assert {segment.staff for segment in one.segments} == {"AS1"}
    drop_rows(monkeypatch, "staff_once")
    model, answer = solved(facts, fixture_goals(), wanted)
    assert "staff_once" in broken(problem, model, answer)


def test_the_doctor_in_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three adjustments (A5 D5 A10, float 5) in three chairs, open for twenty minutes.

    The doctor is at one of them at 08:05 and at one at 08:10; the third is missing.
    """
    problem, facts = short_office(3, 20)
    wanted = places(problem, ADJ=3)
    model, answer = solved(facts, fixture_goals(), wanted)
    assert sound(problem, model, answer).missed == (("ADJ", 1),)
    assert answer.objective is not None
    assert answer.objective >= missed_price(Purpose.ACTIVE)
    monkeypatch.setattr(doctor_time, "at_most", lambda *_: None)
    monkeypatch.setattr(doctor_time, "_at_one_moment", lambda *_: 3)
    model, answer = solved(facts, fixture_goals(), wanted)
    assert broken(problem, model, answer) == {"doctor_once"}


def test_a_class_in_its_band() -> None:
    """Retainer checks from 08:30 on only, and the office closes at 08:20: there is no start."""
    problem, facts = short_office(1, 20)
    banded = fixture_goals(
        bands=(Band(procedure_class="retention", start=dt.time(8, 30), end=dt.time(9)),)
    )
    wanted = places(problem, RET=1)
    model, answer = solved(facts, banded, wanted)
    assert sound(problem, model, answer).missed == (("RET", 1),)
    model, answer = solved(facts, fixture_goals(), wanted)
    model.goals = banded
    assert broken(problem, model, answer) == {"bands"}


def test_holds_lie_on_both_sides_of_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two holds, half of them in the morning; open 11:30-12:00 and 12:30-13:00, one column.

    Both in one block would be cheaper: a block is ten points, and their twenty minutes are one step
    of two points above the even share of half an hour.
    """
    problem = small_office()
    hours = tuple(
        OpenHours(weekday=Weekday.MON, start=start, end=end)
        for start, end in ((dt.time(11, 30), dt.time(12)), (dt.time(12, 30), dt.time(13)))
    )
    problem = problem.model_copy(
        update={"practice": problem.practice.model_copy(update={"hours": hours})}
    )
    facts, goals = facts_of(problem, MONDAY), fixture_goals(holds=Holds(morning_share=0.5))
    hold = slot_of(problem.practice, problem.procedures["RETCN"], hold=True)

    def morning() -> tuple[int, float | None]:
        model, answer = solved(facts, goals, {hold: 2})
        planned = sound(problem, model, answer).planned
        return sum(one.segments[0].start < dt.time(12) for one in planned), answer.objective

    assert morning() == (1, 20)
    drop_rows(monkeypatch, "holds")
    early, points = morning()
    assert early in {0, 2}
    assert points == 12


def test_the_patterns_are_those_worked_with_here() -> None:
    assert PATTERNS["BOND"][2] == "A25-D20~5-A30"
    assert PATTERNS["ADJ"][2] == "A5-D5~5-A10"
    assert PATTERNS["RET"][2] == "A10"
