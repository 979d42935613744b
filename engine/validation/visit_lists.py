"""What is seen only over all visits: households, treatments, and visits after the horizon."""

from collections import defaultdict
from collections.abc import Iterator

from engine.practice import WITHOUT_TREATMENT, Horizon, Problem
from engine.problems import PracticeProblem
from engine.validation.codes import fault
from engine.validation.dates import day_text


def list_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """Oddities of the whole list of visits."""
    yield from _late_starters(problem, horizon)
    yield from _treatments(problem)
    yield from _households(problem)


def _late_starters(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """One line for all visits that become possible only after the horizon."""
    if horizon is None:
        return
    ids = [v.id for v in problem.visits if v.earliest is not None and v.earliest >= horizon.end]
    if ids:
        yield fault(
            "earliest-after-horizon",
            "practice",
            f"{len(ids)} visit(s) are not possible before {day_text(horizon.end)}: {_first(ids)}",
            "they stay unplaced; fill later dates to place them",
        )


def _treatments(problem: Problem) -> Iterator[PracticeProblem]:
    """One line for all visits that would make late patients of those who have finished."""
    procedures = problem.procedures
    ids = [
        visit.id
        for visit in problem.all_visits.values()
        if visit.treatment is not None
        and visit.procedure in procedures
        and procedures[visit.procedure].purpose in WITHOUT_TREATMENT
    ]
    if ids:
        yield fault(
            "treatment-not-under-way",
            "practice",
            f"{len(ids)} visit(s) for retention or observation carry a treatment, so that their "
            f"patients count as in treatment, and as late past its date: {_first(ids)}",
            "leave start and completion dates of such visits empty, or give the procedure the "
            "purpose that it has",
        )


def _first(ids: list[str]) -> str:
    return ", ".join(ids[:5]) + (", ..." if len(ids) > 5 else "")


def _households(problem: Problem) -> Iterator[PracticeProblem]:
    named: dict[str, set[str]] = defaultdict(set)
    visits = defaultdict(list)
    for visit in problem.all_visits.values():
        if visit.household is not None:
            named[visit.patient].add(visit.household)
            visits[visit.patient].append(visit.id)
    for patient, households in named.items():
        if len(households) > 1:
            yield fault(
                "patient-in-two-households",
                f"visit {visits[patient][-1]}",
                f"patient '{patient}' is in households {', '.join(sorted(households))} (visits "
                f"{', '.join(visits[patient])})",
                "give all visits of a patient one household",
            )
