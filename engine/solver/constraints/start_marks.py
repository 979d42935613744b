"""Rule `start_marks`: starts are offered on the practice's marks only."""

from engine.solver.day_facts import DayFacts


def start_minutes(facts: DayFacts) -> tuple[int, ...]:
    """All minutes of the date at which a patient can be given a time."""
    return facts.marks
