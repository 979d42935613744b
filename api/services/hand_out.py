"""Hands out whatever holds ids of visits with their times, and has it noted who had it."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from api.services import documents, render
from api.services.explain import explain_visits
from api.services.read import Answered, read_input, written_run
from api.services.service import Service
from api.services.standing import read_standing
from api.store.callers import Caller
from api.wire.run import UnplacedList

More = ParamSpec("More")
Found = TypeVar("Found")


def _noted(
    action: str, read: Callable[Concatenate[Service, Caller, str, More], Found]
) -> Callable[Concatenate[Service, Caller, str, More], Found]:
    """The same `read`, but whoever got an answer is noted; who is refused has read nothing."""

    def noted(
        service: Service, caller: Caller, run: str, /, *more: More.args, **named: More.kwargs
    ) -> Found:
        found = read(service, caller, run, *more, **named)
        service.reads.note(caller, action, run)
        return found

    return noted


def _of_plan(
    action: str, show: Callable[[Answered], Found]
) -> Callable[[Service, Caller, str], Found]:
    """A way to show the plan of a run as it stands; who sees it is noted as well."""
    return _noted(action, lambda service, caller, run: show(read_standing(service, caller, run)))


def _unplaced(answered: Answered) -> UnplacedList:
    return UnplacedList(unplaced=answered.schedule.unplaced)


run_of = _noted("read-run", written_run)
input_of = _noted("read-input", read_input)
explanations_of = _noted("read-explanations", explain_visits)
certificate_of = _noted("read-certificate", documents.read_certificate)
comparison_of = _noted("read-comparison", documents.read_comparison)
model_days_of = _noted("read-model-days", documents.read_model_days)
document_page_of = _noted("read-page", documents.read_page)
unplaced_of = _of_plan("read-unplaced", _unplaced)
day_sheet_of = _of_plan("read-page", render.day_sheet)
table_of = _of_plan("read-table", render.table)
calls_of = _of_plan("read-calls", render.call_list)
