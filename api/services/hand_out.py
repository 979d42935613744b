"""Hands out whole inputs, pages, tables and certificates, and writes down who had them."""

from api.clock import now_ms
from api.services import documents, render
from api.services.read import read_input
from api.services.service import Service
from api.services.standing import read_standing
from api.store import audit
from api.store.callers import Caller
from api.wire.run import UnplacedList


def input_of(service: Service, caller: Caller, run: str) -> bytes:
    """The submission as it came."""
    body = read_input(service, caller, run)
    _note(service, caller, "read-input", run)
    return body


def day_sheet_of(service: Service, caller: Caller, run: str) -> str:
    """The week's page."""
    page = render.day_sheet(read_standing(service, caller, run))
    _note(service, caller, "read-page", run)
    return page


def unplaced_of(service: Service, caller: Caller, run: str) -> UnplacedList:
    """The visits without a time, each with its reason."""
    return UnplacedList(unplaced=read_standing(service, caller, run).schedule.unplaced)


def table_of(service: Service, caller: Caller, run: str) -> str:
    """schedule.csv."""
    table = render.table(read_standing(service, caller, run))
    _note(service, caller, "read-table", run)
    return table


def calls_of(service: Service, caller: Caller, run: str) -> str:
    """calls.csv."""
    called = render.call_list(read_standing(service, caller, run))
    _note(service, caller, "read-calls", run)
    return called


def certificate_of(service: Service, caller: Caller, run: str) -> bytes:
    """The certificate of its schedule, as JSON."""
    papers = documents.read_certificate(service, caller, run)
    _note(service, caller, "read-certificate", run)
    return papers


def _note(service: Service, caller: Caller, action: str, run: str) -> None:
    with service.database.writing() as connection:
        audit.note(connection, caller, action, run, now_ms())
