"""Answers of runs that are no schedules: comparisons and model days, as data and as pages."""

from api.services.read import row_of
from api.services.service import Service
from api.store import runs
from api.store.callers import Caller
from api.wire.built import ModelDaysOnWire
from api.wire.comparison import ComparisonOnWire
from api.wire.refusal import Refusal
from api.wire.run import Answer


def read_comparison(service: Service, caller: Caller, run: str) -> ComparisonOnWire:
    """The comparison of scenarios. Refusal (409) while there is none."""
    found = _answer(service, caller, run).comparison
    if found is None:
        raise _none()
    return found


def read_model_days(service: Service, caller: Caller, run: str) -> ModelDaysOnWire:
    """The designed days. Refusal (409) while there are none."""
    found = _answer(service, caller, run).model_days
    if found is None:
        raise _none()
    return found


def read_page(service: Service, caller: Caller, run: str) -> str:
    """Either of them as a page."""
    found = _answer(service, caller, run).page
    if found is None:
        raise _none()
    return found


def _answer(service: Service, caller: Caller, run: str) -> Answer:
    with service.database.reading() as connection:
        row = row_of(connection, caller, run)
        answer = runs.answer_of(connection, run)
    if row["purged_at"] is not None:
        raise Refusal(410, "purged", "The answer was removed when its time was over.")
    if answer is None:
        raise _none()
    return answer


def _none() -> Refusal:
    return Refusal(409, "no-answer", "The run has no such answer, or none yet.")
