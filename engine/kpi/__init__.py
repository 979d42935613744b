"""Figures of a schedule, one file per KPI, computed from the question and the answer only."""

from engine.kpi.figures import Figures, figures
from engine.kpi.measure import measure, objective_points

__all__ = ["Figures", "figures", "measure", "objective_points"]
