"""The page of a morning meeting: every list in its section, nothing but ids unless named."""

import datetime as dt
import re

from engine.plot.huddle_page import SHOWN, huddle_html
from engine.practice import (
    Clearance,
    ClearanceKind,
    Policy,
    Purpose,
    RiskPolicy,
    Treatment,
    VisitList,
)
from engine.reports.huddle import make_huddle, schedule_of_book

RISKY = Policy(risk=RiskPolicy(base_rate=0.15, constant_no_show=True))


def page(tiny, *asked, labels=None, **changes) -> str:
    problem = tiny.problem(*asked, as_of=dt.datetime(2026, 3, 3, 7), **changes)
    meeting = make_huddle(problem, schedule_of_book(problem, tiny.tuesday), tiny.tuesday)
    return huddle_html(meeting, labels)


def section(html: str, name: str) -> str:
    return re.search(rf'<section id="{name}".*?</section>', html, re.DOTALL)[0]


def visits(html: str, name: str) -> list[str]:
    return re.findall(r'data-visit="([^"]+)"', section(html, name))


def test_every_list_in_its_section(tiny):
    ecd = dt.date(2026, 1, 6)
    late = Treatment(started=ecd, original_ecd=ecd, current_ecd=ecd, remaining_visits=1)
    procedures = (tiny.procedure("DEB", "A45", purpose=Purpose.DEBOND),)
    html = page(
        tiny,
        tiny.booking("B1", "09:00", procedure="DEB", lab_ready=tiny.wednesday),
        tiny.booking("B2", "10:00", treatment=late),
        tiny.visit("A1", listed=VisitList.ASAP),
        procedures=procedures,
        policy=RISKY,
    )
    assert visits(html, "late") == ["B2"]
    assert "8 weeks past ECD" in section(html, "late")
    assert visits(html, "unconfirmed") == ["B1", "B2"]
    assert visits(html, "risky") == ["B1"]
    assert "P-A1 (ADJ, 09:00)" in section(html, "risky")
    assert visits(html, "starts") == ["B1"]
    assert visits(html, "missing") == ["B1"]
    assert "too late" in section(html, "missing")
    assert "As usual." in section(html, "changes")


def test_a_clearance_is_missing_until_it_is_given(tiny):
    days = (tiny.monday, tiny.tuesday, None)
    clearances = [Clearance(kind=ClearanceKind.CONSENT, expected=day) for day in days]
    html = page(tiny, tiny.booking("B1", "09:00", clearances=clearances))
    assert re.findall(r"<td>(consent [^<]*)</td>", section(html, "missing")) == [
        "consent clearance, was expected on Mon 2 Mar",
        "consent clearance, expected on Tue 3 Mar",
        "consent clearance, no date known",
    ]


def test_an_hour_with_more_doctor_time_than_the_limit_is_tight(tiny):
    # 85 % of 60 minutes are 51. From 09:00 on 60 minutes of doctor time are asked for, from 11:00
    # on 45.
    long, short = tiny.procedure("LONG", "D60"), tiny.procedure("SHORT", "D45")
    html = page(
        tiny,
        tiny.booking("B1", "09:00", procedure="LONG"),
        tiny.booking("B2", "11:00", procedure="SHORT"),
        procedures=(long, short),
    )
    doctor = section(html, "doctor")
    assert "1 tight" in doctor
    (tight,) = re.findall(
        r'<li class="tight"><span>(\d+)</span>.*?<span>(\d\d)</span></li>', doctor
    )
    assert tight == ("60", "09")


def test_an_empty_day_says_so(tiny):
    html = page(tiny)
    assert "Nobody." in section(html, "late")
    assert "Everybody has confirmed." in section(html, "unconfirmed")
    assert "None." in section(html, "risky")
    assert "Nothing." in section(html, "holds")


def test_long_lists_are_cut_and_say_how_many_more(tiny):
    many = [
        tiny.booking(f"B{n:02d}", f"{8 + n // 2:02d}:{30 * (n % 2):02d}") for n in range(SHOWN + 3)
    ]
    html = page(tiny, *many)
    assert len(visits(html, "unconfirmed")) == SHOWN
    assert "and 3 more" in section(html, "unconfirmed")


def test_names_only_from_labels_and_escaped(tiny):
    booking = tiny.booking("B1", "09:00")
    assert "P-B1" in page(tiny, booking)
    named = page(tiny, booking, labels={"P-B1": "A <b> label"})
    assert "A &lt;b&gt; label" in named
    assert "<b>" not in named
