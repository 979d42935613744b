"""Answers of runs that are no schedules: comparisons, model days, pages, and certificates."""

from sqlalchemy import RowMapping

from api.services.read import row_of
from api.services.service import Service
from api.store import runs
from api.store.callers import Caller
from api.wire.built import ModelDaysOnWire
from api.wire.comparison import ComparisonOnWire
from api.wire.refusal import Refusal, purged
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


def read_certificate(service: Service, caller: Caller, run: str) -> bytes:
    """The certificate of the run's schedule, as JSON. Refusal (409) where there is none."""
    with service.database.reading() as connection:
        _refuse_purged(row_of(connection, caller, run))
        found = runs.certificate_of(connection, run)
    if found is None:
        raise _none()
    return found


def _answer(service: Service, caller: Caller, run: str) -> Answer:
    with service.database.reading() as connection:
        _refuse_purged(row_of(connection, caller, run))
        answer = runs.answer_of(connection, run)
    if answer is None:
        raise _none()
    return answer


def _refuse_purged(row: RowMapping) -> None:
    if row["purged_at"] is not None:
        raise purged()


def _none() -> Refusal:
    return Refusal(409, "no-answer", "The run has no such answer, or none yet.")
