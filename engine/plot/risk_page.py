"""The risk report as one self-contained page."""

from importlib.resources import files

from markupsafe import Markup

from engine.plot.risk_figure import as_svg, risk_figure
from engine.plot.risk_rows import (
    drift_verdict,
    effect_rows,
    figure_rows,
    judged_sentence,
    name_of,
    ratio_cells,
    ratio_groups,
    reliability_rows,
    selected_sentence,
    unseen_sentence,
)
from engine.plot.week_page import page_environment
from engine.risk.fit.report import RiskReport


def risk_html(report: RiskReport) -> str:
    """The page: figures, the drawing, ratios by group, drift, coefficients, notes."""
    model = report.model
    return (
        page_environment()
        .get_template("risk.html.jinja")
        .render(
            css=Markup((files("engine.plot") / "templates" / "week.css").read_text("utf-8")),
            model=model,
            judged=judged_sentence(report),
            figures=figure_rows(report),
            reliability=reliability_rows(report),
            drawing=Markup(as_svg(risk_figure(report))),
            ratios=[ratio_cells(group) for group in ratio_groups(report)],
            selected=selected_sentence(report),
            drift=report.drift,
            drift_verdict=drift_verdict(report.drift),
            effects=effect_rows(model),
            unseen=unseen_sentence(model),
            name_of=name_of,
        )
    )
