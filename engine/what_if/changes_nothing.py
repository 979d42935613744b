"""Whether a scenario that has changes comes to nothing on the dates that are filled.

Somebody who is away already, a skill that is there, a chair that is out of use anyway: nobody is
there, and nothing can be used, at any other time than without it.
"""

from engine.practice import Horizon, Practice, Problem
from engine.practice.calendar import (
    in_office_intervals,
    model_day_on,
    open_intervals,
    present_intervals,
    usable_intervals,
)

NOTE = "changes nothing on these dates"


def changes_nothing(base: Problem, changed: Problem, horizon: Horizon) -> bool:
    """True where hours, people, chairs, model days and everything else are as in the base."""
    rest = changed.model_copy(update={"practice": base.practice}) == base
    return rest and (
        _undated(base.practice) == _undated(changed.practice)
        and _by_date(base.practice, horizon) == _by_date(changed.practice, horizon)
    )


def _undated(practice: Practice) -> Practice:
    """The practice without what says when."""
    return practice.model_copy(
        update={
            "hours": (),
            "closures": (),
            "model_day_dates": (),
            "staff_blocks": (),
            "staff": tuple(one.model_copy(update={"shifts": ()}) for one in practice.staff),
            "chairs": tuple(one.model_copy(update={"blocks": ()}) for one in practice.chairs),
        }
    )


def _by_date(practice: Practice, horizon: Horizon) -> list[object]:
    """When who and what is there, date by date."""
    return [
        (
            open_intervals(practice, day),
            model_day_on(practice, day),
            [present_intervals(practice, person, day) for person in practice.staff],
            [in_office_intervals(practice, person, day) for person in practice.staff],
            [usable_intervals(practice, chair, day) for chair in practice.chairs],
        )
        for day in horizon.dates
    ]
