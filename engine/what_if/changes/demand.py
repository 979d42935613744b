"""More visits to place."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from engine.practice import Horizon, Id, Problem, Visit
from engine.problems import PracticeProblem
from engine.what_if.asked import Asked, Claim, fault
from engine.what_if.changes.change import Change, unknown

COPY = "~more"
"""Ends the ids of visits and patients that a scenario adds."""


class DemandUp(Change):
    """So many per cent more of the visits that may fall in the dates, of these `procedures` or all.

    Copies of visits that wait, spread evenly over procedures and due dates, each for a patient of
    its own: no household, no visit that it follows.
    """

    rank: ClassVar[int] = 3

    kind: Literal["demand_up"]
    percent: Annotated[float, Field(gt=0, le=200)]
    procedures: tuple[Id, ...] = ()

    def faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """Unknown procedures, and nothing to have more of."""
        problem = asked.problem
        yield from unknown("procedure", self.procedures, tuple(problem.procedures), where)
        if not self._count(problem, asked.horizon):
            count = len(self._asked_for(problem, asked.horizon))
            yield fault(
                "no-demand",
                where,
                f"{self.percent:g} % of {count} waiting visits is not one visit",
                "choose more, or other procedures",
            )

    def claims(self, asked: Asked) -> Iterator[Claim]:
        """The demand for each procedure."""
        codes = self.procedures or tuple(asked.problem.procedures)
        return (Claim(f"the demand for {code}") for code in codes)

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """Every k-th of the waiting visits once more; above 100 % some of them twice."""
        there = self._asked_for(problem, horizon)
        count = self._count(problem, horizon)
        chosen = [there[place * len(there) // count] for place in range(count)]
        copies = tuple(_copy_of(visit, number) for number, visit in enumerate(chosen, start=1))
        return problem.model_copy(update={"visits": (*problem.visits, *copies)})

    def _asked_for(self, problem: Problem, horizon: Horizon) -> list[Visit]:
        wanted = self.procedures or tuple(problem.procedures)
        there = [visit for visit in problem.visits_for(horizon) if visit.procedure in wanted]
        return sorted(there, key=lambda visit: (visit.procedure, visit.due, visit.id))

    def _count(self, problem: Problem, horizon: Horizon) -> int:
        return round(self.percent / 100 * len(self._asked_for(problem, horizon)))


def _copy_of(visit: Visit, number: int) -> Visit:
    """Ids count, so that a visit that is copied twice gives two; ids have 64 signs at most."""
    end = f"{COPY}{number}"
    room = 64 - len(end)
    return visit.model_copy(
        update={
            "id": visit.id[:room] + end,
            "patient": visit.patient[:room] + end,
            "household": None,
            "follows": (),
        }
    )
