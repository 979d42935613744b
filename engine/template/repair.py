"""Entry page of a repair: the smallest edit of the model days that removes most of their regret.

The week is filled under the model days and freely. Visits that the free week serves better say
which cells and quotas stand in the way, and edits that would admit them are tried. Each is judged
by a fill of the whole week under the edited model days, never by what it promises. One edit is
added at a time until enough of the regret is gone; then every edit that turns out not to be needed
is taken back. All fills have the same limits, and those after the first start from its schedule,
so that an edit gets no credit for a longer search.
"""

from collections.abc import Callable
from dataclasses import dataclass

from engine.filling.fill import FillSettings, fill_days
from engine.practice import Horizon, Problem
from engine.practice.template import Template, template_of, with_template
from engine.problems import Severity
from engine.result import Result
from engine.schedule import Schedule
from engine.template.blocked import blocked_visits
from engine.template.candidates import candidate_edits
from engine.template.edits import Edit, EditKind, apply_edit
from engine.template.free import freely
from engine.validation import problems_of

NEARLY = 0.01
"""Of the regret: edits that differ by no more are equally good, and the lesser change is taken."""


SMALLEST_POINTS = 0.0005
"""Half a millipoint: less regret than this is none."""


class NoScheduleError(Exception):
    """A fill was stopped before it had a schedule."""


@dataclass(frozen=True, slots=True)
class RepairSettings:
    """`share` of the regret that is enough, most edits, and candidates tried for each of them."""

    share: float = 0.8
    edits: int = 3
    tries: int = 6


@dataclass(frozen=True, slots=True)
class Repair:
    """The edits, the template with them, and the objective before, after and without model days.

    Points; each is that of a schedule that the checker accepted. `fills`: how many were made.
    """

    edits: tuple[Edit, ...]
    template: Template
    before: Result
    after: Result
    free: Result
    fills: int

    @property
    def regret_before(self) -> float:
        """What the model days cost as they are."""
        return _above(self.before, self.free)

    @property
    def regret_after(self) -> float:
        """What they cost with the edits."""
        return _above(self.after, self.free)

    @property
    def removed(self) -> float | None:
        """The share of the regret that is gone; None where there was none."""
        if self.regret_before <= SMALLEST_POINTS:
            return None
        return 1 - self.regret_after / self.regret_before


def _above(result: Result, free: Result) -> float:
    return max(0.0, _points(result) - _points(free))


def _points(result: Result) -> float:
    """The objective. NoScheduleError where there is none."""
    if result.objective is None:
        raise NoScheduleError
    return result.objective


def repair_template(
    problem: Problem,
    horizon: Horizon,
    settings: FillSettings,
    wanted: RepairSettings = RepairSettings(),
    on_fill: Callable[[str], None] = lambda what: None,
) -> Repair:
    """Find the edits. `settings` limit each fill; `on_fill` is told before each what it is for.

    Raises PracticeProblemsError for a faulty question or one without model days,
    NoScheduleError where a fill is stopped before it has a schedule.
    """
    template = template_of(problem.practice)
    bench = _Bench(problem, horizon, settings, on_fill)
    first = bench.fill(problem, "the model days as they are", None)
    start = first.schedule
    before = first if bench.is_proven(first) else bench.fill(problem, "the same again", start)
    before = min((first, before), key=_points)
    without = bench.fill(freely(problem), "no model days", before.schedule)
    free = min((without, before), key=_points)
    search = _Search(bench, template, before, free, wanted)
    search.add_edits()
    search.take_back()
    return Repair(
        tuple(search.edits), search.template(search.edits), before, search.best, free, bench.fills
    )


class _Bench:
    """Fills the same dates under one template after the other."""

    def __init__(
        self,
        problem: Problem,
        horizon: Horizon,
        settings: FillSettings,
        on_fill: Callable[[str], None],
    ) -> None:
        self.problem = problem
        self._horizon = horizon
        self._settings = settings
        self._on_fill = on_fill
        self._known = set(problems_of(problem))
        self.fills = 0

    def fill(self, problem: Problem, what: str, start: Schedule | None) -> Result:
        """One fill; the answer is a checked schedule with its figures."""
        self._on_fill(what)
        self.fills += 1
        return fill_days(problem, self._horizon, self._settings, start_from=start)

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
        return result.bound is not None and _points(result) - result.bound <= SMALLEST_POINTS


class _Search:
    """Edits so far, and the best result under them."""

    def __init__(
        self,
        bench: _Bench,
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
        left = _above(result, self._free)
        regret = _above(self._before, self._free)
        return left <= SMALLEST_POINTS or left <= (1 - self._wanted.share) * regret

    def add_edits(self) -> None:
        """The best edit, then the best beside it, until it is enough or none helps."""
        while len(self.edits) < self._wanted.edits and not self.is_enough(self.best):
            tried = self._try_candidates()
            if not tried:
                return
            result, edit = self._choose(tried)
            if _points(result) >= _points(self.best) - SMALLEST_POINTS:
                return
            self.best = result
            self.edits.append(edit)

    def _choose(self, tried: list[tuple[Result, Edit]]) -> tuple[Result, Edit]:
        """The edit that changes least of those that are nearly as good as the best."""
        near = NEARLY * _above(self._before, self._free)
        best = min(_points(result) for result, _ in tried)
        good = [one for one in tried if _points(one[0]) <= best + near]
        kinds = list(EditKind)
        return min(good, key=lambda one: (kinds.index(one[1].kind), _points(one[0])))

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
            as_good = _points(result) <= _points(self.best) + SMALLEST_POINTS
            if as_good or self.is_enough(result):
                self.edits, self.best = fewer, result
