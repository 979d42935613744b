"""A set of model days with their dates: what one practice can take in the place of its own."""

from typing import Annotated

from pydantic import Field

from engine.practice.base import Frozen
from engine.practice.model_days import ModelDay
from engine.practice.practice import ModelDayDate, Practice
from engine.problems import PracticeProblem, PracticeProblemsError


class Template(Frozen):
    """Model days, and which weekday or date has which; no dates: those of the practice stay."""

    model_days: Annotated[tuple[ModelDay, ...], Field(min_length=1)]
    model_day_dates: tuple[ModelDayDate, ...] = ()


def template_of(practice: Practice) -> Template:
    """The model days of a practice. PracticeProblemsError where it has none."""
    if not practice.model_days:
        remedy = "give it model days, or name another practice"
        fault = PracticeProblem("no-model-day", "practice", "it has no model day", remedy)
        raise PracticeProblemsError([fault])
    return Template(model_days=practice.model_days, model_day_dates=practice.model_day_dates)


def with_template(practice: Practice, template: Template) -> Practice:
    """The practice with other model days."""
    dates = template.model_day_dates or practice.model_day_dates
    return practice.model_copy(update={"model_days": template.model_days, "model_day_dates": dates})


def without_template(practice: Practice) -> Practice:
    """The practice with every date free: no cells and no quotas."""
    return practice.model_copy(update={"model_days": (), "model_day_dates": ()})
