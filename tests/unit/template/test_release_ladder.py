"""The ladder by class, and what it opens when. Now is Monday 2 March 2026, 07:00."""

import datetime as dt

from engine.practice import Cell, ClassRelease, ModelDay, ModelDayDate, Policy, ReleaseStep
from engine.template.release_ladder import ladder, openings

EARLY = ReleaseStep(days_before=3, accepts=("adj",))
LATE = ReleaseStep(days_before=0, at="08:00", accepts=("*",))


def asked(tiny):
    """Tuesday: `a` bond by the ladder of its class, `b` bond with its own, `c` adj without one."""
    cells = (
        Cell(id="a", procedure_class="bond", columns=("C1", "C2"), start="09:00", end="10:00"),
        Cell(
            id="b",
            procedure_class="bond",
            columns=("C1",),
            start="10:00",
            end="10:30",
            release=(LATE,),
        ),
        Cell(id="c", procedure_class="adj", columns=("C2",), start="10:00", end="11:00"),
    )
    return tiny.problem(
        tiny.booking("B1", "09:10"),
        clinic=2,
        model_days=(ModelDay(id="M", title="M", cells=cells),),
        model_day_dates=(ModelDayDate(model_day="M", date=tiny.tuesday),),
        policy=Policy(release=(ClassRelease(procedure_class="bond", steps=(EARLY, LATE)),)),
    )


def test_steps_by_class_with_the_minutes_of_their_cells(tiny):
    found = [(one.procedure_class, one.step, one.cells, one.minutes) for one in ladder(asked(tiny))]
    assert found == [
        ("adj", None, ("c",), 60),
        ("bond", EARLY, ("a",), 120),
        ("bond", LATE, ("a", "b"), 150),
    ]


def test_what_opens_when_and_what_of_it_is_empty(tiny):
    problem = asked(tiny)
    schedule = tiny.schedule(problem, tiny.place("B1", "09:10"))
    early, late = openings(problem, schedule)
    # Three days before Tuesday is Saturday 28 February, 00:00: it has come.
    assert (early.moment, early.has_come) == (dt.datetime(2026, 2, 28), True)
    # B1 sits in `a` on C1 for 20 minutes; C2 and the rest are empty.
    assert (early.cells, early.cell_minutes, early.empty_minutes) == (("a",), 120, 100)
    assert (late.moment, late.has_come) == (dt.datetime(2026, 3, 3, 8), False)
    assert (late.cells, late.cell_minutes, late.empty_minutes) == (("a", "b"), 150, 130)
    assert late.accepts == ("*",)
