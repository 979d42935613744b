"""Days by chance: the judge accepts whatever the design finds, and every count agrees."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offices import fixture_goals
from short_office import places, short_office

from engine.model_day.day_figures import doctor_figures
from engine.model_day.design.by_hand import by_hand
from engine.model_day.design.day_model import DayModel
from engine.model_day.design.design_day import day_model, name_day
from engine.model_day.design.first_days import FirstDays, relaxation
from engine.model_day.design.known_day import solved_day
from engine.model_day.design.neighbourhoods import Neighbourhoods
from engine.model_day.design.prices import DesignRules
from engine.model_day.design.solve_job import DesignJob
from engine.model_day.goals import Band, Goals
from engine.model_day.planned import DesignedDay
from engine.practice import DailyLimit, DoctorRule, DoctorRuleKind, Problem
from engine.solver.arrays import to_arrays
from engine.solver.solved import Limits, Solved

HOW = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@st.composite
def days(draw: st.DrawFn) -> tuple[Problem, Goals, DayModel]:
    """One to four chairs, fewer assistants than chairs now and then, one doctor or two."""
    chairs = draw(st.integers(1, 4))
    minutes = draw(st.integers(3, 16)) * 10
    problem, _ = short_office(chairs, minutes)
    doctor, *helpers = problem.practice.staff
    doctors = [
        doctor.model_copy(update={"id": f"DR{k}"}) for k in range(1, draw(st.integers(2, 3)))
    ]
    helpers = helpers[: draw(st.integers(1, chairs))]
    rule = DoctorRule(kind=draw(st.sampled_from(list(DoctorRuleKind))))
    limits = draw(st.sampled_from([(), (DailyLimit(id="kit", procedures=("BOND",), at_once=1),)]))
    staff = tuple(doctors + helpers)
    problem, facts = short_office(chairs, minutes, staff=staff, doctor_rule=rule, limits=limits)
    counts = {code: draw(st.integers(0, 3)) for code in ("BOND", "DEB", "REP", "ADJ", "RET")}
    band = Band.model_validate({"procedure_class": "start", "start": "08:00", "end": "09:40"})
    goals = fixture_goals(
        most_long_at_once=draw(st.integers(1, 3)), bands=draw(st.sampled_from([(), (band,)]))
    )
    wanted = places(problem, **{code: count for code, count in counts.items() if count})
    return problem, goals, day_model(facts, goals, wanted, DesignRules())


def judged(problem: Problem, model: DayModel, solved: Solved) -> DesignedDay:
    """The judge accepts it, else `name_day` raises; places, points and doctor time add up."""
    assert solved.values is not None
    assert not to_arrays(model.program).violates(solved.values)
    day = name_day(problem, model, solved, 1, 0.0)
    missed = dict(day.missed)
    assert len(day.planned) == sum(model.wanted.values()) - sum(missed.values())
    assert sum(one.points for one in day.figures) == day.objective
    figures = doctor_figures(problem, model.facts.dates[0], model.facts.open, day.planned)
    found = {one.name: one.found for one in day.figures}
    assert figures.waiting == 5 * found["waiting"]
    if len(model.facts.doctors) and problem.practice.doctor_rule.kind is DoctorRuleKind.EXACT:
        assert figures.conflicts == 0
        assert figures.idle == 5 * found["idle"]
    return day


@given(drawn=days())
@settings(HOW, max_examples=25)
def test_first_days_pass_the_judge(drawn: tuple[Problem, Goals, DayModel]) -> None:
    problem, _, model = drawn
    weights, bound = relaxation(model.program, 60.0)
    first = FirstDays(model, seed=0)
    first.run(bound, weights, gap=0.0, seconds=None, rounds=3)
    day = judged(problem, model, solved_day(model, first.best, bound))
    assert day.objective is not None
    assert bound <= day.objective


@given(drawn=days())
@settings(HOW, max_examples=25)
def test_kinds_placed_anew_pass_the_judge(drawn: tuple[Problem, Goals, DayModel]) -> None:
    problem, _, model = drawn
    start = by_hand(model)
    assert start is not None
    search = Neighbourhoods(model, 0, start)
    search.run(bound=0.0, gap=0.0, ends=math.inf, work=0.5)
    day = judged(problem, model, solved_day(model, search.best, 0.0))
    assert day.objective is not None
    assert day.objective <= model.program.objective_of(start)


@pytest.mark.long
@given(drawn=days())
@settings(HOW, max_examples=30)
def test_designed_days_pass_the_judge(drawn: tuple[Problem, Goals, DayModel]) -> None:
    problem, _, model = drawn
    weights, bound = relaxation(model.program, 60.0)
    first = FirstDays(model, seed=0)
    first.run(bound, weights, gap=0.0, seconds=None, rounds=1)
    answer = DesignJob(model, Limits(3600.0, 0.0, 1, 0, work=1.0)).run(lambda _told: None)
    day = judged(problem, model, answer)
    assert day.objective is not None
    assert day.bound is not None
    assert day.bound <= day.objective
    if first.best is not None:
        assert day.objective <= model.program.objective_of(first.best)
