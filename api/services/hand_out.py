"""Hands out whatever holds ids of visits with their times, and has it noted who had it."""

import datetime as dt

from api.services import documents, render
from api.services.explain import explain_visits
from api.services.read import read_input, written_run
from api.services.service import Service
from api.services.standing import read_standing
from api.store.callers import Caller
from api.wire.built import ModelDaysOnWire
from api.wire.comparison import ComparisonOnWire
from api.wire.run import UnplacedList
from engine.explain.answers import WhyReport


def run_of(service: Service, caller: Caller, run: str) -> tuple[bytes, str]:
    """The run with its answer as JSON, and its ETag."""
    found = written_run(service, caller, run)
    service.reads.note(caller, "read-run", run)
    return found


def input_of(service: Service, caller: Caller, run: str) -> bytes:
    """The submission as it came."""
    body = read_input(service, caller, run)
    service.reads.note(caller, "read-input", run)
    return body


def unplaced_of(service: Service, caller: Caller, run: str) -> UnplacedList:
    """The visits without a time, each with its reason."""
    found = UnplacedList(unplaced=read_standing(service, caller, run).schedule.unplaced)
    service.reads.note(caller, "read-unplaced", run)
    return found


def explanations_of(
    service: Service, caller: Caller, run: str, visits: tuple[str, ...], at: dt.datetime | None
) -> WhyReport:
    """Why visits have the times they have, or none."""
    found = explain_visits(service, caller, run, visits, at)
    service.reads.note(caller, "read-explanations", run)
    return found


def day_sheet_of(service: Service, caller: Caller, run: str) -> str:
    """The week's page."""
    page = render.day_sheet(read_standing(service, caller, run))
    service.reads.note(caller, "read-page", run)
    return page


def table_of(service: Service, caller: Caller, run: str) -> str:
    """schedule.csv."""
    table = render.table(read_standing(service, caller, run))
    service.reads.note(caller, "read-table", run)
    return table


def calls_of(service: Service, caller: Caller, run: str) -> str:
    """calls.csv."""
    called = render.call_list(read_standing(service, caller, run))
    service.reads.note(caller, "read-calls", run)
    return called


def certificate_of(service: Service, caller: Caller, run: str) -> bytes:
    """The certificate of its schedule, as JSON."""
    papers = documents.read_certificate(service, caller, run)
    service.reads.note(caller, "read-certificate", run)
    return papers


def comparison_of(service: Service, caller: Caller, run: str) -> ComparisonOnWire:
    """The comparison of scenarios, patient by patient."""
    found = documents.read_comparison(service, caller, run)
    service.reads.note(caller, "read-comparison", run)
    return found


def model_days_of(service: Service, caller: Caller, run: str) -> ModelDaysOnWire:
    """The designed days."""
    found = documents.read_model_days(service, caller, run)
    service.reads.note(caller, "read-model-days", run)
    return found


def document_page_of(service: Service, caller: Caller, run: str) -> str:
    """Comparison or designed days as a page."""
    page = documents.read_page(service, caller, run)
    service.reads.note(caller, "read-page", run)
    return page
