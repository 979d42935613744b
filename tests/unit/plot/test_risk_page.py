"""The page and picture of a risk report."""

import datetime as dt

import pytest

from engine.plot.risk_figure import as_svg, risk_figure
from engine.plot.risk_page import risk_html
from engine.plot.risk_rows import figure_rows, ratio_groups
from engine.practice import GroupRatio, Interval, NoShowFeature
from engine.risk.fit.drift import Drift, Shift
from engine.risk.fit.known import Known
from engine.risk.fit.measures import held_out_of
from engine.risk.fit.report import RiskReport
from engine.risk.fit.selected import Selected
from engine.risk.prior import prior_model

DAY = dt.date(2025, 1, 6)


def report(*, judged: bool, alarm: bool = False) -> RiskReport:
    rows = [
        Known(f"P{n // 2}", DAY, DAY, n % 5 == 0, "A&B" if n % 2 else "C", {}, None, None)
        for n in range(40)
    ]
    import numpy as np

    held = held_out_of(rows, np.linspace(0.1, 0.3, 40), 0.2) if judged else None
    shifts = (Shift(NoShowFeature.ACCOUNT_OVERDUE, 0.05, 0.4, 1.6),) if alarm else ()
    ratio = GroupRatio(
        group="chosen slots",
        visits=9,
        observed=4,
        expected=1.0,
        ratio=Interval(value=4.0, low=1.09, high=10.24),
    )
    return RiskReport(
        prior_model(0.05),
        held,
        "forty visits",
        Drift(DAY, DAY, None, shifts, alarm, "do this"),
        Selected(12, 1.5, ratio if judged else None),
    )


def test_the_page_says_what_was_measured():
    page = risk_html(report(judged=True))
    assert "Judged on forty visits." in page
    assert "observed over expected misses" in page
    # Forty visits in ten parts.
    assert page.count('<tr><td class="n">4</td>') == 10
    # The rate that the skill is held against is not the one that the practice states.
    assert "everybody 20.0%, the share missed in earlier visits" in page
    assert "<strong>Not judged, 2025-01-06 to 2025-01-06</strong>" in page
    assert "Not fitted on any visit." in page
    # So no sentence speaks of a history.
    assert "same in all visits" not in page
    # The group is a procedure's code, escaped like all values.
    assert "<td>A&amp;B</td>" in page
    assert "A&B" not in page
    assert "do not rely on its risk when choosing times" in page


def test_an_alarm_names_what_has_shifted():
    page = risk_html(report(judged=True, alarm=True))
    assert "<strong>Alarm, 2025-01-06 to 2025-01-06</strong>" in page
    assert "<td>account overdue</td>" in page
    assert "+1.60" in page


def test_nothing_measured_says_so_instead_of_drawing():
    bare = report(judged=False)
    assert figure_rows(bare) == ()
    assert ratio_groups(bare) == ()
    page = risk_html(bare)
    assert "Nothing was measured." in page
    assert "<p>Forty visits.</p>" in page  # the sentence of the source, which says why
    assert "Judged on" not in page
    assert "<svg" not in page  # two empty panels would only push the rest down
    assert "knows what became of none of them yet" in page


def test_the_same_report_is_the_same_drawing():
    texts = {as_svg(risk_figure(report(judged=True))) for _ in range(2)}
    assert len(texts) == 1


def test_all_visits_come_first_and_their_expectation_is_the_sum():
    groups = ratio_groups(report(judged=True))
    assert [group.group for group in groups] == ["all visits", "chosen slots", "A&B", "C"]
    # The mean of 0.1 to 0.3 is 0.2: eight of forty.
    assert groups[0].expected == pytest.approx(8.0)
