"""All faults of a question at once, by topic, before anything is solved."""

from collections.abc import Callable, Iterable

from engine.practice import Horizon, Problem
from engine.problems import PracticeProblem
from engine.validation import (
    book_clashes,
    bookings,
    cells,
    follows,
    hours,
    ids,
    limits,
    model_days,
    never_placed,
    no_show_level,
    policy,
    procedures,
    references,
    span,
    tiers,
    time_zone,
    visit_lists,
    visits,
)
from engine.validation.dates import is_sound

Topic = Callable[[Problem, Horizon | None], Iterable[PracticeProblem]]

TOPICS: tuple[Topic, ...] = (
    span.span_faults,
    ids.duplicate_ids,
    references.practice_references,
    references.visit_references,
    hours.hour_faults,
    time_zone.clock_faults,
    procedures.procedure_faults,
    limits.limit_faults,
    cells.cell_faults,
    model_days.model_day_faults,
    visits.visit_faults,
    visit_lists.list_faults,
    never_placed.visits_never_placed,
    follows.order_faults,
    bookings.booking_faults,
    book_clashes.clashes,
    policy.policy_faults,
    no_show_level.level_faults,
    tiers.weight_faults,
)


def problems_of(problem: Problem, horizon: Horizon | None = None) -> tuple[PracticeProblem, ...]:
    """Every fault of the question, each once, in the order of the topics.

    With a horizon, the dates to fill are looked at too; without one, the four weeks from `as_of`
    on stand for the practice's ordinary life. Nothing is raised: what a fault means for the run
    is its severity.
    """
    looked_at = horizon if horizon is not None and is_sound(horizon) else None
    found: dict[PracticeProblem, None] = {}
    for topic in TOPICS:
        asked = horizon if topic is span.span_faults else looked_at
        found.update(dict.fromkeys(topic(problem, asked)))
    return tuple(found)
