"""Booked against template on the page."""

from engine.kpi import figures
from engine.plot.adherence_view import adherence_view
from engine.practice import Cell, ModelDay, ModelDayDate


def one_day(tiny):
    cells = (
        Cell(id="a", procedure_class="adj", columns=("C1",), start="09:00", end="10:00"),
        Cell(id="b", procedure_class="bond", columns=("C1",), start="10:00", end="11:30"),
    )
    problem = tiny.problem(
        tiny.visit("V1"),
        tiny.booking("B1", "10:00"),
        model_days=(ModelDay(id="M", title="M", cells=cells),),
        model_day_dates=(ModelDayDate(model_day="M", date=tiny.tuesday),),
    )
    return problem, tiny.schedule(problem, tiny.place("V1", "09:00"), tiny.place("B1", "10:00"))


def test_a_line_for_each_class_and_every_misused_cell(tiny):
    problem, schedule = one_day(tiny)
    view = adherence_view(problem, schedule, figures(problem, schedule))
    assert (view.kept_share, view.own_share) == (0.5, 1.0)
    adj, bond = view.lines
    assert (adj.procedure_class, adj.own, adj.empty_minutes) == ("adj", 20, 40)
    assert (bond.misused, bond.against, bond.empty_minutes) == (1, 20, 70)
    (wrong,) = view.misused
    assert (wrong.time, wrong.visits) == ("10:00-11:30", "B1 (against)")


def test_the_page_shows_it_and_says_so_where_there_is_no_model_day(tiny, plot):
    page = plot.page(*one_day(tiny))
    assert 'data-class="bond"' in page.html
    assert "B1 (against)" in page.html
    free = tiny.problem(tiny.visit("V1"))
    assert "These dates have no model day." in plot.page(free, tiny.schedule(free)).html
