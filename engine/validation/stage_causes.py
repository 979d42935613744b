"""Why a stage of a visit can have no person, chair or cell, as a sentence with the numbers."""

from engine.practice.calendar import usable_intervals
from engine.practice.pattern import StageTime
from engine.validation.look import Cause, Look, longest_stretch, measured
from engine.validation.minute_masks import mask_of
from engine.validation.possible_starts import Need
from engine.validation.wording import person_text, with_article


def stage_cause(look: Look, need: Need) -> Cause:
    """The sentence for a need of one stage that no date can meet."""
    stage = look.stages[need[1]]
    return {"staff": _staff, "chair": _chair, "cell": _cell}[need[0]](look, stage)


def stage_need_text(look: Look, need: Need) -> str:
    """A need of one stage by itself, in words."""
    stage = look.stages[need[1]]
    if need[0] == "staff":
        return _staff_text(stage)
    if need[0] == "chair":
        return _chair_text(stage)
    return f"time of the model day for class '{look.procedure.procedure_class}' in that chair"


def _staff_text(stage: StageTime) -> str:
    minutes, turnover = stage.busy_until - stage.start, stage.busy_until - stage.end
    extra = f" ({turnover} of them turnover)" if turnover else ""
    return f"{person_text(stage.role, stage.skill)} for {minutes} min{extra}"


def _staff(look: Look, stage: StageTime) -> Cause:
    turnover = stage.busy_until - stage.end
    runs = (
        (id_, day, look.starts.present(id_, day) & look.stretched(day, turnover))
        for id_ in look.starts.servers(stage, look.procedure)
        for day in look.dates
    )
    wanted = stage.busy_until - stage.start
    what = "the longest such presence on an open date"
    return Cause(
        "no-staff-ever",
        f"needs {_staff_text(stage)}; " + measured(longest_stretch(runs), wanted, what, look.marks),
        "change shifts or lunch, give somebody the skill, or shorten the visit",
    )


def _chair_text(stage: StageTime) -> str:
    turnover = stage.busy_until - stage.end
    extra = f" ({turnover} of them turnover)" if turnover else ""
    minutes = stage.busy_until - stage.start
    return f"{with_article(str(stage.chair_kind))} chair for {minutes} min{extra}"


def _chair(look: Look, stage: StageTime) -> Cause:
    turnover = stage.busy_until - stage.end
    runs = (
        (
            chair.id,
            day,
            mask_of(usable_intervals(look.starts.practice, chair, day))
            & look.stretched(day, turnover),
        )
        for chair in look.starts.chairs(stage, look.procedure)
        for day in look.dates
    )
    wanted = stage.busy_until - stage.start
    what = "the longest time such a chair is usable on an open date"
    return Cause(
        "no-chair-ever",
        f"needs {_chair_text(stage)}; " + measured(longest_stretch(runs), wanted, what, look.marks),
        "unblock a chair, or shorten the visit",
    )


def _cell(look: Look, stage: StageTime) -> Cause:
    klass = look.procedure.procedure_class
    runs = (
        (
            chair.id,
            day,
            look.starts.accepting(chair.id, klass, day, look.starts.moment(day, look.now))
            & look.starts.open(day),
        )
        for chair in look.starts.chairs(stage, look.procedure)
        for day in look.dates
    )
    wanted = stage.end - stage.start
    what = "the longest time that the model days have for it"
    return Cause(
        "no-cell-ever",
        f"needs {wanted} min for class '{klass}' in {with_article(str(stage.chair_kind))} chair; "
        + measured(longest_stretch(runs), wanted, what, look.marks),
        "give the class a longer cell, a fallback or a release, or shorten the visit",
    )
