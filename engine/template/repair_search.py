"""The search for edits: each is tried by a fill of the whole week under the edited model days."""

from collections.abc import Callable

from engine.practice import Problem
from engine.practice.template import Template, with_template
from engine.problems import Severity
from engine.result import Result
from engine.schedule import Schedule
from engine.template.blocked import blocked_visits
from engine.template.candidates import candidate_edits
from engine.template.edits import Edit, EditKind, apply_edit
from engine.template.repair_result import SMALLEST_POINTS, RepairSettings, above, points_of
from engine.validation import problems_of

Fill = Callable[[Problem, Schedule | None], Result]
"""Fills the dates of a question, from a schedule that may serve as a start, and measures."""

NEARLY = 0.01
"""Of the regret: edits that differ by no more are equally good, and the lesser change is taken."""


class Bench:
    """Fills the same dates under one template after the other."""

    def __init__(
        self,
        problem: Problem,
        fill: Fill,
        on_fill: Callable[[str], None],
    ) -> None:
        self.problem = problem
        self._fill = fill
        self._on_fill = on_fill
        self._known = set(problems_of(problem))
        self.fills = 0

    def fill(self, problem: Problem, what: str, start: Schedule | None) -> Result:
        """One fill; the answer is a checked schedule with its figures."""
        self._on_fill(what)
        self.fills += 1
        return self._fill(problem, start)

    def under(self, template: Template) -> Problem | None:
        """The question under other model days; None where they would be refused."""
        practice = with_template(self.problem.practice, template)
        asked = self.problem.model_copy(update={"practice": practice})
        new = set(problems_of(asked)) - self._known
        refused = any(fault.severity is not Severity.NOTE for fault in new)
        return None if refused else asked

    @staticmethod
    def is_proven(result: Result) -> bool:
        """True where a longer search finds nothing better."""
        return result.bound is not None and points_of(result) - result.bound <= SMALLEST_POINTS


class EditSearch:
    """Edits so far, and the best result under them."""

    def __init__(
        self,
        bench: Bench,
        template: Template,
        before: Result,
        free: Result,
        wanted: RepairSettings,
    ) -> None:
        self._bench = bench
        self._original = template
        self._before = before
        self._free = free
        self._wanted = wanted
        self.best = before
        self.edits: list[Edit] = []

    def template(self, edits: list[Edit]) -> Template:
        """The original with some edits."""
        edited = self._original
        for edit in edits:
            edited = apply_edit(edited, edit)
        return edited

    def is_enough(self, result: Result) -> bool:
        """True where so little regret is left that the search may end."""
        left = above(result, self._free)
        regret = above(self._before, self._free)
        return left <= SMALLEST_POINTS or left <= (1 - self._wanted.share) * regret

    def add_edits(self) -> None:
        """The best edit, then the best beside it, until it is enough or none helps."""
        while len(self.edits) < self._wanted.edits and not self.is_enough(self.best):
            tried = self._try_candidates()
            if not tried:
                return
            result, edit = self._choose(tried)
            if points_of(result) >= points_of(self.best) - SMALLEST_POINTS:
                return
            self.best = result
            self.edits.append(edit)

    def _choose(self, tried: list[tuple[Result, Edit]]) -> tuple[Result, Edit]:
        """The edit that changes least of those that are nearly as good as the best."""
        near = NEARLY * above(self._before, self._free)
        best = min(points_of(result) for result, _ in tried)
        good = [one for one in tried if points_of(one[0]) <= best + near]
        kinds = list(EditKind)
        return min(good, key=lambda one: (kinds.index(one[1].kind), points_of(one[0])))

    def _try_candidates(self) -> list[tuple[Result, Edit]]:
        """The first candidates that make a sound template, each with its fill."""
        current = self.template(self.edits)
        asked = self._bench.under(current)
        under, free = self.best.schedule, self._free.schedule
        if asked is None or under is None or free is None:
            return []
        tried: list[tuple[Result, Edit]] = []
        for edit in candidate_edits(asked, current, blocked_visits(asked, under, free)):
            if len(tried) == self._wanted.tries:
                break
            question = self._bench.under(apply_edit(current, edit))
            if question is not None:
                result = self._bench.fill(question, edit.kind.value, under)
                tried.append((result, edit))
        return tried

    def take_back(self) -> None:
        """Leave out every edit without which the rest is still enough, or just as good."""
        for edit in list(self.edits) if len(self.edits) > 1 else []:
            fewer = [other for other in self.edits if other != edit]
            try:
                question = self._bench.under(self.template(fewer))
            except (ValueError, StopIteration):
                continue  # a later edit is about a cell that this one made
            if question is None:
                continue
            result = self._bench.fill(question, "with one edit less", self.best.schedule)
            as_good = points_of(result) <= points_of(self.best) + SMALLEST_POINTS
            if as_good or self.is_enough(result):
                self.edits, self.best = fewer, result
