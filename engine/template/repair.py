"""Entry page of a repair: the smallest edit of the model days that removes most of their regret.

The week is filled under the model days and freely. Visits that the free week serves better say
which cells and quotas stand in the way, and edits that would admit them are tried. Each is judged
by a fill of the whole week under the edited model days, never by what it promises. One edit is
added at a time until enough of the regret is gone; then every edit that turns out not to be needed
is taken back. All fills have the same limits, and those after the first start from its schedule,
so that an edit gets no credit for a longer search.
"""

from collections.abc import Callable

from engine.filling.fill import FillSettings, fill_days
from engine.practice import Horizon, Problem
from engine.practice.template import template_of
from engine.result import Result
from engine.schedule import Schedule
from engine.template.free import freely
from engine.template.repair_result import USUAL, Repair, RepairSettings, points_of
from engine.template.repair_search import Bench, EditSearch, Fill


def repair_template(
    problem: Problem,
    horizon: Horizon,
    settings: FillSettings,
    wanted: RepairSettings = USUAL,
    on_fill: Callable[[str], None] = lambda what: None,
) -> Repair:
    """Find the edits. `settings` limit each fill; `on_fill` is told before each what it is for.

    Raises PracticeProblemsError for a faulty question or one without model days,
    NoScheduleError where a fill is stopped before it has a schedule.
    """

    def fill(question: Problem, start: Schedule | None) -> Result:
        return fill_days(question, horizon, settings, start=start)

    return find_repair(problem, fill, wanted, on_fill)


def find_repair(
    problem: Problem,
    fill: Fill,
    wanted: RepairSettings = USUAL,
    on_fill: Callable[[str], None] = lambda what: None,
) -> Repair:
    """`repair_template` with any way to fill the dates, the same for every question."""
    template = template_of(problem.practice)
    bench = Bench(problem, fill, on_fill)
    first = bench.fill(problem, "the model days as they are", None)
    start = first.schedule
    before = first if bench.is_proven(first) else bench.fill(problem, "the same again", start)
    before = min((first, before), key=points_of)
    without = bench.fill(freely(problem), "no model days", before.schedule)
    free = min((without, before), key=points_of)
    search = EditSearch(bench, template, before, free, wanted)
    search.add_edits()
    search.take_back()
    # What is allowed under edited model days is allowed freely, too.
    free = min((free, search.best), key=points_of)
    edits = tuple(search.edits)
    return Repair(edits, search.template(search.edits), before, search.best, free, bench.fills)
