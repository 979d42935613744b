"""The comparison of scenarios, as a worker makes it."""

from api.queue.outcome import Outcome, refuses, too_late_to_stop
from api.queue.reporter import Reporter
from api.wire.comparison import ComparisonOnWire
from api.wire.faults import on_wire
from api.wire.moments import monday_after
from api.wire.run import Answer
from api.wire.status import Failure, RunStatus
from api.wire.what_if import WhatIfSubmission
from engine.practice import Horizon
from engine.problems import PracticeProblemsError
from engine.validation import put_aside


def compare(body: bytes, _: object, reporter: Reporter) -> Outcome:
    """Screen all, solve the best few in full, and make the page; a stop keeps what is known."""
    # The solver is loaded here: the other operations need not wait for it.
    from engine.plot.what_if_page import what_if_html
    from engine.what_if.compare_scenarios import compare_scenarios

    submission = WhatIfSubmission.model_validate_json(body)
    settings = submission.settings
    start = settings.start or monday_after(submission.problem.as_of.date())
    horizon = Horizon(start=start, days=settings.days)
    problem, faults = put_aside(submission.problem, horizon)
    validation = tuple(map(on_wire, faults))
    if refuses(faults):
        return RunStatus.FAILED, Failure.INPUT, Answer(validation=validation)
    try:
        made = compare_scenarios(
            problem,
            horizon,
            submission.scenarios,
            settings,
            jobs=1,
            on_progress=lambda _said: reporter.take_step(),
        )
    except PracticeProblemsError as error:
        found = (*validation, *map(on_wire, error.problems))
        return RunStatus.FAILED, Failure.INPUT, Answer(validation=found)
    too_late_to_stop()
    base = made.solved.get(made.base.name)
    comparison = ComparisonOnWire(
        settings=settings,
        base_bound=made.base_bound,
        base_objectives=tuple(one.objective for one in base.results) if base else (),
        outcomes=made.outcomes,
        stopped=made.stopped,
        left_out=made.left_out,
    )
    page = what_if_html(made, {})
    status = RunStatus.STOPPED if made.stopped else RunStatus.COMPLETED
    return status, None, Answer(validation=validation, comparison=comparison, page=page)
