"""The repair of a day, as a worker makes it."""

from api.queue.outcome import Outcome
from api.queue.reporter import Reporter
from api.wire.repair import RepairedDay, RepairSubmission
from api.wire.run import Answer
from api.wire.status import Failure, RunStatus
from engine.kpi import figures, measure, objective_points


def repair(body: bytes, _: object, __: Reporter) -> Outcome:
    """The plan with the repaired day, in the question without those who are out."""
    # The solver is loaded here: the other operations need not wait for it.
    from engine.replan.repair import repair_day

    asked = RepairSubmission.model_validate_json(body)
    found = repair_day(asked.problem, asked.schedule, asked.out, asked.now, asked.work)
    if found.schedule is None:
        return RunStatus.FAILED, Failure.NO_SCHEDULE, Answer()
    kpis = measure(found.question, found.schedule)
    answer = Answer(
        schedule=found.schedule,
        kpis=kpis,
        figures=figures(found.question, found.schedule),
        objective=objective_points(kpis),
        repair=RepairedDay(
            date=found.date, calls=found.calls, at_least=found.at_least, fewest=found.fewest
        ),
        question=found.question.model_dump_json(),
    )
    return RunStatus.COMPLETED, None, answer
