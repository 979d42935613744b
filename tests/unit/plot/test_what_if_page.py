"""The page of a comparison: verdicts, figures, who changes, days side by side."""

import datetime as dt
import re
from xml.etree import ElementTree

import pytest

from engine.filling.by_hand import fill_by_hand
from engine.kpi import measure, objective_points
from engine.plot.what_if_page import what_if_html
from engine.practice import Horizon
from engine.result import Result, Status
from engine.what_if import tasks
from engine.what_if.compare_scenarios import compare_scenarios
from engine.what_if.scenarios import Scenario, ScenarioSettings

WEEK = Horizon(start=dt.date(2026, 3, 2), days=5)
CLOSED = {"kind": "day_closed", "weekdays": ["mon", "tue"]}
OUT = {"kind": "staff_out", "staff": ["AS1"], "weekdays": ["fri"]}


def scenario(name: str, *changes: dict) -> Scenario:
    return Scenario.model_validate({"name": name, "change": list(changes)})


@pytest.fixture
def compared(tiny, monkeypatch):
    """A tiny week filled by hand instead of solved; bounds are told, not found."""

    def fill(problem, horizon, settings, start=None):
        schedule = fill_by_hand(problem, horizon)
        kpis = measure(problem, schedule)
        points = objective_points(kpis)
        return Result(
            status=Status.OPTIMAL, schedule=schedule, kpis=kpis, objective=points, bound=points
        )

    monkeypatch.setattr(tasks, "fill_days", fill)
    monkeypatch.setattr(tasks.BoundTask, "run", lambda task: float(len(task.name)))
    base = tiny.problem(tiny.visit("V1"), tiny.booking("B1", "10:00"), tiny.visit("V2", "EXAM"))
    asked = [
        scenario("closed <early>", CLOSED),
        scenario("out", OUT),
        scenario("one longer by far"),
    ]
    settings = ScenarioSettings(days=5, repeats=1, confirm=2)
    return compare_scenarios(base, WEEK, asked, settings, 1)


def test_the_page_says_what_each_scenario_is_worth(compared):
    page = what_if_html(compared)
    assert "closed &lt;early&gt;" in page
    assert "closed <early>" not in page
    # "out" and "closed <early>" have the shorter names, hence the lower bounds, also with the three
    # points of the call.
    assert page.count("screened only") == 2
    assert re.search(r'<span class="tag worse">worse</span>', page)
    assert "<strong>1 booked patient has to be called</strong>" in page
    assert "each gets a new time in these dates" in page
    assert "Wishes that its first new time does not meet" in page
    assert 'data-figure="overdue_days"' in page
    # Each was solved once: what another seed changes is not known, nor what holds in every repeat.
    late = page.split('data-figure="overdue_days"')[1].split("</tr>")[0]
    assert re.findall(r'<td class="n">(.*?)</td>', late)[3] == ""
    loss = page.split("Loses, most first")[1].split("<tbody>")[1].split("</tr>")[0]
    assert loss.endswith("<td></td>")


def test_days_stand_side_by_side_only_where_they_differ(compared):
    page = what_if_html(compared)
    first = page.split('id="scenario-1"')[1].split('id="scenario-2"')[0]
    dates = re.findall(r'<details data-date="([\d-]+)"', first)
    assert dates[:2] == ["2026-03-02", "2026-03-03"]
    assert "2026-03-06" not in dates
    monday = first.split('data-date="2026-03-02"')[1].split("</details>")[0]
    sheets = re.findall(r"<svg viewBox.*?</svg>", monday, re.S)
    assert len(sheets) == 1
    assert "Closed, nobody is seen." in monday
    drawn = ElementTree.fromstring(sheets[0].replace("&ndash;", "-"))
    assert {g.get("data-visit") for g in drawn.iter("g") if g.get("data-chair")} == {"V1", "V2"}
    second = page.split('id="scenario-2"')[1].split('id="scenario-3"')[0]
    assert "The two schedules do not differ on any day." in second


def test_labels_stand_in_the_place_of_ids(compared):
    page = what_if_html(compared, {"P-V1": "Label One", "P-B1": "Label Two"})
    assert ">Label Two</span>" in page
    assert "Label One" in page
    assert ">P-V1<" not in page
